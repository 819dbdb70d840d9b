"""Months under lock: cells are tried here, one after the other, before any of them is written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from halopst.partners.models import (
    ActivityDuty,
    ActivityKind,
    ActivityPart,
    Assignment,
    BudgetLine,
    OfficeRules,
    Registration,
)
from halopst.partners.queries.months import (
    Books,
    Caps,
    Key,
    Month,
    barred,
    being_paid,
    contracts_ended,
    days_of,
    months_touched,
)
from halopst.partners.rules.caps import Decision, Line, decide
from halopst.partners.rules.money import honor, spread


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one cell: `reason` is empty when it stands."""

    reason: str = ""
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as it will be written; `kept` are months being paid or ended, whose shares stay as they are."""

    registration: Registration
    duty: ActivityDuty
    before: int
    volume: int
    value: int
    shares: Mapping[date, int]
    kept: frozenset[date] = frozenset()

    @property
    def key(self) -> Key:
        return self.registration.pk, self.duty.pk


@dataclass(slots=True)
class Ledger:
    """The state of these people's months, as it would be with the entries accepted so far."""

    months: Sequence[date]
    books: Books
    caps: Caps
    rows: dict[Key, Assignment]
    budgets: dict[tuple[int, int], BudgetLine]
    census_alone: bool
    barred: frozenset[Month]
    paying: frozenset[tuple[int, date]]
    ended: frozenset[tuple[int, object]]
    entries: dict[Key, Entry] = field(default_factory=dict)
    touched: set[tuple[int, int, date]] = field(default_factory=set)

    def volume(self, key: Key) -> int:
        if key in self.entries:
            return self.entries[key].volume
        return self.rows[key].volume if key in self.rows else 0

    def enter(self, registration: Registration, duty: ActivityDuty, volume: int) -> Trial:
        """Accept the cell into the ledger if it may stand; a smaller volume needs no eligible mitra."""
        days, kept = days_of(duty.activity, registration.year), self._kept(registration, duty)
        rest = honor(duty.unit_price.amount, volume) - sum(kept.values())
        open_days = {month: count for month, count in days.items() if month not in kept}
        if rest < 0 or (rest and not open_days):
            return Trial(self._why_kept(registration, duty, kept))
        parts = spread(rest, open_days) if rest else dict.fromkeys(open_days, 0)
        return self.enter_shares(registration, duty, volume, kept | parts)

    def enter_shares(
        self, registration: Registration, duty: ActivityDuty, volume: int, shares: Mapping[date, int]
    ) -> Trial:
        """As `enter`, with the months' shares as given; they add up to the honor."""
        key = (registration.pk, duty.pk)
        before = self.volume(key)
        if reason := self._ineligible(registration, duty, grows=volume > before):
            return Trial(reason)
        kept = self._kept(registration, duty)
        if changed := [month for month, amount in kept.items() if shares.get(month, 0) != amount]:
            return Trial(self._why_kept(registration, duty, changed))
        decision = None
        if not self._only_shrinks(registration, duty, shares):
            decision = self._tried(registration, duty, shares)
        if decision is not None and not decision.fits:
            return Trial(str(decision.verdict), decision)
        value = sum(shares.values())
        if reason := self._charge(duty, registration.year, value, before=self._value(key)):
            return Trial(reason, decision)
        self._write(registration, duty, shares)
        old = self.entries[key].before if key in self.entries else before
        self.entries[key] = Entry(registration, duty, old, volume, value, shares, frozenset(kept))
        return Trial(decision=decision)

    def settle(self) -> dict[int, Decision]:
        """Take out the entries of people whose months still do not stand, and say of each month why.

        What only shrinks is entered untried: a cap lowered after an approval may need several to shrink.
        """
        failing = {}
        for registration, person, month in self.touched:
            decision = self._decided(person, month, self.books.lines[person, month])
            if not decision.fits:
                failing[registration] = decision
        for key in [key for key in self.entries if key[0] in failing]:
            del self.entries[key]
        return failing

    def _kept(self, registration: Registration, duty: ActivityDuty) -> dict[date, int]:
        """What this cell pays in months on a payment list, or of a contract that was ended: that stays."""
        kept = {}
        for month in days_of(duty.activity, registration.year):
            if (registration.pk, month) in self.paying or self._is_ended(registration, duty, month):
                line = self.books.lines[registration.person_id, month].get((registration.pk, duty.pk))
                kept[month] = line.amount if line else 0
        return kept

    def _is_ended(self, registration: Registration, duty: ActivityDuty, month: date) -> bool:
        """Whether the contract of that month, or of that activity, with the mitra was ended."""
        who = registration.pk
        return (who, month) in self.ended or (who, duty.activity_id) in self.ended

    def _why_kept(self, registration: Registration, duty: ActivityDuty, months: Iterable[date]) -> str:
        """The reason why the shares of these months cannot change."""
        return "ended" if any(self._is_ended(registration, duty, month) for month in months) else "paying"

    def _only_shrinks(
        self, registration: Registration, duty: ActivityDuty, shares: Mapping[date, int]
    ) -> bool:
        return not self._growing(registration, duty, shares)

    def _growing(
        self, registration: Registration, duty: ActivityDuty, shares: Mapping[date, int]
    ) -> list[date]:
        """The months that would pay more for this cell than they do now."""
        key = (registration.pk, duty.pk)
        now = {month: self.books.lines[registration.person_id, month].get(key) for month in shares}
        return [
            month for month, amount in shares.items() if amount > (line.amount if (line := now[month]) else 0)
        ]

    def _decided(self, person: int, month: date, lines: Mapping[Key, Line]) -> Decision:
        return decide(
            lines.values(),
            override=self.books.overrides.get((person, month), 0),
            census_alone=self.census_alone,
        )

    def _ineligible(self, registration: Registration, duty: ActivityDuty, *, grows: bool) -> str:
        if not grows:
            return ""
        months = days_of(duty.activity, registration.year)
        is_barred = any((registration.person_id, month) in self.barred for month in months)
        if registration.status != Registration.Status.ACTIVE or is_barred:
            return "inactive"
        return "" if duty.activity.is_open else "closed"

    def _line(self, duty: ActivityDuty, month: date, amount: int) -> Line:
        return Line(
            activity=duty.activity.name,
            office=duty.activity.unit.name,
            amount=amount,
            cap=self.caps.amount(duty.pk, month),
            is_census=duty.activity.kind == ActivityKind.CENSUS,
        )

    def _tried(
        self, registration: Registration, duty: ActivityDuty, shares: Mapping[date, int]
    ) -> Decision | None:
        """The decision of the first month that would not stand; else that of the last one tried."""
        key, decision = (registration.pk, duty.pk), None
        for month, amount in shares.items():
            others = self.books.lines[registration.person_id, month]
            lines = {**others, key: self._line(duty, month, amount)}
            decision = self._decided(registration.person_id, month, lines)
            if not decision.fits:
                return decision
        return decision

    def _value(self, key: Key) -> int:
        if key in self.entries:
            return self.entries[key].value
        return self.rows[key].value if key in self.rows else 0

    def _charge(self, duty: ActivityDuty, year: int, value: int, *, before: int) -> str:
        """Take `value` rupiah from the activity's budget line of that year, in place of what it took before.

        Says why it cannot: no line is chosen for the year, or the line has not so much left.
        """
        line = self.budgets.get((duty.activity_id, year))
        if line is None:
            return "unbudgeted" if value else ""
        if value - before > max(0, line.left):
            return "budget"
        line.used += value - before
        return ""

    def _write(self, registration: Registration, duty: ActivityDuty, shares: Mapping[date, int]) -> None:
        key = (registration.pk, duty.pk)
        for month in self.months:
            lines = self.books.lines[registration.person_id, month]
            was = lines.pop(key, None)
            if amount := shares.get(month, 0):
                lines[key] = self._line(duty, month, amount)
            if was or amount:
                self.touched.add((registration.pk, registration.person_id, month))


