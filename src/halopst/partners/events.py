from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportAsked(Event):
    """A file of mitra is to be checked, or its good rows put into the register."""

    run_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthApproved(Event):
    """An office agreed to what these mitra do and earn in a month (ISO date of its first day)."""

    unit_id: int
    month: str
    approvals: list[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovalWithdrawn(Event):
    """What was approved has changed or is taken back: letters that rest on it are out of date."""

    approval_id: int
    registration_id: int
    month: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnCodeAsked(Event):
    """Someone asked for the code to a mitra's own page; a worker finds whose it is."""

    code_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnLinksAsked(Event):
    """An office wants everyone with work in a month to have their link (ISO date; ISO time of asking)."""

    unit_id: int
    month: str
    asked_at: str
    asked_by: int
