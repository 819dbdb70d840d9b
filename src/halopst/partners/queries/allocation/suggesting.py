"""Who could take what one mitra cannot: proposed, never assigned."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from psycopg.types.range import DateRange

from halopst.partners.models import ActivityDuty, Excess, MonthTotal, Registration, Termination
from halopst.partners.queries.months import Caps, barred, days_of
from halopst.partners.queries.people.evaluations import Evaluation, evaluations
from halopst.partners.rules.caps import largest_volume
from halopst.partners.rules.money import next_month
from halopst.partners.rules.suggesting import Standing, mark, order, usual
from halopst.units.models import Unit

SUGGESTED = 3
LOOKED_AT = 60


class Held(NamedTuple):
    """What a month of somebody holds over all offices, and the lowest cap of that."""

    total: int = 0
    cap: int | None = None


NOTHING: Final = Held()


@dataclass(frozen=True, slots=True)
class Candidate:
    registration: int
    person: int
    name: str
    district: str


@dataclass(frozen=True, slots=True)
class Taker:
    """`volume` is how much of the surplus they can take; `total` what they have that month already.

    `evaluation` is of their work for this office so far; it weighs as much as the room they have.
    """

    registration: int
    name: str
    district: str
    total: int
    volume: int
    evaluation: Evaluation | None = None


class Pool:
    """The active mitra of an office in a year, with what their months hold: read once, asked often.

    Those of one district come before all others: where it has enough of them, the others are not read at all.
    Nobody whose contract of one of these months was ended: they left, or are kept from working. Nobody whose
    own volume did not fit either: it waits for a taker itself.
    """

    def __init__(self, unit: Unit, months: Collection[date], caps: Caps) -> None:
        first, last = min(months), max(months)
        rows = Registration.objects.filter(unit=unit, year=first.year, status=Registration.Status.ACTIVE)
        ended = Termination.objects.filter(registration__unit=unit, month__in=months).values("registration")
        crowded = Excess.objects.filter(
            registration__unit=unit, duty__activity__period__overlap=DateRange(first, next_month(last))
        ).values("registration")
        self._rows = rows.exclude(pk__in=ended).exclude(pk__in=crowded)
        self._months, self._caps = months, caps
        people = self._rows.values("person")
        self._barred = {person for person, _month in barred(people, months)}
        self._evaluations = evaluations(unit, people)
        self._marks = {who: mark(e.volume, e.on_time, e.quality) for who, e in self._evaluations.items()}
        self._usual = usual(self._marks.values())
        self._totals: dict[tuple[int, date], Held] = {}
        self._read: dict[str | None, list[Candidate]] = {}

    def takers(self, duty: ActivityDuty, surplus: int, month: date, *, besides: Registration) -> list[Taker]:
        """Up to three, in the order of `rules.suggesting`; those who can take all of it first."""
        district = besides.person.district.casefold()
        cap = self._caps.amount(duty.pk, month) or 0
        candidates = sorted(
            self._candidates(district, besides.pk),
            key=lambda c: (*self._order(c, district, month, cap), c.name, c.registration),
        )
        able = (self._taker(candidate, duty, surplus, month) for candidate in candidates[:LOOKED_AT])
        found = [taker for taker in able if taker.volume]
        return sorted(found, key=lambda taker: taker.volume < surplus)[:SUGGESTED]

    def _candidates(self, district: str, besides: int) -> list[Candidate]:
        """All that may be among the first `LOOKED_AT`."""
        near = [row for row in self._of(district) if row.registration != besides]
        if len(near) >= LOOKED_AT:
            return near
        return [row for row in self._of(None) if row.registration != besides]

    def _of(self, district: str | None) -> list[Candidate]:
        """Who may be asked, of one district or of the whole office; what their months hold is known then."""
        if district not in self._read:
            rows = self._rows if district is None else self._rows.filter(person__district__iexact=district)
            held = MonthTotal.objects.filter(person__in=rows.values("person"), month__in=self._months)
            for person, month, total, cap in held.values_list("person", "month", "total", "cap"):
                self._totals[person, month] = Held(total, cap)
            told = rows.order_by("pk").values_list("pk", "person", "person__name", "person__district")
            self._read[district] = [Candidate(*row) for row in told if row[1] not in self._barred]
        return self._read[district]

    def _order(self, candidate: Candidate, district: str, month: date, cap: int) -> tuple[bool, float]:
        room = 100 * max(0, cap - self._total(candidate, month)) / cap if cap else 0.0
        near = candidate.district.casefold() == district
        return order(Standing(near, room, self._marks.get(candidate.person)), self._usual)

    def _total(self, candidate: Candidate, month: date) -> int:
        return self._totals.get((candidate.person, month), NOTHING).total

    def _taker(self, candidate: Candidate, duty: ActivityDuty, surplus: int, month: date) -> Taker:
        days = days_of(duty.activity, month.year)
        room = {m: self._room(candidate, duty, m) for m in days}
        volume = largest_volume(duty.unit_price.amount, days, room, at_most=surplus)
        total = self._total(candidate, month)
        known = self._evaluations.get(candidate.person)
        return Taker(candidate.registration, candidate.name, candidate.district, total, volume, known)

    def _room(self, candidate: Candidate, duty: ActivityDuty, month: date) -> int:
        """What still fits beside what they have; 0 if no cap is on record."""
        held = self._totals.get((candidate.person, month), NOTHING)
        limits = [self._caps.amount(duty.pk, month) or 0, *([held.cap] if held.cap else [])]
        return max(0, min(limits) - held.total)
