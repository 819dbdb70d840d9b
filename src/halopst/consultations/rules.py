"""The life of a consultation: one table of moves, and the arithmetic of its times. Plain Python."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo


class State(StrEnum):
    REQUESTED = "diajukan"
    PROPOSED = "ditawar_ulang"
    APPROVED = "disetujui"
    CHECKED_IN = "hadir"
    ONGOING = "berlangsung"
    FINISHED = "selesai"
    CANCELLED = "dibatalkan"
    DECLINED = "ditolak"
    VISITOR_ABSENT = "tidak_hadir_pengguna"
    OFFICER_ABSENT = "tidak_hadir_petugas"


class Verb(StrEnum):
    APPROVE = "approve"
    RELINK = "relink"
    PROPOSE = "propose"
    HAND_OVER = "pass_to"
    DECLINE = "decline"
    ACCEPT = "accept"
    REFUSE = "refuse"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    CHECK_IN = "check_in"
    START = "start"
    FINISH = "finish"
    MISS_VISITOR = "miss_visitor"
    MISS_OFFICER = "miss_officer"
    LAPSE = "lapse"
    FOLLOW = "follow"


class Side(StrEnum):
    """On whose behalf a move is made."""

    VISITOR = "pengguna"
    OFFICER = "petugas"
    DOOR = "front_office"
    SYSTEM = "sistem"


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """Where a verb leads, who may, and which time the server writes down.

    A move back to an unanswered state forgets the approval and what followed.
    """

    to: State
    by: frozenset[Side]
    stamps: str = ""

    @property
    def clears(self) -> tuple[str, ...]:
        return _AFTER_APPROVAL if self.to in UNANSWERED else ()


S, V = State, Verb
UNANSWERED: Final = frozenset({S.REQUESTED, S.PROPOSED})
AGREED: Final = frozenset({S.APPROVED, S.CHECKED_IN, S.ONGOING})
UNHELD: Final = frozenset({S.CANCELLED, S.DECLINED, S.VISITOR_ABSENT, S.OFFICER_ABSENT})
OVER: Final = frozenset({S.FINISHED, S.CANCELLED, S.DECLINED, S.VISITOR_ABSENT})
_AFTER_APPROVAL: Final = ("approved_at", "checked_in_at", "closed_at")
_VISITOR, _OFFICER = frozenset({Side.VISITOR}), frozenset({Side.OFFICER})
_ANYONE_PRESENT = frozenset({Side.VISITOR, Side.OFFICER, Side.DOOR})
_SYSTEM = frozenset({Side.SYSTEM})

# What is not in this table cannot happen.
MOVES: Final[Mapping[tuple[State, Verb], Move]] = MappingProxyType(
    {
        (S.REQUESTED, V.APPROVE): Move(to=S.APPROVED, by=_OFFICER, stamps="approved_at"),
        (S.REQUESTED, V.PROPOSE): Move(to=S.PROPOSED, by=_OFFICER),
        (S.REQUESTED, V.HAND_OVER): Move(to=S.REQUESTED, by=_OFFICER),
        (S.REQUESTED, V.DECLINE): Move(to=S.DECLINED, by=_OFFICER, stamps="closed_at"),
        (S.REQUESTED, V.RESCHEDULE): Move(to=S.REQUESTED, by=_VISITOR),
        (S.REQUESTED, V.CANCEL): Move(to=S.CANCELLED, by=_VISITOR, stamps="closed_at"),
        (S.PROPOSED, V.ACCEPT): Move(to=S.APPROVED, by=_VISITOR, stamps="approved_at"),
        (S.PROPOSED, V.REFUSE): Move(to=S.CANCELLED, by=_VISITOR, stamps="closed_at"),
        (S.PROPOSED, V.RESCHEDULE): Move(to=S.REQUESTED, by=_VISITOR),
        (S.PROPOSED, V.CANCEL): Move(to=S.CANCELLED, by=_VISITOR, stamps="closed_at"),
        (S.PROPOSED, V.PROPOSE): Move(to=S.PROPOSED, by=_OFFICER),
        (S.PROPOSED, V.HAND_OVER): Move(to=S.REQUESTED, by=_OFFICER),
        (S.PROPOSED, V.DECLINE): Move(to=S.DECLINED, by=_OFFICER, stamps="closed_at"),
        (S.PROPOSED, V.LAPSE): Move(to=S.CANCELLED, by=_SYSTEM, stamps="closed_at"),
        (S.APPROVED, V.RELINK): Move(to=S.APPROVED, by=_OFFICER),
        (S.APPROVED, V.PROPOSE): Move(to=S.PROPOSED, by=_OFFICER),
        (S.APPROVED, V.HAND_OVER): Move(to=S.REQUESTED, by=_OFFICER),
        (S.APPROVED, V.DECLINE): Move(to=S.DECLINED, by=_OFFICER, stamps="closed_at"),
        (S.APPROVED, V.RESCHEDULE): Move(to=S.REQUESTED, by=_VISITOR),
        (S.APPROVED, V.CANCEL): Move(to=S.CANCELLED, by=_VISITOR, stamps="closed_at"),
        (S.APPROVED, V.CHECK_IN): Move(to=S.CHECKED_IN, by=_ANYONE_PRESENT, stamps="checked_in_at"),
        (S.APPROVED, V.START): Move(to=S.ONGOING, by=_OFFICER, stamps="started_at"),
        (S.APPROVED, V.MISS_VISITOR): Move(to=S.VISITOR_ABSENT, by=_OFFICER, stamps="closed_at"),
        (S.APPROVED, V.MISS_OFFICER): Move(to=S.OFFICER_ABSENT, by=_VISITOR, stamps="closed_at"),
        (S.CHECKED_IN, V.RELINK): Move(to=S.CHECKED_IN, by=_OFFICER),
        (S.CHECKED_IN, V.START): Move(to=S.ONGOING, by=_OFFICER, stamps="started_at"),
        (S.CHECKED_IN, V.MISS_OFFICER): Move(to=S.OFFICER_ABSENT, by=_VISITOR, stamps="closed_at"),
        (S.OFFICER_ABSENT, V.RESCHEDULE): Move(to=S.REQUESTED, by=_VISITOR),
        (S.OFFICER_ABSENT, V.PROPOSE): Move(to=S.PROPOSED, by=_OFFICER),
        (S.OFFICER_ABSENT, V.HAND_OVER): Move(to=S.REQUESTED, by=_OFFICER),
        (S.OFFICER_ABSENT, V.CANCEL): Move(to=S.CANCELLED, by=_VISITOR, stamps="closed_at"),
        (S.REQUESTED, V.FOLLOW): Move(to=S.CANCELLED, by=_SYSTEM, stamps="closed_at"),
        (S.PROPOSED, V.FOLLOW): Move(to=S.CANCELLED, by=_SYSTEM, stamps="closed_at"),
        (S.APPROVED, V.FOLLOW): Move(to=S.CANCELLED, by=_SYSTEM, stamps="closed_at"),
        (S.CHECKED_IN, V.FOLLOW): Move(to=S.CANCELLED, by=_SYSTEM, stamps="closed_at"),
        (S.OFFICER_ABSENT, V.FOLLOW): Move(to=S.CANCELLED, by=_SYSTEM, stamps="closed_at"),
        (S.ONGOING, V.FINISH): Move(to=S.FINISHED, by=_OFFICER, stamps="finished_at"),
    }
)


def verbs(state: str, side: Side) -> frozenset[Verb]:
    """What `side` may do with a consultation in `state`, times aside."""
    return frozenset(verb for (at, verb), move in MOVES.items() if at == state and side in move.by)


# Times ------------------------------------------------------------------------------------------

ANSWER_AHEAD: Final = timedelta(hours=1)
DAY_AHEAD: Final = timedelta(days=1)
HOUR_AHEAD: Final = timedelta(hours=1)
BEFORE_QUIET: Final = timedelta(minutes=30)


def answer_due(
    promised: datetime | None, starts_at: datetime, *, hours: Sequence[tuple[datetime, datetime]]
) -> datetime:
    """The office's promise of a first reply, but never later than an hour before the time asked for.

    An hour in which the office (open during `hours`, from now on) is closed counts as its last closing.
    """
    latest = min(promised or starts_at, starts_at - ANSWER_AHEAD)
    if any(opens <= latest <= closes for opens, closes in hours):
        return latest
    return max((closes for _, closes in hours if closes <= latest), default=latest)


def may_still_change(state: str, starts_at: datetime, now: datetime, *, notice: timedelta) -> bool:
    """An agreed appointment binds from `notice` before its start; a mere request binds nobody."""
    return state not in AGREED or now <= starts_at - notice


def may_check_in(starts_at: datetime, ends_at: datetime, now: datetime, *, opens: timedelta) -> bool:
    return starts_at - opens <= now < ends_at


def may_call_absent(starts_at: datetime, now: datetime, *, grace: timedelta) -> bool:
    return now >= starts_at + grace


def is_quiet(moment: datetime, quiet: tuple[time, time], zone: ZoneInfo) -> bool:
    """Whether `moment` falls into the half-open daily span `quiet`, which may run over midnight."""
    first, last = quiet
    clock = moment.astimezone(zone).time()
    return first <= clock < last if first <= last else clock >= first or clock < last


def reminder_at(
    starts_at: datetime, ahead: timedelta, *, quiet: tuple[time, time], zone: ZoneInfo
) -> datetime:
    """`ahead` of the start; where that would disturb, the evening before the quiet hours instead."""
    moment = starts_at - ahead
    if not is_quiet(moment, quiet, zone):
        return moment
    local = moment.astimezone(zone)
    began = local.replace(hour=quiet[0].hour, minute=quiet[0].minute, second=0, microsecond=0)
    if began > local:
        began -= timedelta(days=1)
    return (began - BEFORE_QUIET).astimezone(moment.tzinfo)


# The meeting link -------------------------------------------------------------------------------

_HOST = re.compile(r"^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$", re.IGNORECASE)
LINK_LENGTH: Final = 500


def is_meeting_link(text: str) -> bool:
    """An absolute https address of a named host, without credentials, spaces or control characters."""
    if len(text) > LINK_LENGTH or re.search(r"[\s\x00-\x1f\x7f<>\"\\]", text):
        return False
    try:
        parts = urlsplit(text)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and "@" not in parts.netloc
        and port_is_sound
        and bool(_HOST.match(parts.hostname or ""))
    )


def room_link(base: str, number: str, chance: str) -> str:
    """A meeting room nobody can guess: the case number for people, `chance` for safety."""
    return f"{base.rstrip('/')}/{number}-{chance}"
