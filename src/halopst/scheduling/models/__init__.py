from halopst.scheduling.models.experts import Expert, Field
from halopst.scheduling.models.hours import DAYS, Availability, AvailabilityException, BookingPolicy, Leave
from halopst.scheduling.models.reservations import LIVE, OfficeDay, Reservation

__all__ = [
    "DAYS",
    "LIVE",
    "Availability",
    "AvailabilityException",
    "BookingPolicy",
    "Expert",
    "Field",
    "Leave",
    "OfficeDay",
    "Reservation",
]
