from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseOpened(Event):
    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseMessageAdded(Event):
    case_id: int
    message_id: int
    by_visitor: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFinished(Event):
    """The case was answered. `officer_id` is who finished it; None when the system did."""

    case_id: int
    officer_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseReopened(Event):
    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseClosedSilent(Event):
    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseCancelled(Event):
    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkAsked(Event):
    """Someone who says they own a request wants its link; nobody has checked yet."""

    number: str
    email: str
