from halopst.scheduling.services.experts import (
    AlreadyAnExpert,
    NotAMember,
    add_expert,
    edit_profile,
    set_duty,
)
from halopst.scheduling.services.fields import FieldExists, add_field, edit_field, move_field
from halopst.scheduling.services.holds import extend_hold, hold, hold_any, release, release_lapsed
from halopst.scheduling.services.hours import add_exception, add_hours, take_leave, withdraw
from halopst.scheduling.services.offices import open_scheduling
from halopst.scheduling.services.photos import NotAPhoto, remove_photo, set_photo
from halopst.scheduling.services.policies import drop_own_policy, set_policy
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
from halopst.scheduling.services.reservations import claim, confirm, free, move, reopen

__all__ = [
    "AlreadyAnExpert",
    "AlreadyRequested",
    "DayIsFull",
    "FieldExists",
    "HoldExtendedEnough",
    "HoldLapsed",
    "NetworkHoldsTooMany",
    "NotAMember",
    "NotAPhoto",
    "ReservationOver",
    "SlotNotOffered",
    "SlotTaken",
    "TooManyHolds",
    "TooMuchIsHeld",
    "add_exception",
    "add_expert",
    "add_field",
    "add_hours",
    "claim",
    "confirm",
    "drop_own_policy",
    "edit_field",
    "edit_profile",
    "extend_hold",
    "free",
    "hold",
    "hold_any",
    "move",
    "move_field",
    "open_scheduling",
    "release",
    "release_lapsed",
    "remove_photo",
    "reopen",
    "set_duty",
    "set_photo",
    "set_policy",
    "take_leave",
    "withdraw",
]
