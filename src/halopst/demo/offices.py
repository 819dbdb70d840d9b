"""Build the demonstration offices: contacts, people, experts, published standards and maklumat."""

from dataclasses import dataclass
from datetime import date, datetime

from halopst.accounts.models import Membership, User
from halopst.accounts.services import give_role
from halopst.core.actors import SYSTEM
from halopst.demo.cast import MAIL_DOMAIN, OFFICES, Office, Officer
from halopst.scheduling.models import Expert, Field
from halopst.scheduling.services import add_expert, edit_profile
from halopst.units.models import ServiceKind, ServiceStandard, Unit
from halopst.units.services import (
    Contact,
    change_contact,
    draft_standard,
    publish_maklumat,
    publish_standard,
    write_maklumat,
)

HEAD_OFFICE_ADMIN = Officer("Sasmaya Nareswari", "Bu Sasmaya", "Admin Pusat", "admin")
VISITOR = f"pengunjung@{MAIL_DOMAIN}"
DECREE = "Contoh-{code}/SK/{year}"
PROMISE = (
    "Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar yang telah ditetapkan, "
    "dan apabila tidak menepatinya kami siap menerima sanksi serta memberikan kompensasi sesuai ketentuan "
    "yang berlaku."
)


@dataclass(frozen=True, slots=True)
class Account:
    """A way into the demonstration, as printed for whoever tries it."""

    role: str
    name: str
    email: str
    place: str


def build_offices(*, password: str, now: datetime) -> list[Account]:
    """Raise every office of the cast; `password` opens each staff account."""
    head_office = Unit.objects.get(kind=Unit.Kind.HEAD_OFFICE)
    accounts = [_employ(head_office, HEAD_OFFICE_ADMIN, f"admin.pusat@{MAIL_DOMAIN}", password)]
    for office in OFFICES:
        unit = Unit.objects.get(code=office.code)
        _describe(unit, office)
        accounts += [
            _join(unit, officer, office.mail(officer), password, now=now) for officer in office.staff
        ]
        _promise(unit, office, today=now.astimezone(unit.tz).date())
    User.objects.create_user(VISITOR, password, name="Pelita Rinjani")
    return [*accounts, Account("pengunjung", "Pelita Rinjani", VISITOR, "")]


def _describe(unit: Unit, office: Office) -> None:
    contact = Contact(
        address=office.address,
        city=unit.seat,
        phone=office.phone,
        whatsapp="",
        email=f"bps{office.code}@{MAIL_DOMAIN}",
        website="",
        letterhead=f"BADAN PUSAT STATISTIK\n{unit.name.removeprefix('BPS ').upper()}",
    )
    change_contact(SYSTEM, unit, contact)


def _employ(unit: Unit, officer: Officer, email: str, password: str) -> Account:
    user = User.objects.create_user(email, password, name=officer.name)
    membership = give_role(SYSTEM, user=user, unit=unit, role=officer.role)
    return Account(str(Membership.Role(membership.role).label), officer.name, email, unit.name)


def _join(unit: Unit, officer: Officer, email: str, password: str, *, now: datetime) -> Account:
    account = _employ(unit, officer, email, password)
    if officer.fields:
        expert = add_expert(SYSTEM, unit=unit, user=User.objects.get(email=email), now=now)
        _introduce(expert, officer)
    return account


def _introduce(expert: Expert, officer: Officer) -> None:
    subjects = " dan ".join(name.lower() for name in officer.fields)
    edit_profile(
        SYSTEM,
        expert,
        display_name=officer.nickname,
        title=officer.title,
        bio=f"Membantu memahami data {subjects}: konsep, cara membaca, tabel yang tepat.",
        languages=officer.languages,
        fields=Field.objects.filter(unit=expert.unit, name__in=officer.fields),
        is_public=True,
    )


def _promise(unit: Unit, office: Office, *, today: date) -> None:
    """Publish the platform's neutral texts as the office's own, in force for the whole history."""
    begins = date(today.year - 1, 1, 2)
    number = DECREE.format(code=office.code, year=begins.year)
    for kind in ServiceKind.objects.filter(is_active=True):
        standard: ServiceStandard = draft_standard(SYSTEM, unit=unit, kind=kind)
        publish_standard(SYSTEM, standard, decree_number=number, decided_on=begins, valid_from=begins)
    head = next(officer for officer in office.staff if officer.role == "kepala")
    maklumat = write_maklumat(
        SYSTEM,
        unit,
        text=PROMISE,
        signatory_name=head.name,
        signatory_title=head.title,
        decree_number=number,
        decided_on=begins,
    )
    publish_maklumat(SYSTEM, maklumat)
