"""The register for programs: the same services and refusals as the pages. No whole NIK leaves here."""

from datetime import date
from typing import Literal

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from halopst.core.forms import cleaned
from halopst.core.http import Request, download, example, gives
from halopst.core.idempotency import idempotent
from halopst.core.spreadsheets import XLSX_TYPE
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import MOST, After, Format, Year
from halopst.partners.forms import PersonForm, YearForm
from halopst.partners.models import Registration
from halopst.units.models import Unit

router = Router()
FILE = gives("text/csv", XLSX_TYPE)


class MitraOut(Schema):
    """One mitra in one office and year, the NIK masked; `id` names the registration, `person` the mitra."""

    model_config = example(
        id=12,
        person=40,
        name="Sri Contoh",
        nik="9999••••••••0001",
        id_sobat="357824010001",
        district="Kenanga",
        village="",
        year=2026,
        position="pendataan",
        status="aktif",
        decree="SK-12/3578/2026",
        has_account=True,
        is_blacklisted=False,
    )

    id: int
    person: int
    name: str
    nik: str = Field(examples=["9999••••••••0001"])
    id_sobat: str
    district: str
    village: str
    year: int
    position: str
    status: str
    decree: str
    has_account: bool
    is_blacklisted: bool

    @staticmethod
    def resolve_person(row: Registration) -> int:
        return row.person_id

    @staticmethod
    def resolve_name(row: Registration) -> str:
        return row.person.name

    @staticmethod
    def resolve_nik(row: Registration) -> str:
        return row.person.masked_nik

    @staticmethod
    def resolve_id_sobat(row: Registration) -> str:
        return row.person.id_sobat

    @staticmethod
    def resolve_district(row: Registration) -> str:
        return row.person.district

    @staticmethod
    def resolve_village(row: Registration) -> str:
        return row.person.village

    @staticmethod
    def resolve_has_account(row: Registration) -> bool:
        return hasattr(row.person, "bank_account")


class MitraFilter(Schema):
    """`q` finds words of a name or place, a SOBAT id, a whole NIK.

    `lack` finds those without a NIK (`nik`) or an account (`rekening`), blacklisted today (`hitam`), or
    blacklisted by the office and waiting for its decision on their appeal (`keberatan`).
    """

    year: Year
    q: str = Field("", max_length=100)
    status: Registration.Status | None = None
    position: Registration.Position | None = None
    lack: Literal["nik", "alamat", "rekening", "hitam", "keberatan"] | None = None

    @property
    def choice(self) -> queries.Choice:
        return queries.Choice(
            year=self.year,
            text=self.q,
            status=self.status or "",
            position=self.position or "",
            lack=self.lack or "",
        )


class MitraListIn(MitraFilter):
    """`after` is the last `id` before."""

    after: After = 0


class PersonFields(Schema):
    """What is known of a mitra as a person, as it is sent."""

    nik: str = Field("", max_length=40, examples=["9999015708950001"])
    id_sobat: str = Field("", max_length=40)
    name: str = Field("", max_length=150)
    birth_date: date | None = None
    sex: str = Field("", max_length=1)
    phone: str = Field("", max_length=30)
    email: str = Field("", max_length=254)
    npwp: str = Field("", max_length=40)
    address: str = Field("", max_length=300)
    district: str = Field("", max_length=100)
    village: str = Field("", max_length=100)
    education: str = Field("", max_length=10)
    occupation: str = Field("", max_length=100)
    other_employment: str = Field("", max_length=150)
    capi_experience: bool = False


class MitraIn(PersonFields):
    """`nik` or `id_sobat` is needed. Whom another office knows already is completed, not overwritten."""

    model_config = example(
        year=2026,
        position="pendataan",
        nik="9999015708950001",
        name="Sri Contoh",
        phone="0812-3456-7890",
        district="Kenanga",
    )

    year: Year
    position: Registration.Position
    status: Registration.Status = Registration.Status.ACTIVE
    decree: str = Field("", max_length=150)
    name: str = Field(max_length=150)


class MitraFileIn(MitraFilter):
    form: Format = "xlsx"


@router.get("/units/{slug}/mitra", response=list[MitraOut], url_name="partners-mitra")
def mitra(request: Request, slug: str, asked: Query[MitraListIn]) -> QuerySet[Registration]:
    """List the office's mitra of a year, by id, at most 500; the next ones with `after` = the last id."""
    rows = queries.registrations(unit_of(request, slug), asked.choice, today=timezone.localdate())
    return rows.filter(pk__gt=asked.after).order_by("pk")[:MOST]


@router.post("/units/{slug}/mitra", response={201: MitraOut}, url_name="partners-register-mitra")
@idempotent
def register_mitra(request: Request, slug: str, body: MitraIn) -> Status[Registration]:
    """Register someone for a year."""
    unit = unit_of(request, slug, permissions.MANAGE)
    given = body.model_dump()
    person, year = PersonForm(given), YearForm(given)
    particulars = cleaned(person) and person.particulars
    row = services.register(
        request.actor,
        unit=unit,
        nik=person.cleaned_data["nik"],
        particulars=particulars,
        **cleaned(year),
    )
    return Status(201, registered(unit, row))


def registered(unit: Unit, row: Registration) -> Registration:
    """A registration as the lists give it."""
    choice = queries.Choice(year=row.year)
    return queries.registrations(unit, choice, today=timezone.localdate()).get(pk=row.pk)


@router.post("/units/{slug}/mitra-file", url_name="partners-mitra-file", openapi_extra=FILE)
def mitra_file(request: Request, slug: str, asked: Query[MitraFileIn]) -> HttpResponse:
    """Download the register, or what the filters leave of it, as a file to change and import again.

    Its numbers are whole, so each taking is put on record, and no key keeps it.
    """
    unit = unit_of(request, slug, permissions.MANAGE)
    rows = queries.registrations(unit, asked.choice, today=timezone.localdate(timezone=unit.tz))
    as_csv = asked.form == "csv"
    content = services.export(request.actor, unit=unit, rows=rows, as_csv=as_csv)
    name = f"mitra-{unit.code}-{asked.year}.{asked.form}"
    return download(content, name, "text/csv; charset=utf-8" if as_csv else XLSX_TYPE)
