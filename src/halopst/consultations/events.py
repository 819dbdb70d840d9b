from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationRequested(Event):
    consultation_id: int
    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationApproved(Event):
    consultation_id: int
    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationMoved(Event):
    """Another time or another expert; `by_visitor` tells who wanted it."""

    consultation_id: int
    case_id: int
    by_visitor: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationStarted(Event):
    consultation_id: int
    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationFinished(Event):
    consultation_id: int
    case_id: int
    officer_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationClosed(Event):
    """Ended without being held; `state` is one of `rules.UNHELD`."""

    consultation_id: int
    case_id: int
    state: str
