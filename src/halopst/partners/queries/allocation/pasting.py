"""Where a block copied from a spreadsheet would go on the sheet: down the list, or by whom its rows name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from halopst.partners.models import Assignment, Excess, Registration
from halopst.partners.queries.allocation.grid import Column
from halopst.partners.queries.allocation.reading import Reading
from halopst.partners.queries.months import Key
from halopst.partners.rules.identity import MARKS, NIK_DIGITS, SOBAT_DIGITS, masked
from halopst.partners.rules.volumes import volume_of, words_of
from halopst.partners.secrecy import fingerprint

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Left:
    """A cell or a row of the block that fills nothing: its row there, what it says, and why not."""

    row: int
    who: str
    what: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that would be filled, and what it holds now."""

    column: Column
    before: int
    volume: int


@dataclass(slots=True)
class Plan:
    """What a block would do: `named` where its rows say for whom they are.

    `too_wide` counts its figures to the right of the last column.
    """

    named: bool = False
    too_wide: int = 0
    filled: list[tuple[Registration, list[Change]]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    same: int = 0

    @property
    def cells(self) -> list[tuple[int, int, int, int]]:
        """Registration, duty, volume, and what counted: as the sheet's script sends them."""
        return [
            (row.pk, change.column.duty.pk, change.volume, change.before)
            for row, changes in self.filled
            for change in changes
        ]

    @property
    def emptied(self) -> int:
        return sum(change.volume == 0 for _row, changes in self.filled for change in changes)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the block: whom it is for, or why for nobody."""

    number: int
    who: str
    target: Registration | None
    reason: str
    volumes: Sequence[str]


def planned(reading: Reading, directory: "Directory", below: Sequence[Registration]) -> Plan:
    """What a block would fill: of the mitra its rows name, or of those `below`. Nothing is saved."""
    lines = list(_named(reading, directory) if reading.named else _in_turn(reading, below))
    plan = Plan(named=reading.named)
    held = _held([line.target for line in lines if line.target], reading.columns)
    for line in lines:
        if line.target is None:
            plan.left.append(Left(line.number, line.who, "", "", line.reason))
        else:
            _fill(plan, line, line.target, reading.columns, held)
    return plan


def _fill(
    plan: Plan,
    line: Line,
    target: Registration,
    columns: Sequence[Column],
    held: Mapping[Key, tuple[int, bool]],
) -> None:
    changes = []
    for column, text in zip(columns, line.volumes, strict=False):
        volume = _read(plan, line.number, target, column, text)
        before, is_held = held.get((target.pk, column.duty.pk), (0, False))
        if volume is not None and (volume != before or is_held):
            changes.append(Change(column, before, volume))
        elif volume is not None:
            plan.same += 1
    if beyond := [text for text in line.volumes[len(columns) :] if text]:
        plan.too_wide += len(beyond)
        reason = _("Tidak ada kegiatan lagi di kanan kolom itu.")
        told = ", ".join(beyond)[:LONGEST_SHOWN]
        plan.left.append(Left(line.number, target.person.name, "", told, reason))
    if changes:
        plan.filled.append((target, changes))


def _read(plan: Plan, number: int, target: Registration, column: Column, text: str) -> int | None:
    try:
        return volume_of(text)
    except ValueError:
        reason = _("Volume berupa bilangan bulat dari 0 sampai 1.000.000. Contoh: 24")
        what = column.duty.activity.short_name
        plan.left.append(Left(number, target.person.name, what, text[:LONGEST_SHOWN], reason))
        return None


def _in_turn(reading: Reading, below: Sequence[Registration]) -> Iterator[Line]:
    reason = _("Daftar mitra sudah habis di baris ini.")
    for at, row in enumerate(reading.rows):
        target = below[at] if at < len(below) else None
        if target or any(row.volumes):
            yield Line(row.number, "", target, reason, row.volumes)


def _named(reading: Reading, directory: "Directory") -> Iterator[Line]:
    """Each mitra once: a second row for one would say two things of the same cells."""
    met: dict[int, int] = {}
    for row in reading.rows:
        target, reason = directory.find(row.names)
        if target and met.setdefault(target.pk, row.number) != row.number:
            first = met[target.pk]
            target, reason = None, _("Mitra ini sudah ada di baris %(n)s tempelan.") % {"n": first}
        yield Line(row.number, _shown(row.names), target, reason, row.volumes)


class Directory:
    """The mitra of a sheet by NIK, SOBAT id and name."""

    def __init__(self, every: QuerySet[Registration]) -> None:
        self._every = every.select_related("person")

    @cached_property
    def _rows(self) -> Sequence[Registration]:
        return list(self._every)

    @cached_property
    def _numbers(self) -> dict[str, Registration]:
        known = {key: row for row in self._rows for key in (row.person.nik_hash, row.person.id_sobat)}
        return {key: row for key, row in known.items() if key}

    @cached_property
    def _names(self) -> dict[str, list[Registration]]:
        found: defaultdict[str, list[Registration]] = defaultdict(list)
        for row in self._rows:
            found[words_of(row.person.name)].append(row)
        return dict(found)

    def knows(self, keys: Sequence[str]) -> bool:
        """Whether these cells name somebody, be it one of two of that name."""
        return self.find(keys)[0] is not None or any(words_of(key) in self._names for key in keys)

    def find(self, keys: Sequence[str]) -> tuple[Registration | None, str]:
        """By the first number that is known, else by a name only one bears in the district a key names."""
        numbers = [MARKS.sub("", key) for key in keys]
        for number in numbers:
            hashed = fingerprint(number) if len(number) == NIK_DIGITS else number
            if number.isascii() and number.isdigit() and hashed in self._numbers:
                return self._numbers[hashed], ""
        if any(len(number) in {NIK_DIGITS, SOBAT_DIGITS} and number.isdigit() for number in numbers):
            return None, _("NIK atau ID SOBAT ini tidak ada di lembar alokasi bulan ini.")
        plain = {words_of(key) for key in keys}
        found = [row for name in plain for row in self._names.get(name, ())]
        if len(found) > 1:
            found = [row for row in found if words_of(row.person.district) in plain] or found
        if len(found) > 1:
            return None, _("%(n)s mitra bernama ini. Pakai NIK atau ID SOBAT.") % {"n": len(found)}
        return (
            (found[0], "") if found else (None, _("Tidak ada mitra bernama ini di lembar alokasi bulan ini."))
        )


def _shown(keys: Sequence[str]) -> str:
    """What the row says of who it is for; long numbers masked."""
    told = [masked(key) if sum(map(str.isdigit, key)) >= SOBAT_DIGITS else key for key in keys if key]
    return ", ".join(told)[: 2 * LONGEST_SHOWN]


def _held(targets: Sequence[Registration], columns: Sequence[Column]) -> dict[Key, tuple[int, bool]]:
    """What counts in each cell, and whether one that was refused waits there."""
    duties = [column.duty.pk for column in columns]
    wanted = {"registration__in": targets, "duty__in": duties}
    found = {
        (who, what): (volume, False)
        for who, what, volume in Assignment.objects.filter(**wanted).values_list(
            "registration", "duty", "volume"
        )
    }
    for key in Excess.objects.filter(**wanted).values_list("registration", "duty"):
        found[key] = (found.get(key, (0, False))[0], True)
    return found
