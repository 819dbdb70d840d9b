from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from halopst.scheduling.models import BookingPolicy, Field
from halopst.units.models import Unit


@transaction.atomic
def open_scheduling(units: Iterable[Unit], *, fields: Iterable[Mapping[str, Any]]) -> None:
    """Give offices that never had them their first fields and booking policy; what exists stays as it is."""
    offices, starters = list(units), list(fields)
    with_fields = set(Field.objects.values_list("unit_id", flat=True).order_by().distinct())
    with_policy = set(BookingPolicy.objects.filter(expert=None).values_list("unit_id", flat=True))
    Field.objects.bulk_create(
        [
            Field(unit=office, position=position, **starter)
            for office in offices
            if office.pk not in with_fields
            for position, starter in enumerate(starters, 1)
        ],
        ignore_conflicts=True,
    )
    BookingPolicy.objects.bulk_create(
        [BookingPolicy(unit=office) for office in offices if office.pk not in with_policy],
        ignore_conflicts=True,
    )
