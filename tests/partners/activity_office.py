"""An office that writes one contract per activity: its mitra approved, contracted, and signed for."""

from halopst.core.actors import SYSTEM
from halopst.letters.models import Letter
from halopst.letters.rules import Verb
from halopst.letters.services import moving, run_batch_chunk
from halopst.partners.models import OfficeRules
from halopst.partners.services.allocation import approving
from halopst.partners.services.contracts import contracting
from halopst.partners.services.handovers import receipting
from tests.partners.factories import NOVEMBER, NOW, OfficeRulesFactory
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, give, head

PRICE = 68_000


def per_activity(unit):
    OfficeRulesFactory(unit=unit, contract_kind=OfficeRules.ContractKind.ACTIVITY)
    return unit


def a_mitra_with_two_activities(unit, name="Ayu", *, person=None):
    """Twenty documents of one month in Sakernas, and sixty-one over two months in KSA padi."""
    mitra = a_mitra(unit, name, person=person)
    one = a_duty(unit, price=PRICE, name="Sakernas")
    two = a_duty(unit, price=30_000, name="KSA padi", ends=JANUARY)
    give(mitra, one, 20)
    give(mitra, two, 61)
    return mitra, one, two


def approve(unit, *months, now=NOW):
    for month in months or (NOVEMBER, DECEMBER):
        approving.approve(head(unit), unit=unit, month=month, now=now)


def make(batch, *, now=NOW):
    while run_batch_chunk(batch.pk, now=now):
        pass
    batch.refresh_from_db()
    return batch


def contract(unit, actor, *, month=NOVEMBER, now=NOW):
    return make(contracting.write_contracts(actor, unit=unit, month=month, now=now), now=now)


def letter_about(about):
    """The latest letter about it, as it is now."""
    return Letter.objects.filter(about=about).latest("pk")


def sign(about, *, now=NOW):
    """Signed on both sides, and followed as the worker would."""
    letter = letter_about(about)
    moving.move(SYSTEM, moving.locked(letter), Verb.SIGN, now=now)
    receipting.bring_agreement_along(letter.pk, now=now)
    return letter_about(about)
