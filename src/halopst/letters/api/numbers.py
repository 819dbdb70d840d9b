"""Numbers of letters: the series of an office with their books, its patterns, numbers used before."""

from collections.abc import Container
from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.letters import queries, services
from halopst.letters.addressed import office
from halopst.letters.api.parameters import MOST, Code, Day, Id
from halopst.letters.forms import PatternForm
from halopst.letters.kinds import kind_choices
from halopst.letters.models import LetterNumber, NumberPattern, NumberSeries

router = Router()
MOST_OLD = 5_000
SHOWN = (
    "kind",
    "counter",
    "pattern",
    "grade",
    "classification",
    "resets",
    "keeps_dates",
    "valid_from",
    "basis",
)


class SeriesOut(Schema):
    """One counter in one year or month; `last` is the last number given."""

    model_config = example(id=3, counter="SPK", period="2026", last=412, last_dated_on="2026-11-20")

    id: int
    counter: str
    period: str
    last: int
    last_dated_on: date | None


class GapOut(Schema):
    """From `first` to `last` no letter has a number: they were used before, and not entered."""

    first: int
    last: int


class BookOut(SeriesOut):
    """`gaps` are the first 200 places without a number; new letters never leave one."""

    model_config = example(
        id=3,
        counter="SPK",
        period="2026",
        last=412,
        last_dated_on="2026-11-20",
        gaps=[{"first": 1, "last": 40}],
    )

    gaps: list[GapOut]

    @staticmethod
    def resolve_gaps(row: NumberSeries) -> list[queries.Gap]:
        return queries.gaps_of(row, MOST)


class NumberOut(Schema):
    """`state` is used, void or imported; `segment` is not 0 for a back-dated insert (`B-005.01`)."""

    model_config = example(
        id=90,
        number="B-012/35780/VS.330/2026",
        sequence=12,
        segment=0,
        state="used",
        dated_on="2026-11-02",
        note="",
        letter=31,
    )

    id: int
    number: str
    sequence: int
    segment: int
    state: str
    dated_on: date
    note: str
    letter: int | None

    @staticmethod
    def resolve_number(row: LetterNumber) -> str:
        return row.text

    @staticmethod
    def resolve_letter(row: Any) -> int | None:
        made: int | None = row.made
        return made


class PatternOut(Schema):
    """How one kind of letter is numbered from a day on; `own` unless it comes from an office above."""

    model_config = example(
        kind="partners.contract",
        counter="SPK",
        pattern="{derajat}-{urut:03}{sisip}/{unit}/{klasifikasi}/{tahun}",
        grade="B",
        classification="VS.330",
        resets="yearly",
        keeps_dates=True,
        valid_from="2026-01-01",
        basis="Peraturan BPS Nomor 1 Tahun 2023 tentang Tata Naskah Dinas",
        own=True,
        in_force=True,
    )

    kind: str
    counter: str
    pattern: str
    grade: str
    classification: str
    resets: str
    keeps_dates: bool
    valid_from: date
    basis: str
    own: bool
    in_force: bool


class PatternIn(Schema):
    """Places: `{urut:03}` and `{sisip}` right after it are needed, `{tahun}` too."""

    model_config = example(
        kind="partners.contract",
        counter="SPK",
        pattern="{derajat}-{urut:03}{sisip}/{unit}/{klasifikasi}/{tahun}",
        grade="B",
        classification="VS.330",
        resets="yearly",
        keeps_dates=True,
        valid_from="2027-01-01",
        basis="Surat Kepala Kantor 5/2026",
    )

    kind: Code
    counter: str = Field(max_length=20)
    pattern: str = Field(max_length=120)
    grade: str = Field("B", max_length=4)
    classification: str = Field("", max_length=10)
    resets: NumberPattern.Reset = NumberPattern.Reset.YEARLY
    keeps_dates: bool = True
    valid_from: Day
    basis: str = Field(max_length=200)


class OldNumberIn(Schema):
    number: str = Field(min_length=1, max_length=150)
    dated_on: Day
    note: str = Field("", max_length=300)


