"""An expert's own time: weekly hours, exceptions, leave. Appointments already made are never touched."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.scheduling.models import Availability, AvailabilityException, Expert, Leave
from halopst.scheduling.services.authority import must_edit

Hours = Availability | AvailabilityException | Leave


@transaction.atomic
def add_hours(
    actor: Actor,
    expert: Expert,
    *,
    weekdays: Iterable[int],
    starts_at: time,
    ends_at: time,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> list[Availability]:
    """The same hours on each of `weekdays` (0 is Monday); hours that are there already are not doubled."""
    must_edit(actor, expert)
    added = []
    for weekday in sorted(set(weekdays)):
        hours, is_new = Availability.objects.get_or_create(
            expert=expert,
            weekday=weekday,
            starts_at=starts_at,
            ends_at=ends_at,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        if is_new:
            added.append(hours)
            record(
                actor,
                "scheduling.hours-added",
                expert,
                weekday=weekday,
                hours=f"{starts_at:%H.%M}-{ends_at:%H.%M}",
            )
    return added


@transaction.atomic
def add_exception(
    actor: Actor, expert: Expert, *, kind: str, starts_at: datetime, ends_at: datetime, note: str = ""
) -> AvailabilityException:
    must_edit(actor, expert)
    exception: AvailabilityException = AvailabilityException.objects.create(
        expert=expert, kind=kind, starts_at=starts_at, ends_at=ends_at, note=note
    )
    record(
        actor,
        "scheduling.exception-added",
        expert,
        kind=kind,
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
    )
    return exception


@transaction.atomic
def take_leave(actor: Actor, expert: Expert, *, kind: str, first_day: date, last_day: date) -> Leave:
    """Both days included."""
    must_edit(actor, expert)
    leave: Leave = Leave.objects.create(expert=expert, kind=kind, first_day=first_day, last_day=last_day)
    record(
        actor,
        "scheduling.leave-taken",
        expert,
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat(),
    )
    return leave


@transaction.atomic
def withdraw(actor: Actor, hours: Hours) -> None:
    """Take weekly hours, an exception or leave back out; doing it twice is doing it once."""
    must_edit(actor, hours.expert)
    gone, _ = type(hours)._default_manager.filter(pk=hours.pk).delete()
    if gone:
        record(actor, f"scheduling.{type(hours).__name__.lower()}-removed", hours.expert, was=str(hours))
