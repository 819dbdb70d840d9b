"""What an ended contract left undone, and who could go on with it: proposed, never assigned."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from halopst.partners.models import ActivityDuty, Change, Registration, Termination
from halopst.partners.queries.allocation.suggesting import Pool, Taker
from halopst.partners.queries.months import Caps, months_touched
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Taken:
    """`volume` of it that was given to another mitra after the contract ended."""

    registration: int
    name: str
    volume: int


@dataclass(frozen=True, slots=True)
class Undone:
    """`volume` of an activity that nobody does; `takers` have room for it, or for some of it.

    `taken` is what others go on with already, 0 `volume` that nothing of it is left.
    """

    activity: str
    volume: int
    volume_unit: str
    takers: Sequence[Taker]
    taken: Sequence[Taken] = ()


def undone(unit: Unit, month: date, ended: Sequence[Termination]) -> dict[int, list[Undone]]:
    """Of each termination of that month, by id; a fixed number of queries.

    Nothing of those an earlier release kept, which did not say of which duty their lines are.
    """
    left = [
        (row, line["tugas"], volume)
        for row in ended
        for line in row.lines
        if "tugas" in line and (volume := _set_free(line)) > 0
    ]
    rows = ActivityDuty.objects.select_related("activity__unit", "unit_price")
    duties = rows.in_bulk({duty for _row, duty, _volume in left})
    found: defaultdict[int, list[Undone]] = defaultdict(list)
    if not duties:
        return found
    months = sorted({month, *months_touched(duties.values(), month.year)})
    pool, given = Pool(unit, months, Caps(list(duties), months)), _Given(unit, duties, ended)
    for row, pk, volume in sorted(left, key=lambda one: one[0].ended_at):
        if duty := duties.get(pk):
            taken = given.since(row, pk, volume)
            rest = volume - sum(one.volume for one in taken)
            takers = pool.takers(duty, rest, month, besides=row.registration) if rest else []
            said = duty.activity.name, rest, duty.unit_price.volume_unit
            found[row.pk].append(Undone(*said, takers, taken))
    return found


def _set_free(line: Mapping[str, Any]) -> int:
    """The volume set free in all months; only in that month if an earlier release kept no more."""
    return int(line.get("lepas", line["target"] - line["realisasi"]))


class _Given:
    """What was added to these duties since contracts ended; each piece goes on with one contract only."""

    def __init__(self, unit: Unit, duties: Collection[int], ended: Sequence[Termination]) -> None:
        first = min(row.ended_at for row in ended)
        changes = Change.objects.filter(unit=unit, made_at__gt=first, undone_at__isnull=True)
        self._cells = [
            (at, who, what, after - before)
            for at, cells in changes.order_by("made_at", "pk").values_list("made_at", "cells")
            for who, what, before, after in cells
            if what in duties
        ]
        people = Registration.objects.filter(pk__in={who for _at, who, _what, _more in self._cells})
        self._names = dict(people.values_list("pk", "person__name"))
        self._counted: Counter[tuple[int, int]] = Counter()

    def since(self, ended: Termination, duty: int, volume: int) -> list[Taken]:
        """Who took over up to `volume` of this duty, and how much each."""
        added: Counter[int] = Counter()
        for at, who, what, more in self._cells:
            if what == duty and at > ended.ended_at and who != ended.registration_id:
                added[who] += more
        taken = []
        for who, more in added.items():
            share = min(volume, more - self._counted[who, duty])
            if share > 0:
                self._counted[who, duty] += share
                volume -= share
                taken.append(Taken(who, self._names.get(who, ""), share))
        return taken


def ended_among(registrations: Sequence[int], month: date) -> set[int]:
    """Which of these mitra had a contract ended in that month."""
    rows = Termination.objects.filter(registration__in=registrations, month=month)
    return set(rows.values_list("registration", flat=True))
