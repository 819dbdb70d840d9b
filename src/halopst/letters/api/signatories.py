"""Who signs for an office, and since when."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from halopst.core.editing import VERSION, Version, version_of
from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.letters import queries, services
from halopst.letters.addressed import office
from halopst.letters.api.parameters import MOST, Day
from halopst.letters.forms import SignatoryForm, WhoSignsForm
from halopst.letters.models import Signatory

router = Router()


class SignatoryOut(Schema):
    """`role` is ppk, kpa, kepala, bendahara or pembuat_daftar; without `last_day` until further notice.

    Send `version` back with a correction to have it refused where somebody else was first.
    """

    model_config = example(
        id=2,
        role="ppk",
        name="Budi Contoh, S.ST.",
        nip="199001012015031001",
        title="Pejabat Pembuat Komitmen",
        is_acting=False,
        first_day="2026-01-01",
        last_day=None,
        basis="SK-12/35000/2026",
        version=VERSION,
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
    version: str

    @staticmethod
    def resolve_version(row: Signatory) -> str:
        return version_of(row)


class SignatoryIn(Schema):
    """`title` as it is printed; with `is_acting` Plt. stands before it."""

    model_config = example(
        role="ppk",
        name="Budi Contoh, S.ST.",
        nip="199001012015031001",
        title="Pejabat Pembuat Komitmen",
        first_day="2026-01-01",
        basis="SK-12/35000/2026",
    )

    role: Signatory.Role
    name: str = Field(max_length=150)
    nip: str = Field(max_length=30)
    title: str = Field(max_length=200)
    is_acting: bool = False
    first_day: Day
    last_day: Day | None = None
    basis: str = Field(max_length=200)


class WhoSignsIn(Schema):
    """All that is printed of a signatory, corrected."""

    model_config = example(
        name="Budi Contoh, S.ST., M.Si.",
        nip="199001012015031001",
        title="Pejabat Pembuat Komitmen",
        basis="SK-12/35000/2026",
        version=VERSION,
    )

    name: str = Field(max_length=150)
    nip: str = Field(max_length=30)
    title: str = Field(max_length=200)
    is_acting: bool = False
    basis: str = Field(max_length=200)
    version: Version = None


class EndSignatoryIn(Schema):
    """The last day they sign, included."""

    model_config = example(last_day="2026-12-31", version=VERSION)

    last_day: Day
    version: Version = None


@router.get("/units/{slug}/signatories", response=list[SignatoryOut])
def letter_signatories(request: Request, slug: str) -> QuerySet[Signatory]:
    """List an office's signatories, of now and before, by role, the latest first, at most 200."""
    return _rows(request, slug)[:MOST]


@router.post("/units/{slug}/signatories", response={201: SignatoryOut})
@idempotent
def appoint_signatory(request: Request, slug: str, body: SignatoryIn) -> Status[Signatory]:
    """Add a signatory who signs from a day on; 409 where another person does in that role."""
    unit = office(queries.managed_units, request, slug)
    given = cleaned(SignatoryForm(body.model_dump()))
    return Status(201, services.appoint(request.actor, unit=unit, **given))


@router.put("/units/{slug}/signatories/{int:pk}", response=SignatoryOut)
@idempotent
def correct_signatory(request: Request, slug: str, pk: int, body: WhoSignsIn) -> Signatory:
    """Put right what was typed of one; letters made before stay as they are.

    409 `changed-meanwhile` when somebody was first since `version`.
    """
    row = get_object_or_404(_rows(request, slug), pk=pk)
    values = cleaned(WhoSignsForm(body.model_dump(exclude={"version"})))
    return services.correct_signatory(request.actor, row, version=body.version, **values)


@router.post("/units/{slug}/signatories/{int:pk}/end", response=SignatoryOut)
@idempotent
def end_signatory(request: Request, slug: str, pk: int, body: EndSignatoryIn) -> Signatory:
    """End a signatory's term on a day, so that another may follow.

    409 `changed-meanwhile` when somebody was first since `version`.
    """
    row = get_object_or_404(_rows(request, slug), pk=pk)
    return services.end_signatory(request.actor, row, last_day=body.last_day, version=body.version)


def _rows(request: Request, slug: str) -> QuerySet[Signatory]:
    unit = office(queries.managed_units, request, slug)
    return Signatory.objects.visible_to(request.actor).filter(unit=unit)