def open_ledger(
    unit_id: int, registrations: Sequence[Registration], duties: Sequence[ActivityDuty], month: date
) -> Ledger:
    """Lock the months these duties touch for these people, and their budget lines; then read them."""
    months, paid = hold(registrations, duties, month)
    people = [registration.person_id for registration in registrations]
    lines = BudgetLine.objects.in_bulk(set(paid.values()))
    rules = OfficeRules.objects.filter(unit=unit_id).first()
    rows = Assignment.objects.filter(registration__in=registrations, duty__in=duties)
    return Ledger(
        months=months,
        books=Books(people, months),
        caps=Caps([duty.pk for duty in duties], months),
        rows={(row.registration_id, row.duty_id): row for row in rows},
        budgets={key: lines[line] for key, line in paid.items()},
        census_alone=rules is not None and rules.census_is_exclusive,
        barred=barred(people, [one for one in months if one >= month]),
        paying=being_paid(registrations, months),
        ended=contracts_ended(registrations),
    )


def hold(
    registrations: Sequence[Registration], duties: Sequence[ActivityDuty], month: date
) -> tuple[list[date], dict[tuple[int, int], int]]:
    """The months these duties touch, and the line that pays each; nobody else changes them any more."""
    months = sorted({*months_touched(duties, month.year), month})
    paid = lines_of({duty.activity_id for duty in duties}, month.year)
    lock([row.person_id for row in registrations], months, sorted(set(paid.values())))
    return months, paid


def lines_of(activities: Collection[int], year: int) -> dict[tuple[int, int], int]:
    """The budget line that pays each of these activities in that year, where one is chosen."""
    rows = ActivityPart.objects.filter(activity__in=activities, year=year)
    return {(row.activity_id, row.year): row.budget_line_id for row in rows}


def lock(people: Collection[int], months: Collection[date], budget_lines: Collection[int] = ()) -> None:
    """Hold these months and budget lines until the transaction ends, in the order everybody takes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT partners_lock(%s::bigint[], %s::date[], %s::bigint[])",
            [list(people), list(months), list(budget_lines)],
        )
