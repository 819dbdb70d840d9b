"""The allocation sheet of one office and month: a page of mitra, the duties of that month, and the money."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Lower

from halopst.core.actors import Actor
from halopst.partners.models import (
    ActivityDuty,
    ActivityKind,
    ActivityPart,
    Approval,
    Assignment,
    BudgetLine,
    Excess,
    MonthTotal,
    Registration,
    Share,
)
from halopst.partners.queries.allocation.suggesting import Pool, Taker
from halopst.partners.queries.months import Books, Caps, Key, barred, days_of, months_touched
from halopst.partners.queries.people.evaluations import Evaluation, evaluations
from halopst.partners.queries.planning.duties import duties_of
from halopst.partners.queries.reference.figures import rules_of
from halopst.partners.queries.searching import named
from halopst.partners.rules.caps import NEAR, Decision, Line, Verdict, decide, largest_volume
from halopst.partners.rules.money import honor, spread
from halopst.units.models import Unit

PAGE = 25
COLUMNS = 20
FILTERS = ("semua", "dekat", "lebih", "belum")


@dataclass(frozen=True, slots=True)
class Column:
    """One duty of an activity of this month; `days` are its days in every month of the year it pays in."""

    duty: ActivityDuty
    month: date
    days: dict[date, int]
    cap: int | None
    with_duty: bool
    line: BudgetLine | None

    @property
    def days_text(self) -> str:
        """`30,31`: what the script divides by."""
        return ",".join(str(days) for days in self.days.values())

    @property
    def nth(self) -> int:
        """Which of the activity's months the sheet is about, from 0."""
        return list(self.days).index(self.month)

    @property
    def spans_months(self) -> bool:
        return len(self.days) > 1

    def part(self, volume: int, month: date) -> int:
        """What this volume pays in `month`, divided by days."""
        value = honor(self.duty.unit_price.amount, volume)
        return spread(value, self.days).get(month, 0)


@dataclass(frozen=True, slots=True)
class CellView:
    """`volume` is what counts, `wanted` what the input shows: the same, unless it was refused.

    `pays` is what that comes to this month, divided as agreed.
    """

    column: Column
    volume: int
    wanted: int
    pays: int

    @property
    def is_refused(self) -> bool:
        return self.volume != self.wanted


@dataclass(frozen=True, slots=True)
class Fix:
    """How a refused volume could come to fit: less of it, and who could do the rest."""

    excess: Excess
    column: Column
    fits: int
    takers: list[Taker]

    @property
    def surplus(self) -> int:
        return self.excess.volume - self.fits


@dataclass(frozen=True, slots=True)
class RowView:
    """One mitra's month. `decision` is about what the row shows, refused volumes included.

    `fixed` is what the month holds beyond the cells of this page, `fixed_cap` the lowest cap of that.
    """

    registration: Registration
    cells: list[CellView]
    decision: Decision
    override: int
    fixed: int
    fixed_cap: int | None
    approved: bool
    is_barred: bool
    fixes: list[Fix]
    evaluation: Evaluation | None

    @property
    def elsewhere(self) -> list[Line]:
        """What other offices pay them that month."""
        return [line for line in self.decision.lines if line.office != self.registration.unit.name]

    @property
    def is_over(self) -> bool:
        return bool(self.fixes) or not self.decision.fits


