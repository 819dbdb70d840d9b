"""One mitra for programs: what an office knows of them, changed as on its page. The NIK comes masked."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema

from halopst.core.editing import VERSION, Version, version_of
from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import person_of, unit_of
from halopst.partners.api.parameters import NOTHING_ELSE, Year
from halopst.partners.api.register import MitraOut, PersonFields, registered
from halopst.partners.forms import AccountForm, PersonForm, YearForm
from halopst.partners.models import BankAccount, Person, Registration

router = Router()


class YearOut(Schema):
    """What a mitra is to an office in a year; other offices' years are told as on the page."""

    unit: str
    year: int
    position: str
    status: str
    decree: str
    version: str

    @staticmethod
    def resolve_unit(row: Registration) -> str:
        return row.unit.slug

    @staticmethod
    def resolve_version(row: Registration) -> str:
        return version_of(row)


class PersonAccountOut(Schema):
    """`confirmed_at` is null until the mitra says it is right; `shared_with` counts others who name it."""

    bank: str
    tail: str
    holder: str
    confirmed_at: datetime | None
    shared_with: int

    @staticmethod
    def resolve_shared_with(row: BankAccount) -> int:
        return queries.others_with_account(row)


class PersonOut(Schema):
    """Everything the office may know of a mitra.

    Send `version` back with a change to have it refused where somebody else was first, `account_version` with
    one of the account, and with a year the newest `version` among the office's own years.
    """

    model_config = example(
        id=40,
        name="Sri Contoh",
        nik="9999••••••••0001",
        id_sobat="357824010001",
        has_npwp=True,
        birth_date="1995-08-17",
        sex="P",
        phone="6281234567890",
        email="sri@contoh.id",
        address="Jalan Contoh 1",
        district="Kenanga",
        village="Melati",
        education="sma",
        occupation="Wiraswasta",
        other_employment="",
        capi_experience=True,
        years=[
            {
                "unit": "surabayakota",
                "year": 2026,
                "position": "pendataan",
                "status": "aktif",
                "decree": "SK-12/3578/2026",
                "version": VERSION,
            }
        ],
        account={
            "bank": "Bank Contoh",
            "tail": "6789",
            "holder": "SRI CONTOH",
            "confirmed_at": None,
            "shared_with": 0,
        },
        is_blacklisted=False,
        version=VERSION,
        account_version=VERSION,
    )

    id: int
    name: str
    nik: str
    id_sobat: str
    has_npwp: bool
    birth_date: date | None
    sex: str
    phone: str
    email: str
    address: str
    district: str
    village: str
    education: str
    occupation: str
    other_employment: str
    capi_experience: bool
    years: list[YearOut]
    account: PersonAccountOut | None
    is_blacklisted: bool
    version: str
    account_version: str

    @staticmethod
    def resolve_nik(row: Person) -> str:
        return row.masked_nik

    @staticmethod
    def resolve_has_npwp(row: Person) -> bool:
        return bool(row.npwp_hash)

    @staticmethod
    def resolve_years(row: Person) -> Any:
        return row.registrations.all()

    @staticmethod
    def resolve_account(row: Person) -> BankAccount | None:
        return getattr(row, "bank_account", None)

    @staticmethod
    def resolve_is_blacklisted(row: Person) -> bool:
        return queries.blacklistings_of(row).in_force(timezone.localdate()).exists()

    @staticmethod
    def resolve_version(row: Person) -> str:
        return version_of(row)

    @staticmethod
    def resolve_account_version(row: Person) -> str:
        return version_of(getattr(row, "bank_account", None))


class MitraChangeIn(PersonFields):
    """Only fields that are sent change. An empty value deletes what is known, except `nik` and `npwp`."""

    model_config = NOTHING_ELSE | example(phone="0812-3456-7890", district="Kenanga", version=VERSION)

    version: Version = None


class YearIn(Schema):
    """`version` is the newest among those of the office's own years of this mitra."""

    model_config = example(position="pendataan", status="aktif", decree="SK-12/3578/2026", version=VERSION)

    position: Registration.Position
    status: Registration.Status
    decree: str = Field("", max_length=150)
    version: Version = None


class AccountIn(Schema):
    """`version` is the mitra's `account_version`."""

    model_config = example(bank="Bank Contoh", number="0123456789", holder="SRI CONTOH", version=VERSION)

    bank: str = Field(max_length=80)
    number: str = Field(max_length=40)
    holder: str = Field(max_length=150)
    version: Version = None


class AccountOut(Schema):
    """The number itself is never given back."""

    model_config = example(bank="Bank Contoh", tail="6789", holder="SRI CONTOH")

    bank: str
    tail: str
    holder: str


class NikOut(Schema):
    model_config = example(nik="9999015708950001")

    nik: str


@router.get("/units/{slug}/mitra/{int:pk}", response=PersonOut, url_name="partners-person")
def person(request: Request, slug: str, pk: int) -> Person:
    """Show one mitra (`person`) of the office: particulars, years, account."""
    return person_of(request, unit_of(request, slug), pk)


@router.patch("/units/{slug}/mitra/{int:pk}", response=PersonOut, url_name="partners-person")
@idempotent
def edit_person(request: Request, slug: str, pk: int, body: MitraChangeIn) -> Person:
    """Change what is known of a mitra. 409 `changed-meanwhile` when somebody was first since `version`."""
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    given = body.model_dump(exclude_unset=True, exclude={"version"})
    form = PersonForm({**PersonForm(person=who).initial, **given}, person=who)
    nik = cleaned(form)["nik"]
    changed = {name: value for name, value in form.particulars.items() if name in given}
    services.edit_person(request.actor, who, unit=unit, particulars=changed, nik=nik, version=body.version)
    return person_of(request, unit, pk)


@router.put("/units/{slug}/mitra/{int:pk}/years/{int:year}", response=MitraOut, url_name="partners-year")
@idempotent
def set_year(request: Request, slug: str, pk: int, year: Year, body: YearIn) -> Registration:
    """Set what a mitra is to the office in a year; a year not known yet is added.

    409 `changed-meanwhile` when somebody was first since `version`.
    """
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    values = cleaned(YearForm({**body.model_dump(), "year": year}))
    row = services.set_year(request.actor, who, unit=unit, version=body.version, **values)
    return registered(unit, row)


@router.put("/units/{slug}/mitra/{int:pk}/account", response=AccountOut, url_name="partners-mitra-account")
@idempotent
def set_account(request: Request, slug: str, pk: int, body: AccountIn) -> Any:
    """Set the bank account the honor of a mitra (`person`) goes to from now on.

    409 `changed-meanwhile` when somebody was first since `version`.
    """
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    values = cleaned(AccountForm(body.model_dump()))
    return services.set_bank_account(request.actor, who, unit=unit, version=body.version, **values)


@router.post("/units/{slug}/mitra/{int:pk}/nik", response=NikOut, url_name="partners-nik")
def whole_nik(request: Request, slug: str, pk: int) -> NikOut:
    """Read the whole NIK of a mitra. Each reading is put on record, so no key repeats it."""
    unit = unit_of(request, slug, permissions.MANAGE)
    return NikOut(nik=services.read_nik(request.actor, person_of(request, unit, pk), unit=unit))
