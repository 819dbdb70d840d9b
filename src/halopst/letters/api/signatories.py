"""Who signs for an office, and the codes of the archive that numbers carry, for programs."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.letters import queries, services
from halopst.letters.addressed import office
from halopst.letters.api.parameters import MOST, Day
from halopst.letters.forms import EndForm, SignatoryForm
from halopst.letters.models import Classification, Signatory

router = Router()
SIGNATORIES = "/units/{slug}/signatories"


class SignatoryOut(Schema):
    """Signs in the `role` from `first_day` to `last_day` (null: until further notice)."""

    model_config = example(
        id=4,
        role="ppk",
        name="Budi Contoh, S.ST.",
        nip="199001012015031001",
        title="Pejabat Pembuat Komitmen",
        is_acting=False,
        first_day="2026-01-01",
        last_day=None,
        basis="SK Kepala BPS Provinsi 4/2026",
    )

    id: int
    role: str
    name: str
    nip: str
    title: str
    is_acting: bool
    first_day: date
    last_day: date | None
    basis: str

    @staticmethod
    def resolve_first_day(row: Signatory) -> date:
        first: date = row.period.lower
        return first


class SignatoryIn(Schema):
    """`role` is ppk, kpa, kepala, bendahara or pembuat_daftar; one person a day in each."""

    model_config = example(
        role="ppk",
        name="Budi Contoh, S.ST.",
        nip="199001012015031001",
        title="Pejabat Pembuat Komitmen",
        is_acting=False,
        first_day="2026-01-01",
        last_day=None,
        basis="SK Kepala BPS Provinsi 4/2026",
    )

    role: Signatory.Role
    name: str = Field(max_length=150)
    nip: str = Field(max_length=30)
    title: str = Field(max_length=200)
    is_acting: bool = False
    first_day: Day
    last_day: Day | None = None
    basis: str = Field("", max_length=200)


class SignatoryEndIn(Schema):
    model_config = example(last_day="2026-12-31")

    last_day: Day


class ClassificationOut(Schema):
    model_config = example(
        code="VS.330", title="Statistik ketahanan sosial", basis="Peraturan Kepala BPS Nomor 99 Tahun 2018"
    )

    code: str
    title: str
    basis: str


@router.get(SIGNATORIES, response=list[SignatoryOut], url_name="letters-signatories")
def signatories(request: Request, slug: str) -> QuerySet[Signatory]:
    """Who signs and signed for the office, by role, the latest first."""
    unit = office(queries.managed_units, request, slug)
    return Signatory.objects.visible_to(request.actor).filter(unit=unit)[:MOST]


@router.post(SIGNATORIES, response={201: SignatoryOut}, url_name="letters-signatories")
@idempotent
def appoint_signatory(request: Request, slug: str, body: SignatoryIn) -> Status[Signatory]:
    """From a day on. 409 where the role is held by another then."""
    unit = office(queries.managed_units, request, slug)
    values = cleaned(SignatoryForm(body.model_dump()))
    return Status(201, services.appoint(request.actor, unit=unit, **values))


@router.post(SIGNATORIES + "/{int:pk}/end", response=SignatoryOut, url_name="letters-end-signatory")
@idempotent
def end_signatory(request: Request, slug: str, pk: int, body: SignatoryEndIn) -> Signatory:
    """The last day they sign, included."""
    unit = office(queries.managed_units, request, slug)
    row = get_object_or_404(Signatory.objects.visible_to(request.actor).filter(unit=unit), pk=pk)
    return services.end_signatory(request.actor, row, **cleaned(EndForm(body.model_dump())))


@router.get("/classifications", response=list[ClassificationOut], url_name="letters-classifications")
def classifications(
    request: Request,  # noqa: ARG001  # ninja hands the request to every operation
    q: str = "",
    after: str = "",
) -> QuerySet[Classification]:
    """The codes of the archive classification that hold `q`, by code, at most 200; the next with `after`."""
    return queries.classifications(q[:100]).filter(code__gt=after[:10])[:MOST]