@dataclass(frozen=True, slots=True)
class Counts:
    every: int
    near: int
    over: int
    none: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What the office pays that month, and how far the budget lines behind it are used in the year."""

    honor: int
    ceiling: int
    used: int
    mitra: int
    mitra_used: int

    @property
    def percent(self) -> int:
        return 100 * self.used // self.ceiling if self.ceiling else 0


def sheet_rows(actor: Actor, unit: Unit, month: date) -> QuerySet[Registration]:
    """The mitra one may allocate in that month, and those who have something already.

    Who is near, held or paid here is gathered once for the office, not asked of each of its rows.
    """
    ours = Registration.objects.filter(unit=unit, year=month.year)
    total = MonthTotal.objects.filter(month=month, person__in=ours.values("person"))
    near = total.filter(cap__isnull=False, total__gte=F("cap") * NEAR / 100)
    held = Excess.objects.filter(registration__in=ours, duty__in=duties_of(unit, month))
    here = Share.objects.filter(assignment__registration__in=ours, month=month)
    return (
        Registration.objects.visible_to(actor)
        .filter(unit=unit, year=month.year)
        .annotate(
            is_here=_is(pk__in=here.values("assignment__registration")),
            is_held=_is(pk__in=held.values("registration")),
        )
        .annotate(is_near=_is(is_held=False, person__in=near.values("person")))
        .filter(Q(status=Registration.Status.ACTIVE) | Q(is_here=True))
    )


def _is(**condition: Any) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(Q(**condition), output_field=BooleanField())


CHOSEN = {
    "dekat": Q(is_near=True),
    "lebih": Q(is_held=True),
    "belum": Q(is_here=False, is_held=False),
}


def counts(rows: QuerySet[Registration]) -> Counts:
    found = rows.aggregate(
        every=Count("pk"), **{key: Count("pk", filter=chosen) for key, chosen in CHOSEN.items()}
    )
    return Counts(found["every"], found["dekat"], found["lebih"], found["belum"])


def narrowed(
    rows: QuerySet[Registration], *, text: str, chosen: str, besides: int = 0
) -> QuerySet[Registration]:
    """The rows a search and a filter leave, by name; `besides` stays whatever they say."""
    left = named(text) & CHOSEN.get(chosen, Q())
    if besides and left:
        left |= Q(pk=besides)
    return rows.filter(left).select_related("person", "unit").order_by(Lower("person__name"), "pk")


def page_of(rows: QuerySet[Registration], *, text: str, chosen: str, number: str) -> Page[int]:
    """The ids on a page. Ids alone, as sorting whole rows of 60,000 mitra would take most of a second."""
    return Paginator(narrowed(rows, text=text, chosen=chosen).values_list("pk", flat=True), PAGE).get_page(
        number
    )


def rows_on(page: Page[int]) -> list[Registration]:
    """The rows of a page that `page_of` gave, in its order."""
    found = Registration.objects.select_related("person", "unit").in_bulk(list(page))
    return [found[pk] for pk in page if pk in found]


def in_turn(
    rows: QuerySet[Registration], shown: Sequence[int], count: int, *, text: str, chosen: str
) -> list[Registration]:
    """`count` mitra downwards: those `shown`, in that order, then the ones that follow on the next pages.

    What is shown stays, though it may have left the filter since; without it the list is from its beginning.
    """
    last = shown[-1] if shown else 0
    listed = narrowed(rows, text=text, chosen=chosen, besides=last if shown else 0)
    order = list(listed.values_list("pk", flat=True))
    following = order[order.index(last) + 1 :] if last in order else [] if shown else order
    wanted = list(dict.fromkeys([*shown, *following]))[:count]
    found = rows.select_related("person", "unit").in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def columns(unit: Unit, month: date) -> tuple[list[Column], Caps]:
    duties = list(duties_of(unit, month))
    caps = Caps([duty.pk for duty in duties], months_touched(duties, month.year))
    several: defaultdict[int, int] = defaultdict(int)
    for duty in duties:
        several[duty.activity_id] += 1
    made = [
        Column(
            duty=duty,
            month=month,
            days=days_of(duty.activity, month.year),
            cap=caps.amount(duty.pk, month),
            with_duty=several[duty.activity_id] > 1,
            line=duty.activity.line_of(month.year),
        )
        for duty in duties
    ]
    return made, caps


class Sheet:
    """Everything the rows of one page need, read in a fixed number of queries."""

    def __init__(
        self,
        unit: Unit,
        month: date,
        registrations: Sequence[Registration],
        every: tuple[Sequence[Column], Caps],
        shown: Sequence[Column],
    ) -> None:
        self.unit, self.month, self.columns = unit, month, shown
        every_column, self._caps = every
        self._column = {column.duty.pk: column for column in every_column}
        self._months = sorted({month, *months_touched((column.duty for column in every_column), month.year)})
        self._registrations = list(registrations)
        people = [row.person_id for row in registrations]
        self._books = Books(people, self._months)
        self._barred = barred(people, [month])
        self._volumes = _volumes(registrations, list(self._column))
        self._excess = _excesses(registrations, list(self._column))
        self._approved = set(
            Approval.objects.in_force()
            .filter(registration__in=registrations, month=month)
            .values_list("registration", flat=True)
        )
        self._census_alone = rules_of(unit).census_is_exclusive
        self._pool: Pool | None = None
        self._evaluations = evaluations(unit, people)

    def rows(self) -> list[RowView]:
        return [self._row(registration) for registration in self._registrations]

    def _row(self, registration: Registration) -> RowView:
        excesses = self._excess.get(registration.pk, [])
        wanted = {excess.duty_id: excess.volume for excess in excesses}
        shown = {column.duty.pk for column in self.columns}
        lines = self._lines(registration, self.month, wanted)
        rest = [line for (who, duty), line in lines.items() if who != registration.pk or duty not in shown]
        override = self._books.overrides.get((registration.person_id, self.month), 0)
        return RowView(
            registration=registration,
            cells=[self._cell(registration, column, wanted, lines) for column in self.columns],
            decision=decide(lines.values(), override=override, census_alone=self._census_alone),
            override=override,
            fixed=sum(line.amount for line in rest),
            fixed_cap=min((line.cap for line in rest if line.cap is not None), default=None),
            approved=registration.pk in self._approved,
            is_barred=(registration.person_id, self.month) in self._barred,
            fixes=[self._fix(registration, excess) for excess in excesses],
            evaluation=self._evaluations.get(registration.person_id),
        )

    def _cell(
        self, registration: Registration, column: Column, wanted: dict[int, int], lines: dict[Key, Line]
    ) -> CellView:
        key = (registration.pk, column.duty.pk)
        volume = self._volumes.get(key, 0)
        pays = lines[key].amount if key in lines else 0
        return CellView(column, volume, wanted.get(column.duty.pk, volume), pays)

    def _lines(self, registration: Registration, month: date, wanted: dict[int, int]) -> dict[Key, Line]:
        """The lines of the person's month as if the refused volumes counted."""
        lines = dict(self._books.lines.get((registration.person_id, month), {}))
        for duty, volume in wanted.items():
            column = self._column[duty]
            lines[registration.pk, duty] = Line(
                activity=column.duty.activity.name,
                office=self.unit.name,
                amount=column.part(volume, month),
                cap=self._caps.amount(duty, month),
                is_census=column.duty.activity.kind == ActivityKind.CENSUS,
            )
        return lines

    def _fix(self, registration: Registration, excess: Excess) -> Fix:
        column = self._column[excess.duty_id]
        fits = self._fits(registration, column, excess)
        surplus = excess.volume - fits
        takers: list[Taker] = []
        if excess.reason == Verdict.OVER and surplus:
            self._pool = self._pool or Pool(self.unit, self._months, self._caps)
            funded = min(surplus, _funded(column))
            takers = self._pool.takers(column.duty, funded, self.month, besides=registration)
        return Fix(excess, column, fits, takers)

    def _fits(self, registration: Registration, column: Column, excess: Excess) -> int:
        """The largest volume this cell could hold, for the reason the wanted one was refused."""
        price = column.duty.unit_price.amount
        now = self._volumes.get((registration.pk, column.duty.pk), 0)
        if excess.reason == Verdict.OVER:
            room = {month: self._room(registration, column, month) for month in column.days}
            return largest_volume(price, column.days, room, at_most=excess.volume)
        if excess.reason == "budget":
            return min(excess.volume, now + _funded(column))
        return now

    def _room(self, registration: Registration, column: Column, month: date) -> int:
        """What this cell may pay in `month` beside everything else that counts."""
        key = (registration.pk, column.duty.pk)
        others = [
            line
            for at, line in self._books.lines.get((registration.person_id, month), {}).items()
            if at != key
        ]
        caps = [line.cap or 0 for line in others] + [self._caps.amount(column.duty.pk, month) or 0]
        limit = max(min(caps), self._books.overrides.get((registration.person_id, month), 0))
        return max(0, limit - sum(line.amount for line in others))


