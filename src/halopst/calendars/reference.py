"""Default service hours and the national holidays, loaded once; what an office edited or removed stays so."""

import json
from datetime import date, time
from importlib.resources import files
from typing import Any

from django.db import transaction
from psycopg.types.range import DateRange

from halopst.audit.models import Entry
from halopst.calendars.models import Holiday, HolidayDecree, Interval, Schedule
from halopst.core.reference import reference_data

DATA = files("halopst.calendars") / "data"


@reference_data("jam layanan bawaan")
@transaction.atomic
def load_service_hours() -> None:
    if Schedule.objects.filter(unit=None).exists():
        return
    given = json.loads((DATA / "service_hours.json").read_text())
    schedule = Schedule.objects.create(
        kind=Schedule.Kind.REGULAR,
        title=given["title"],
        legal_basis=given["legal_basis"],
        period=DateRange(None, None),
    )
    Interval.objects.bulk_create(
        Interval(
            schedule=schedule,
            weekday=weekday,
            opens=time.fromisoformat(opens),
            closes=time.fromisoformat(closes),
        )
        for weekday in given["weekdays"]
        for opens, closes in given["hours"]
    )


@reference_data("hari libur nasional")
@transaction.atomic
def load_national_holidays() -> None:
    known = set(HolidayDecree.objects.filter(unit=None).values_list("number", flat=True))
    removed = Entry.objects.filter(action="calendars.decree-removed", unit_id=None)
    known |= set(removed.values_list("details__number", flat=True))
    for given in json.loads((DATA / "national_holidays.json").read_text()):
        if given["number"] not in known:
            _add_decree(given)


def _add_decree(given: dict[str, Any]) -> None:
    days = given.pop("holidays")
    decided_on = date.fromisoformat(given.pop("decided_on"))
    decree = HolidayDecree.objects.create(decided_on=decided_on, **given)
    Holiday.objects.bulk_create(
        Holiday(decree=decree, date=date.fromisoformat(day["date"]), name=day["name"], kind=day["kind"])
        for day in days
    )
