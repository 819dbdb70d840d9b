"""An office whose mitra are ready to be paid: worked, handed over, on signed paper, with accounts."""

from datetime import date

from django.db import transaction

from halopst.core.actors import Actor
from halopst.letters.models import Signatory
from halopst.partners import permissions
from halopst.partners.models import Approval
from halopst.partners.services.allocation import approving
from tests.accounts.factories import UserFactory
from tests.letters.factories import LetterFactory, SignatoryFactory
from tests.partners.factories import (
    NOVEMBER,
    NOW,
    BankAccountFactory,
    DeliveryFactory,
    HandoverFactory,
    TaxPolicyFactory,
)
from tests.partners.offices import a_duty, a_mitra, an_office, give, head

TER = {
    "brackets": [
        {"up_to": 5_400_000, "rate": "0"},
        {"up_to": 5_950_000, "rate": "0.5"},
        {"up_to": None, "rate": "0.75"},
    ]
}
DECEMBER_5 = date(2026, 12, 5)


def a_paying_office(**more):
    """Below a province with caps and a tax policy, with everyone who signs a payment list."""
    unit = an_office(**{"cap": 10_000_000, **more})
    if not unit.parent.tax_policies.exists():
        TaxPolicyFactory(unit=unit.parent, method="ter", parameters=TER, basis="Contoh TER")
    for role in (Signatory.Role.COMMITMENT, Signatory.Role.TREASURER, Signatory.Role.CLERK):
        SignatoryFactory(unit=unit, role=role, name=f"{role.label} Contoh", title=str(role.label))
    return unit


def payer(*units):
    """Someone who pays there and makes letters."""
    allowed = frozenset(unit.pk for unit in units)
    wanted = (permissions.VIEW, permissions.PAY, "letters.issue", "letters.view")
    return Actor(user_id=UserFactory().pk, label="pembuat daftar", grants=dict.fromkeys(wanted, allowed))


def approved(registration, *, volume=20, price=68_000, duty=None):
    """The approval of one mitra's November, after working `volume` at `price`."""
    unit = registration.unit
    give(registration, duty or a_duty(unit, price=price), volume)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, registrations=[registration.pk], now=NOW)
    return Approval.objects.in_force().get(registration=registration, month=NOVEMBER)


@transaction.atomic
def handed_over(approval, *, due=None):
    due = approval.total if due is None else due
    assignment = approval.registration.assignments.get()
    handover = HandoverFactory(approval=approval, due=due)
    DeliveryFactory(
        handover=handover,
        assignment=assignment,
        planned=assignment.volume,
        realised=assignment.volume,
        amount=approval.total,
        due=due,
    )
    return handover


def signed(approval, kind, state="signed", **more):
    about = f"partners.{kind}:{approval.registration_id}:{approval.month:%Y-%m}"
    unit = approval.registration.unit
    return LetterFactory(unit=unit, kind=f"partners.{kind}", about=about, state=state, signed_at=NOW, **more)


def ready(unit, name="Ayu Pratiwi", *, person=None, volume=20, price=68_000, number="1234567890"):
    """The handover of a mitra of whom nothing is lacking."""
    registration = a_mitra(unit, name, person=person)
    if not hasattr(registration.person, "bank_account"):
        BankAccountFactory(person=registration.person, number=number)
    approval = approved(registration, volume=volume, price=price)
    handover = handed_over(approval)
    signed(approval, "contract", "handed_over")
    signed(approval, "handover")
    return handover
