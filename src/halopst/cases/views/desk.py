"""The officers' inbox and the page of one case beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halopst.calendars.rules import WorkingCalendar
from halopst.cases import queries
from halopst.cases.models import Case
from halopst.cases.panels import closings, drawn, openings, panel_for, reply_aid
from halopst.cases.permissions import VIEW, WORK
from halopst.cases.queries import Choice, Counts, Tab
from halopst.cases.rules import State, Verb, verbs_for
from halopst.cases.services.moves import parties_of
from halopst.core import formats
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.http import Request, respond
from halopst.core.live import latest_id
from halopst.core.shapes import Clock, NavItem, Option

WHOLE = 100.0
LONGEST_ID = 18
TABS = ("saya", "tim", "selesai")
LISTENED_AT_MOST = 50


@dataclass(frozen=True)
class Row:
    """A line of the list. `awaits`: the visitor spoke last."""

    case: Case
    clock: Clock
    awaits: bool
    at: datetime
    short: str


@dataclass(frozen=True)
class Group:
    title: str
    tone: str
    count: int
    rows: list[Row]


@dataclass(frozen=True)
class Bar:
    """One promise in the head of a case."""

    label: str
    words: str
    used: float
    tone: str
    deadline: datetime | None


@login_required
@require_GET
def inbox(request: Request) -> HttpResponse:
    context = list_context(request, now=timezone.now())
    return respond(request, "cases/inbox.html", context, partial="daftar")


@login_required
@require_GET
def case_detail(request: Request, number: str) -> HttpResponse:
    """The whole page, what changed on it, or the place where the reply is written."""
    case = office_case(request.actor, number)
    return case_page(request, case, partial="tulis" if request.htmx.target == "tulis" else "langsung")


def office_case(actor: Actor, number: str) -> Case:
    """The case as the office sees it: a visitor's own case is another page's."""
    cases = Case.objects.visible_to(actor).select_related("unit", "service", "visitor", "officer")
    case: Case = get_object_or_404(cases.filter(unit__in=actor.units(VIEW)), number=number)
    return case


def case_page(
    request: Request,
    case: Case,
    *,
    status: int = HTTPStatus.OK,
    partial: str | None = None,
    **extra: Any,
) -> HttpResponse:
    """The page of `case`; `extra` carries what an officer typed and why it was refused."""
    now = timezone.now()
    context = case_context(request, case, now=now) | extra
    if not request.htmx:
        context |= list_context(request, now=now) | {"current": case.number}
    return respond(request, "cases/inbox.html", context, partial=partial, status=status)


def list_context(request: Request, *, now: datetime) -> dict[str, Any]:
    """Everything the list shows, for the part of it the address asks for."""
    actor = request.actor
    if not actor.units(VIEW):
        raise NotPermitted
    choice = _choice(request)
    listing = queries.inbox(actor, choice)
    counts = queries.counts(actor, choice, now=now)
    return {
        "now": now,
        "choice": choice,
        "groups": _groups(listing.rows, counts, choice, now=now),
        "tabs": _tabs(counts, choice),
        "elsewhere": [] if listing.rows else _elsewhere(actor, choice),
        "next_url": _address(choice, after=listing.following) if listing.following else "",
        "kept": _address(choice).partition("?")[2],
        "services": queries.service_kinds(),
        "units": queries.offices_of(actor),
        "topics": [f"inbox:{pk}" for pk in sorted(actor.units(VIEW))[:LISTENED_AT_MOST]],
        "current": request.GET.get("kini", ""),
        "since": latest_id(),
        "active": "masuk",
    }


def case_context(request: Request, case: Case, *, now: datetime) -> dict[str, Any]:
    """Everything the page of `case` shows an officer."""
    actor = request.actor
    panel = panel_for(actor, case, now)
    verbs = verbs_for(State(case.state), parties_of(actor, case)) - (panel.replaces if panel else frozenset())
    calendar = queries.calendars_for([case], now)[case.unit_id]
    return _from_above(request, case, verbs, now=now) | {
        "case": case,
        "now": now,
        "verbs": verbs,
        "panel": panel,
        "panel_html": drawn(panel, request),
        "me": actor.user_id,
        "lines": queries.conversation(actor, case),
        "files": queries.loose_files(actor, case),
        "journey": queries.journey(case, panel.moments if panel else ()),
        "bars": _bars(case, calendar, now),
        "silence_ends": queries.silence_ends(case) if case.state == State.WAITING else None,
        "history": queries.history(case),
        "here": queries.colleagues_here(actor, case, now=now),
        "may_work": actor.may(WORK, case.unit_id),
        "officers": _officers(case) if Verb.ASSIGN in verbs else [],
        "may_take": Verb.ASSIGN in verbs and _could_take(actor, case),
        "results": Case.Result.choices,
        "case_topic": f"case:{case.pk}",
    }


def _from_above(request: Request, case: Case, verbs: frozenset[Verb], *, now: datetime) -> dict[str, Any]:
    """What higher domains add to the conversation, and to the box below it."""
    actor = request.actor
    aid = reply_aid(actor, case, now) if Verb.RESPOND in verbs else None
    return {
        "openings": openings(actor, case, request, now),
        "closings": closings(actor, case, request, now),
        "aid": aid,
        "aid_html": drawn(aid, request),
    }


def _could_take(actor: Actor, case: Case) -> bool:
    return actor.may(WORK, case.unit_id) and case.officer_id != actor.user_id


def _choice(request: Request) -> Choice:
    asked = request.GET
    unit = asked.get("satker", "")
    tab: Any = asked.get("tab", "")
    return Choice(
        tab=tab if tab in TABS else "saya",
        text=asked.get("q", "").strip()[:100],
        service=asked.get("layanan", "")[:30].replace("\0", ""),
        unit_id=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < LONGEST_ID else None,
        unassigned=asked.get("petugas") == "kosong",
        after=asked.get("setelah", "")[:50],
    )


def _address(choice: Choice, *, tab: str = "", after: str = "") -> str:
    """The inbox with the same choice, on another tab or page."""
    asked = {
        "tab": tab or choice.tab,
        "q": choice.text,
        "layanan": choice.service,
        "satker": choice.unit_id or "",
        "petugas": "kosong" if choice.unassigned else "",
        "setelah": after,
    }
    return f"{reverse('cases:inbox')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _tabs(counts: Counts, choice: Choice) -> list[NavItem]:
    return [
        NavItem("saya", _("Tugas saya"), _address(choice, tab="saya"), badge=counts.mine),
        NavItem("tim", _("Tim"), _address(choice, tab="tim"), badge=counts.team),
        NavItem("selesai", _("Selesai"), _address(choice, tab="selesai")),
    ]


def _elsewhere(actor: Actor, choice: Choice) -> list[NavItem]:
    """The other tabs that hold what is sought: the box above every page says nothing of tabs."""
    if not choice.text or choice.after:
        return []
    names: dict[Tab, str] = {"saya": _("Tugas saya"), "tim": _("Tim"), "selesai": _("Selesai")}
    found = queries.found_elsewhere(actor, choice).items()
    return [NavItem(tab, names[tab], _address(choice, tab=tab), badge=count) for tab, count in found]


def _groups(rows: list[Case], counts: Counts, choice: Choice, *, now: datetime) -> list[Group]:
    """The rows under their headings: what is late first, what waits for the visitor last."""
    calendars = queries.calendars_for(rows, now)
    if choice.tab == "selesai":
        return [Group("", "", 0, [_row(case, calendars, now) for case in rows])] if rows else []
    tonight = queries.end_of_day(now)
    headings = {
        "late": (_("Lewat batas"), "bad", counts.late),
        "today": (_("Hari ini"), "", counts.today),
        "later": (_("Hari berikutnya"), "", counts.later),
        "waiting": (_("Menunggu pemohon"), "", counts.waiting),
    }
    groups = {key: Group(*heading, []) for key, heading in headings.items()}
    for case in rows:
        groups[_heading(case, now, tonight)].rows.append(_row(case, calendars, now))
    return [group for group in groups.values() if group.rows]


def _heading(case: Case, now: datetime, tonight: datetime) -> str:
    if case.state == State.WAITING or case.act_by is None:
        return "waiting"
    if case.act_by < now:
        return "late"
    return "today" if case.act_by < tonight else "later"


def _row(case: Case, calendars: Mapping[int, WorkingCalendar], now: datetime) -> Row:
    clock = queries.clock_of(case, calendars[case.unit_id], now=now)
    last = queries.last_words(case)
    return Row(case, clock, case.is_living and last.by_visitor, last.at, _short(last.at, case, now))


def _short(at: datetime, case: Case, now: datetime) -> str:
    """`10.12` today, else `kemarin` or `19 November`."""
    zone, lang = case.unit.tz, formats.language()
    day, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    if day == today:
        return formats.clock(at, zone, lang=lang).split()[0]
    return formats.relative_day(day, today, lang=lang)


def _bars(case: Case, calendar: WorkingCalendar, now: datetime) -> list[Bar]:
    """The two promises of the head: the first reply and the answer."""
    return [
        Bar(_("Respons"), *_progress(case, case.first_reply_due_at, case.first_reply_at, calendar, now)),
        Bar(_("Penyelesaian"), *_progress(case, case.due_at, case.finished_at, calendar, now)),
    ]


def _progress(
    case: Case,
    deadline: datetime | None,
    kept_at: datetime | None,
    calendar: WorkingCalendar,
    now: datetime,
) -> tuple[str, float, str, datetime | None]:
    """Words, percent used, tone, and the deadline while it still lies ahead."""
    if kept_at is not None:
        late = deadline is not None and kept_at > deadline
        took = formats.duration(kept_at - case.submitted_at, lang=formats.language())
        return took, WHOLE, "bad" if late else "ok", None
    if deadline is None:
        return _("belum lengkap"), 0, "off", None
    if case.state == State.WAITING:
        return _("jam dijeda"), 0, "off", None
    clock = queries.clock_to(deadline, case.submitted_at, calendar, now=now)
    words = clock.text if clock.tone == "bad" else _("%(time)s lagi") % {"time": clock.text}
    return words, WHOLE if clock.tone == "bad" else WHOLE - clock.percent, clock.tone, deadline


def _officers(case: Case) -> list[Option]:
    return [
        Option(
            str(person.pk),
            str(person),
            _("%(count)d permintaan berjalan") % {"count": load},
            checked=person.pk == case.officer_id,
        )
        for person, load in queries.loads_at(case.unit)
    ]
