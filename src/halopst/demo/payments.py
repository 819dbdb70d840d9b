"""The payment of a finished month: one list paid, one waiting to be signed, some who still lack something."""

from collections.abc import Sequence
from datetime import date, datetime

from halopst.core.actors import SYSTEM, Actor
from halopst.demo.scans import sign_as_if_scanned
from halopst.letters.models import Signatory
from halopst.letters.services import appoint
from halopst.partners.models import PaymentList, Registration
from halopst.partners.queries.payments.payable import payables
from halopst.partners.rules.payment import Stage
from halopst.partners.services import set_bank_account, set_office_rules
from halopst.partners.services.payments.paying import issue_list, make_list, mark_paid
from halopst.partners.services.payments.returning import return_transfer
from halopst.units.models import Unit

BANKS = ("Bank Contoh Nusantara", "Bank Contoh Daerah", "Bank Contoh Syariah")
WITHOUT_ACCOUNT = 2
LEFT = 3
DAYS_TO_PAY = 20
EXAMPLE = "Contoh peragaan, bukan ketetapan resmi"
SIGNERS = (
    (Signatory.Role.TREASURER, "Laras Wening, A.Md.", "199902022020012002", "Bendahara Pengeluaran"),
    (Signatory.Role.CLERK, "Bagas Pradana, S.E.", "199903032021021003", "Pembuat daftar"),
)


def prepare_payment(office: Unit, mitra: Sequence[Registration], year: int) -> None:
    """Who signs lists, by when honor is paid, and an account of each mitra but the last few."""
    for role, name, nip, title in SIGNERS:
        first, basis = date(year, 1, 1), f"SK KPA 3/KPA/{year}, contoh peragaan"
        appoint(SYSTEM, unit=office, first_day=first, role=role, name=name, nip=nip, title=title, basis=basis)
    set_office_rules(SYSTEM, office, payment_days=DAYS_TO_PAY, basis=EXAMPLE)
    for number, row in enumerate(mitra[:-WITHOUT_ACCOUNT]):
        set_bank_account(
            SYSTEM,
            row.person,
            unit=office,
            bank=BANKS[number % len(BANKS)],
            number=f"00{9_900_000_000 + number}",
            holder=row.person.name.upper(),
        )


def pay_month(actor: Actor, office: Unit, month: date, *, now: datetime) -> None:
    """Half of the ready are paid, one in vain; of the others most wait for a signature, some on a draft."""
    today = now.astimezone(office.tz).date()
    ready = list(payables(office, month, today=today).filter(stage=Stage.READY).values_list("pk", flat=True))
    half = ready[: len(ready) // 2]
    paid = _issued(actor, office, month, half, now=now)
    mark_paid(actor, paid, paid_on=today, now=now)
    line = paid.lines.order_by("-pk")[0]
    return_transfer(actor, line, returned_on=today, reason="Rekening tidak aktif.", now=now)
    most = ready[len(ready) // 2 : -LEFT]
    issue_list(actor, make_list(actor, unit=office, month=month, approvals=most, now=now), now=now)
    make_list(actor, unit=office, month=month, now=now)


def pay_all(actor: Actor, office: Unit, month: date, *, now: datetime) -> None:
    """One list with everyone, signed and paid that day."""
    paid = _issued(actor, office, month, None, now=now)
    mark_paid(actor, paid, paid_on=now.astimezone(office.tz).date(), now=now)


def _issued(
    actor: Actor, office: Unit, month: date, approvals: Sequence[int] | None, *, now: datetime
) -> PaymentList:
    """A list, of everyone ready unless `approvals` names them, whose letter all three have signed."""
    row = make_list(actor, unit=office, month=month, approvals=approvals, now=now)
    letter = issue_list(actor, row, now=now)
    sign_as_if_scanned(actor, letter, signer=SIGNERS[0][1], now=now)
    return row
