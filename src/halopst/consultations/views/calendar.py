"""The officer's week, and its secret address for other calendars."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from halopst.accounts.models import Membership
from halopst.consultations import services
from halopst.consultations.ics import feed as feed_of_entries
from halopst.consultations.invitations import CONTENT_TYPE, entry_of
from halopst.consultations.journeys import TONES
from halopst.consultations.links import absolute
from halopst.consultations.models import Consultation
from halopst.consultations.permissions import VIEW
from halopst.consultations.queries import feed_of, feed_owner, has_feed, scheduled
from halopst.consultations.views.frame import day_in
from halopst.consultations.wording import MODE_ICONS
from halopst.core.errors import NotPermitted
from halopst.core.http import Request, respond
from halopst.core.shapes import NavItem
from halopst.units.models import Unit

WEEK, DAY = timedelta(days=7), timedelta(days=1)
FAR = timedelta(days=3650)
LONGEST_SEARCH = 100
SECRET_BYTES = 24
NEW_FEED = "umpan_kalender"


@dataclass(frozen=True)
class Span:
    """The days on the page, both included."""

    view: str
    first: date
    last: date

    @property
    def step(self) -> timedelta:
        return DAY if self.view == "hari" else WEEK


@login_required
@require_GET
def calendar(request: Request) -> HttpResponse:
    """Day by day, in the office's zone; one's own appointments or the team's."""
    unit, now = _unit(request), timezone.now()
    today = now.astimezone(unit.tz).date()
    span = _span(request, today)
    text = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "")
    mine = request.GET.get("siapa") != "tim"
    address = str(request.session.get(NEW_FEED, ""))
    rows = list(scheduled(request.actor, span.first, span.last, unit, text=text, mine=mine))
    context = {
        **_switches(request, span, today),
        "unit": unit,
        "days": _by_day(rows, unit),
        "count": len(rows),
        "span": span,
        "today": today,
        "text": text,
        "who": "saya" if mine else "tim",
        "feed": address,
        "webcal": f"webcal:{address.partition(':')[2]}",
        "has_feed": has_feed(request.actor),
        "active": "kalender",
    }
    return respond(request, "consultations/calendar.html", context, partial="days")


def _span(request: Request, today: date) -> Span:
    wished = day_in(request.GET, "tanggal") or today
    near = min(max(wished, today - FAR), today + FAR)
    if request.GET.get("tampil") == "hari":
        return Span("hari", near, near)
    monday = near - timedelta(days=near.weekday())
    return Span("minggu", monday, monday + WEEK - DAY)


def _switches(request: Request, span: Span, today: date) -> dict[str, Any]:
    """Links to the other views of the same list."""
    views = (("hari", _("Hari")), ("minggu", _("Minggu")))
    people = (("saya", _("Saya")), ("tim", _("Tim")))
    return {
        "views": [_tab(request, "tampil", key, label) for key, label in views],
        "people": [_tab(request, "siapa", key, label) for key, label in people],
        "before": _address(request, tanggal=(span.first - span.step).isoformat()),
        "after": _address(request, tanggal=(span.first + span.step).isoformat()),
        "this": _address(request, tanggal=today.isoformat()),
    }


def _by_day(rows: list[Consultation], unit: Unit) -> list[tuple[date, list[tuple[Consultation, str, str]]]]:
    """Each day with its consultations, their tone and their icon."""
    return [
        (day, [(row, TONES[row.state], MODE_ICONS[row.mode]) for row in group])
        for day, group in groupby(rows, lambda row: row.reservation.starts_at.astimezone(unit.tz).date())
    ]


def _unit(request: Request) -> Unit:
    """The office asked for, or the one the person works in."""
    within = Unit.objects.visible_to(request.actor).filter(pk__in=request.actor.units(VIEW))
    slug = request.GET.get("satker", "").replace("\0", "")
    own = Membership.objects.visible_to(request.actor).filter(user=request.actor.user_id).order_by("pk")
    found = within.filter(slug=slug).first() if slug else within.filter(pk__in=own.values("unit")).first()
    if found is None:
        if slug:
            raise Http404
        raise NotPermitted
    return found


def _address(request: Request, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _tab(request: Request, name: str, key: str, label: str) -> NavItem:
    return NavItem(key, label, _address(request, **{name: key}))


@login_required
@require_POST
def renew_feed(request: Request) -> HttpResponse:
    """Make a new secret address and show it once; the old one stops working."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    services.renew_feed(request.actor, secret=secret)
    request.session[NEW_FEED] = absolute(reverse("consultations:feed", kwargs={"secret": secret}))
    messages.success(request, _("Alamat kalender baru siap disalin."))
    return redirect(reverse("consultations:calendar") + "#umpan")


@login_required
@require_POST
def revoke_feed(request: Request) -> HttpResponse:
    services.revoke_feed(request.actor)
    request.session.pop(NEW_FEED, None)
    messages.success(request, _("Alamat kalender dicabut."))
    return redirect("consultations:calendar")


@never_cache
@require_GET
def feed(_request: Request, secret: str) -> HttpResponse:
    """What a calendar program reads; the address itself is the key."""
    owner = feed_owner(secret)
    if owner is None:
        raise Http404
    entries = [entry_of(row, owner) for row in feed_of(owner, now=timezone.now())]
    body = feed_of_entries(entries, f"HaloPST: {owner}")
    return HttpResponse(body, content_type=f"{CONTENT_TYPE}; charset=utf-8")
