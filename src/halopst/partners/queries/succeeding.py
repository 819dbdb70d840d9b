"""What an ended contract left undone, and who could go on with it: proposed, never assigned."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from halopst.partners.models import ActivityDuty, Termination
from halopst.partners.queries.months import Caps, months_touched
from halopst.partners.queries.suggesting import Pool, Taker
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Undone:
    """`volume` of an activity that nobody did; `takers` have room for it, or for some of it."""

    activity: str
    volume: int
    volume_unit: str
    takers: Sequence[Taker]


def undone(unit: Unit, month: date, ended: Sequence[Termination]) -> dict[int, list[Undone]]:
    """Of each termination of that month, by id; a fixed number of queries.

    Nothing of those an earlier release kept, which did not say of which duty their lines are.
    """
    left = [
        (row, line["tugas"], line["target"] - line["realisasi"])
        for row in ended
        for line in row.lines
        if "tugas" in line and line["target"] > line["realisasi"]
    ]
    rows = ActivityDuty.objects.select_related("activity__unit", "unit_price")
    duties = rows.in_bulk({duty for _row, duty, _volume in left})
    found: defaultdict[int, list[Undone]] = defaultdict(list)
    if not duties:
        return found
    months = sorted({month, *months_touched(duties.values(), month.year)})
    pool = Pool(unit, months, Caps(list(duties), months))
    for row, pk, volume in left:
        if duty := duties.get(pk):
            takers = pool.takers(duty, volume, month, besides=row.registration)
            said = duty.activity.name, volume, duty.unit_price.volume_unit
            found[row.pk].append(Undone(*said, takers))
    return found


def ended_among(registrations: Sequence[int], month: date) -> set[int]:
    """Those of these mitra a contract of whose was ended in that month."""
    rows = Termination.objects.filter(registration__in=registrations, month=month)
    return set(rows.values_list("registration", flat=True))
