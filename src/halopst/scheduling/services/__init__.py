from halopst.scheduling.services.holds import extend_hold, hold, hold_any, release, release_lapsed
from halopst.scheduling.services.offices import open_scheduling
from halopst.scheduling.services.refusals import (
    AlreadyRequested,
    DayIsFull,
    HoldExtendedEnough,
    HoldLapsed,
    NetworkHoldsTooMany,
    ReservationOver,
    SlotNotOffered,
    SlotTaken,
    TooManyHolds,
    TooMuchIsHeld,
)
from halopst.scheduling.services.reservations import claim, confirm, free, move

__all__ = [
    "AlreadyRequested",
    "DayIsFull",
    "HoldExtendedEnough",
    "HoldLapsed",
    "NetworkHoldsTooMany",
    "ReservationOver",
    "SlotNotOffered",
    "SlotTaken",
    "TooManyHolds",
    "TooMuchIsHeld",
    "claim",
    "confirm",
    "extend_hold",
    "free",
    "hold",
    "hold_any",
    "move",
    "open_scheduling",
    "release",
    "release_lapsed",
]
