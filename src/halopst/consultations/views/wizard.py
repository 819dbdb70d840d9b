"""Booking in four questions. Every answer is a plain link or form; htmx only saves the reload."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.consultations import services
from halopst.consultations.choices import time_choice
from halopst.consultations.models import Mode
from halopst.consultations.panels import Standing, standings_of
from halopst.consultations.views.frame import (
    Wish,
    day_in,
    draft_in,
    field_in,
    frame,
    holder_of,
    live_hold,
    moment_in,
    question_in,
    unit_of,
    wish_in,
)
from halopst.consultations.wording import MODE_ICONS, zone_name
from halopst.core.clients import client_key
from halopst.core.errors import Refused
from halopst.core.http import Request, respond
from halopst.core.shapes import NavItem
from halopst.scheduling.models import Expert
from halopst.scheduling.queries import fields_of, first_free, search_experts
from halopst.scheduling.rules import Slot
from halopst.scheduling.services import NetworkHoldsTooMany, SlotTaken, TooMuchIsHeld
from halopst.units.models import Unit

FIRST_SHOWN = 8
LONGEST_SEARCH = 100
LONGEST_TOPIC = 150
LAST = datetime.max.replace(tzinfo=UTC)


@require_GET
def experts(request: Request, slug: str) -> HttpResponse:
    """Step 1: with whom. Anyone of the field is always an answer."""
    unit, now = unit_of(request, slug), timezone.now()
    draft, field = draft_in(request, unit), field_in(request.GET, unit)
    text, question = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", ""), question_in(request.GET)
    found = search_experts(unit, text, field)
    if not (found or field or text.strip()):
        return _nobody_here(request, unit)
    free = first_free(found, now=now)
    if not text.strip():
        found.sort(key=lambda expert: free[expert.pk].starts_at if expert.pk in free else LAST)
    everyone = bool(request.GET.get("semua")) or len(found) <= FIRST_SHOWN
    context = {
        **frame(unit, wish_in(request.GET, unit, draft), draft, step=1, now=now),
        "experts": _rows(found if everyone else found[:FIRST_SHOWN], free),
        "more": 0 if everyone else len(found) - FIRST_SHOWN,
        "total": len(found),
        "fields": fields_of(unit),
        "field": field,
        "text": text,
        "question": question,
        "asked": quote(question),
    }
    return respond(request, "consultations/experts.html", context, partial="list")


def _nobody_here(request: Request, unit: Unit) -> HttpResponse:
    """An office without experts: its officers answer in writing, and the office above it may have some."""
    above = unit.parent if unit.parent and search_experts(unit.parent) else None
    context = {"unit": unit, "active": "janji", "above": above}
    return respond(request, "consultations/no_experts.html", context)


def _rows(
    shown: Sequence[Expert], free: Mapping[int, Slot]
) -> list[tuple[Expert, Slot | None, Standing | None]]:
    """Each expert with the earliest free time and how visitors rate them."""
    standings = standings_of({expert.user_id for expert in shown})
    return [(expert, free.get(expert.pk), standings.get(expert.user_id)) for expert in shown]


@require_http_methods(["GET", "POST"])
def times(request: Request, slug: str) -> HttpResponse:
    """Step 2: how and when. Choosing a time keeps it at once, before any question."""
    unit, now = unit_of(request, slug), timezone.now()
    wish = wish_in(request.POST or request.GET, unit, draft_in(request, unit))
    if wish is None:
        return redirect("consultations:experts", slug=unit.slug)
    if request.method == "GET":
        return _times_page(request, wish)
    starts_at = moment_in(request.POST, "mulai", now)
    if starts_at is None:
        return _times_page(request, wish, problem=_("Pilih salah satu waktu yang ditampilkan."), status=422)
    try:
        _hold(request, wish, starts_at, now)
    except Refused as refusal:
        return _times_page(request, wish, problem=str(refusal.message), refusal=refusal, status=409)
    if request.POST.get("lanjut"):
        return redirect("consultations:topic", slug=unit.slug)
    day = starts_at.astimezone(unit.tz).date()
    return redirect(wish.times_url(tanggal=day.isoformat()) + "#jam")


def _hold(request: Request, wish: Wish, starts_at: datetime, now: datetime) -> None:
    draft = services.choose_time(
        request.actor,
        unit=wish.unit,
        expert=wish.expert,
        field=wish.field,
        mode=wish.mode,
        starts_at=starts_at,
        holder=holder_of(request, make=True),
        client=client_key(request),
        now=now,
    )
    if wish.question and not (draft.topic or draft.need):
        topic = Truncator(wish.question).chars(LONGEST_TOPIC)
        services.keep_draft(wish.unit, holder=draft.holder, topic=topic, need=wish.question)


def _times_page(
    request: Request, wish: Wish, *, problem: str = "", refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    now, draft, data = timezone.now(), draft_in(request, wish.unit), request.POST or request.GET
    held = live_hold(draft, now)
    fits = held is not None and (wish.expert is None or wish.expert.pk == held.expert_id)
    kept = held if fits else None
    wished = day_in(data, "tanggal") or (kept.day if kept else None)
    first, mine = day_in(data, "dari"), kept.starts_at if kept else None
    context = {
        **frame(wish.unit, wish, draft, step=2, now=now),
        "choice": time_choice(wish.target, wished=wished, first=first, held=mine, now=now),
        "fits": fits,
        "modes": _modes(wish, wished),
        "problem": problem,
        "sign_in_helps": isinstance(refusal, NetworkHoldsTooMany | TooMuchIsHeld),
        "zone_name": zone_name(wish.unit),
        "alternatives": refusal.alternatives if isinstance(refusal, SlotTaken) else [],
    }
    return respond(request, "consultations/times.html", context, status=status)


def _modes(wish: Wish, day: date | None) -> list[NavItem]:
    """The three ways to meet, each a link that keeps the day in view."""
    kept = {"tanggal": day.isoformat()} if day else {}
    return [
        NavItem(mode.value, str(mode.label), wish.times_url(**kept, cara=mode.value), MODE_ICONS[mode.value])
        for mode in Mode
    ]


@require_POST
def extend(request: Request, slug: str) -> HttpResponse:
    """Ten more minutes for the time that is kept (WCAG 2.2.1)."""
    unit, now = unit_of(request, slug), timezone.now()
    draft = draft_in(request, unit)
    if draft is None or draft.reservation is None:
        return redirect("consultations:experts", slug=unit.slug)
    try:
        services.ask_more_time(draft, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Waktu kami simpan 10 menit lagi."))
    back = "consultations:topic" if request.POST.get("dari") == "topik" else "consultations:times"
    return redirect(reverse(back, kwargs={"slug": unit.slug}))