class OldNumbersIn(Schema):
    """Up to 5,000 numbers used before, as they were written."""

    model_config = example(
        kind="partners.contract",
        numbers=[{"number": "B-040/35780/VS.330/2026", "dated_on": "2026-10-30", "note": "Dari buku lama"}],
    )

    kind: Code
    numbers: Annotated[list[OldNumberIn], Field(min_length=1, max_length=MOST_OLD)]


class OldNumbersOut(Schema):
    """How many of the numbers were new; known ones stay as they are."""

    model_config = example(added=1)

    added: int


@router.get("/units/{slug}/number-series", response=list[SeriesOut])
def number_series(request: Request, slug: str, before: Id | None = None) -> QuerySet[NumberSeries]:
    """List the number series, newest first, at most 200; the next ones with `before` = the last id."""
    unit = office(queries.managed_units, request, slug)
    rows = NumberSeries.objects.visible_to(request.actor).filter(unit=unit).order_by("-pk")
    return (rows.filter(pk__lt=before) if before else rows)[:MOST]


@router.get("/units/{slug}/number-series/{int:pk}", response=BookOut)
def number_book(request: Request, slug: str, pk: int) -> NumberSeries:
    """Show one series, and where its book has gaps."""
    return _series(request, slug, pk)


@router.get("/units/{slug}/number-series/{int:pk}/numbers", response=list[NumberOut])
def numbers_in_book(request: Request, slug: str, pk: int, after: Id | None = None) -> QuerySet[LetterNumber]:
    """List the numbers of a series, by id, at most 200; the next ones with `after` = the last id."""
    return queries.numbers_of(_series(request, slug, pk)).filter(pk__gt=after or 0)[:MOST]


@router.get("/units/{slug}/number-patterns", response=list[PatternOut])
def number_patterns(request: Request, slug: str) -> Any:
    """List the number patterns in force today, and every one the office has made."""
    unit = office(queries.managed_units, request, slug)
    today = timezone.now().astimezone(unit.tz).date()
    in_force = {row.pk: row for row in queries.patterns_in_force(unit, today).values()}
    every = in_force | {row.pk: row for row in queries.own_patterns(unit)}
    return [_pattern(row, unit.pk, in_force) for row in every.values()]


@router.post("/units/{slug}/number-patterns", response={201: PatternOut})
@idempotent
def set_number_pattern(request: Request, slug: str, body: PatternIn) -> Status[dict[str, Any]]:
    """Add a number pattern for a kind of letter, from a day on."""
    unit = office(queries.managed_units, request, slug)
    given = cleaned(PatternForm(body.model_dump(), unit=unit, kinds=kind_choices()))
    row = services.set_pattern(request.actor, unit=unit, **given)
    today = timezone.now().astimezone(unit.tz).date()
    in_force = {one.pk for one in queries.patterns_in_force(unit, today).values()}
    return Status(201, _pattern(row, unit.pk, in_force))


@router.post("/units/{slug}/old-numbers", response=OldNumbersOut)
@idempotent
def enter_old_numbers(request: Request, slug: str, body: OldNumbersIn) -> dict[str, int]:
    """Enter numbers used before, so that new ones follow them. 422 names those it cannot take."""
    unit = office(queries.managed_units, request, slug)
    rows = [(one.number, one.dated_on, one.note) for one in body.numbers]
    today = timezone.now().astimezone(unit.tz).date()
    added = services.import_numbers(request.actor, unit=unit, kind=body.kind, rows=rows, today=today)
    return {"added": added}


def _series(request: Request, slug: str, pk: int) -> NumberSeries:
    unit = office(queries.managed_units, request, slug)
    rows = NumberSeries.objects.visible_to(request.actor).filter(unit=unit)
    return get_object_or_404(rows, pk=pk)


def _pattern(row: NumberPattern, unit: int, in_force: Container[int]) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in SHOWN},
        "own": row.unit_id == unit,
        "in_force": row.pk in in_force,
    }
