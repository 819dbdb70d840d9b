"""The officers' list of requests: what is due first stands first. Costs the same however many there are."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from halopst.cases.models import Case, Message
from halopst.cases.permissions import VIEW
from halopst.cases.rules import ENDED, LIVING, State
from halopst.core.actors import Actor

Tab: TypeAlias = Literal["saya", "tim", "selesai"]
ROWS = 30
# Counts stop here: nobody needs to know whether it is 1,000 or 40,000.
COUNTED_AT_MOST = 1000
CURSOR = re.compile(r"([owe])(\d{1,16})-(\d{1,18})")
DEFAULT_ZONE = ZoneInfo("Asia/Jakarta")
WORDS_AT_MOST = 8


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which part of the list is asked for; `after` is the cursor of the page before."""

    tab: Tab = "saya"
    text: str = ""
    service: str = ""
    unit_id: int | None = None
    unassigned: bool = False
    after: str = ""


@dataclass(frozen=True)
class Listing:
    rows: list[Case]
    following: str


@dataclass(frozen=True)
class Counts:
    """How many wait for whom; each stops at COUNTED_AT_MOST."""

    mine: int
    team: int
    late: int
    today: int
    later: int
    waiting: int


@dataclass(frozen=True)
class LastWords:
    by_visitor: bool
    at: datetime


def inbox(actor: Actor, choice: Choice) -> Listing:
    """One page of the list, each case with `last_sender` and `last_at`, and the cursor of the next page."""
    kind, position = _cursor(choice.after)
    cases = _with_last_words(_chosen(actor, choice))
    if choice.tab == "selesai":
        ended = cases.filter(state__in=sorted(ENDED)).order_by("-finished_at", "-pk")
        if kind == "e":
            ended = ended.filter(_before(position))
        return _page(list(ended[: ROWS + 1]))
    rows: list[Case] = []
    for letter, state in (("o", State.OPEN), ("w", State.WAITING)):
        if len(rows) > ROWS or (kind == "w" and letter == "o"):
            continue
        part = cases.filter(state=state).order_by("act_by", "pk")
        if kind == letter:
            part = part.filter(_behind(position))
        rows += part[: ROWS + 1 - len(rows)]
    return _page(rows)


def counts(actor: Actor, choice: Choice, *, now: datetime) -> Counts:
    """What the tabs and the groups of the list say."""
    team = Case.objects.visible_to(actor).filter(_office(actor), state__in=sorted(LIVING))
    living = _chosen(actor, choice).filter(state__in=sorted(LIVING))
    tonight = end_of_day(now)
    running = (
        living.filter(state=State.OPEN)
        .order_by("act_by")
        .values("act_by")[:COUNTED_AT_MOST]
        .aggregate(
            late=Count("pk", filter=Q(act_by__lt=now)),
            today=Count("pk", filter=Q(act_by__gte=now, act_by__lt=tonight)),
            later=Count("pk", filter=Q(act_by__gte=tonight)),
        )
    )
    return Counts(
        mine=_bounded(team.filter(officer=actor.user_id)),
        team=_bounded(team),
        waiting=_bounded(living.filter(state=State.WAITING)),
        **running,
    )


def found_elsewhere(actor: Actor, choice: Choice) -> dict[Tab, int]:
    """How many the other tabs hold of what is sought in this one; those with none are left out."""
    states: dict[Tab, frozenset[State]] = {"saya": LIVING, "tim": LIVING, "selesai": ENDED}
    others = [(tab, sorted(within)) for tab, within in states.items() if tab != choice.tab]
    found = {tab: _bounded(_chosen(actor, replace(choice, tab=tab)).filter(state__in=s)) for tab, s in others}
    return {tab: count for tab, count in found.items() if count}


def last_words(case: Case) -> LastWords:
    """Who spoke last in a case that `inbox` returned; the request itself when nobody has."""
    sender, at = getattr(case, "last_sender", None), getattr(case, "last_at", None)
    return LastWords(sender == Message.Sender.VISITOR, at or case.submitted_at)


def search(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Cases whose number, subject or visitor begins with each word, or whose subject shares their root."""
    words = re.findall(r"\w+", text.replace("\0", " "))[:WORDS_AT_MOST]
    if not words:
        return cases
    beginnings = SearchQuery(" & ".join(f"'{word}':*" for word in words), search_type="raw", config="simple")
    roots = SearchQuery(" ".join(words), config="indonesian")
    return cases.filter(search=beginnings | roots)


def _chosen(actor: Actor, choice: Choice) -> QuerySet[Case]:
    cases: QuerySet[Case] = Case.objects.visible_to(actor).filter(_office(actor))
    if choice.tab == "saya":
        cases = cases.filter(officer=actor.user_id)
    if choice.unassigned:
        cases = cases.filter(officer=None)
    if choice.service:
        cases = cases.filter(service__code=choice.service)
    if choice.unit_id is not None:
        cases = cases.filter(unit=choice.unit_id)
    return search(cases.select_related("unit", "service", "visitor", "officer"), choice.text)


def _office(actor: Actor) -> Q:
    """The office's work: an officer's own requests as a visitor belong on another page."""
    return Q() if actor.is_system else Q(unit__in=actor.units(VIEW))


def _with_last_words(cases: QuerySet[Case]) -> QuerySet[Case]:
    said = Message.objects.filter(case=OuterRef("pk"), sender__in=["visitor", "officer"])
    last = said.order_by("-sent_at", "-pk")
    return cases.annotate(
        last_sender=Subquery(last.values("sender")[:1]), last_at=Subquery(last.values("sent_at")[:1])
    )


def _page(rows: list[Case]) -> Listing:
    if len(rows) <= ROWS:
        return Listing(rows, "")
    last = rows[ROWS - 1]
    letter = {State.OPEN: "o", State.WAITING: "w"}.get(State(last.state), "e")
    moment = last.finished_at if letter == "e" else last.act_by
    return Listing(rows[:ROWS], f"{letter}{_micros(moment)}-{last.pk}")


def _cursor(text: str) -> tuple[str, tuple[datetime, int]]:
    found = CURSOR.fullmatch(text)
    epoch = datetime.fromtimestamp(0, tz=ZoneInfo("UTC"))
    if found is None:
        return "", (epoch, 0)
    return found[1], (epoch + timedelta(microseconds=int(found[2])), int(found[3]))


def _micros(moment: datetime | None) -> int:
    return round(moment.timestamp() * 1_000_000) if moment else 0


def _behind(position: tuple[datetime, int]) -> Q:
    moment, pk = position
    return Q(act_by__gt=moment) | Q(act_by=moment, pk__gt=pk)


def _before(position: tuple[datetime, int]) -> Q:
    moment, pk = position
    return Q(finished_at__lt=moment) | Q(finished_at=moment, pk__lt=pk)


def end_of_day(now: datetime) -> datetime:
    """Midnight in Jakarta: no office of any zone has a deadline near it."""
    tomorrow = now.astimezone(DEFAULT_ZONE).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), DEFAULT_ZONE)


def _bounded(cases: QuerySet[Case]) -> int:
    return cases.order_by().values("pk")[:COUNTED_AT_MOST].count()