def _funded(column: Column) -> int:
    """How much more volume of this duty the budget line still pays, whichever mitra does it."""
    return max(0, column.line.left) // column.duty.unit_price.amount if column.line else 0


def _volumes(registrations: Sequence[Registration], duties: Sequence[int]) -> dict[Key, int]:
    rows = Assignment.objects.filter(registration__in=registrations, duty__in=duties)
    return {(row.registration_id, row.duty_id): row.volume for row in rows}


def _excesses(registrations: Sequence[Registration], duties: Sequence[int]) -> dict[int, list[Excess]]:
    found = defaultdict(list)
    for excess in Excess.objects.filter(registration__in=registrations, duty__in=duties).order_by("pk"):
        found[excess.registration_id].append(excess)
    return dict(found)


def summary(unit: Unit, month: date, every: int) -> Summary:
    shares = Share.objects.filter(assignment__registration__unit=unit, month=month)
    paid = shares.aggregate(honor=Coalesce(Sum("amount"), 0), mitra=Count("person", distinct=True))
    paying = ActivityPart.objects.filter(activity__duties__in=duties_of(unit, month), year=month.year)
    budget = BudgetLine.objects.filter(pk__in=paying.values("budget_line")).aggregate(
        ceiling=Coalesce(Sum("ceiling"), 0), used=Coalesce(Sum("used"), 0)
    )
    return Summary(int(paid["honor"]), int(budget["ceiling"]), int(budget["used"]), every, paid["mitra"])
