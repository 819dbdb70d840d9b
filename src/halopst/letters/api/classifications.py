"""The codes of the archive that numbers of letters carry, and since when."""

from datetime import date

from django.db.models import QuerySet
from ninja import Field, Router, Schema, Status

from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.letters import queries, services
from halopst.letters.addressed import classification_of, office
from halopst.letters.api.parameters import MOST, After, Day
from halopst.letters.forms import ClassificationForm, EndClassificationForm
from halopst.letters.models import Classification
from halopst.letters.reference import BASIS

router = Router()


class ClassificationOut(Schema):
    """A code of the archive. No `last_day`: until further notice; `office` is null if it is everyone's."""

    model_config = example(
        id=41,
        code="VS.330",
        title="Pengumpulan Data",
        basis=BASIS,
        first_day="2019-01-01",
        last_day=None,
        office=None,
    )

    id: int
    code: str
    title: str
    basis: str
    first_day: date
    last_day: date | None
    office: str | None

    @staticmethod
    def resolve_office(row: Classification) -> str | None:
        return row.unit.slug if row.unit else None


class ClassificationIn(Schema):
    model_config = example(
        code="VS.335", title="Pengumpulan data lanjutan", first_day="2027-01-01", basis="SE Kepala 4/2026"
    )

    code: str = Field(max_length=10)
    title: str = Field(max_length=300)
    first_day: Day
    last_day: Day | None = None
    basis: str = Field(max_length=200)


class EndClassificationIn(Schema):
    """The last day letters may carry it, and the document that says so."""

    model_config = example(last_day="2026-12-31", basis="SE Kepala 4/2026")

    last_day: Day
    basis: str = Field(max_length=200)


@router.get("/units/{slug}/classifications", response=list[ClassificationOut])
def letter_classifications(
    request: Request, slug: str, q: str = "", on: Day | None = None, after: After = 0
) -> QuerySet[Classification]:
    """List the codes that hold for the office, by id, at most 200; `office` is null where it is everyone's.

    `q` is the beginning of a code or a word of its title; `on` leaves what a letter of that day may carry.
    The next ones with `after` = the last id.
    """
    unit = office(queries.managed_units, request, slug)
    rows = queries.classifications_of(unit, q[:100])
    if on is not None:
        rows = rows.filter(pk__in=queries.classifications_on(unit, on).values("pk"))
    return rows.filter(pk__gt=after).order_by("pk")[:MOST]


@router.post("/units/{slug}/classifications", response={201: ClassificationOut})
@idempotent
def add_classification(request: Request, slug: str, body: ClassificationIn) -> Status[Classification]:
    """Add a code that holds from a day on; one of the head office is everyone's.

    409 while the code holds already.
    """
    unit = office(queries.managed_units, request, slug)
    given = cleaned(ClassificationForm(body.model_dump()))
    return Status(201, services.add_classification(request.actor, unit=unit, **given))


@router.post("/units/{slug}/classifications/{int:pk}/end", response=ClassificationOut)
@idempotent
def end_classification(request: Request, slug: str, pk: int, body: EndClassificationIn) -> Classification:
    """End a code of the office on a day; letters that carry it stay."""
    unit = office(queries.managed_units, request, slug)
    given = cleaned(EndClassificationForm(body.model_dump()))
    return services.end_classification(request.actor, classification_of(unit, pk), unit=unit, **given)


@router.delete("/units/{slug}/classifications/{int:pk}", response={204: None})
@idempotent
def remove_classification(request: Request, slug: str, pk: int) -> Status[None]:
    """Take a mistyped code of the office away. 409 once a pattern or a number carries it."""
    unit = office(queries.managed_units, request, slug)
    services.remove_classification(request.actor, classification_of(unit, pk), unit=unit)
    return Status(204, None)
