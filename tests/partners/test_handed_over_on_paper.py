"""What stands in a contract's place is handed over by the record of its work alone, two writers or one."""

from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from halopst.core.constraints import violated
from halopst.letters import services as letters
from halopst.letters.services import hand_over, moving
from halopst.letters.services.refusals import HandedOverOtherwise
from halopst.partners.services.handovers import receipting
from tests.partners.test_receipting import LATER, finished, of, receipts, sign
from tests.partners.test_terminating import contracted, end
from tests.races import PATIENCE, all_at_once, until_somebody_waits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
GUARD = "a_contract_is_handed_over_by_its_receipt"


def test_nobody_hands_the_end_of_a_contract_over_by_hand(client, unit, actor):
    letter = end(actor, contracted(unit, actor), "pasal10")
    sign(letter)

    with pytest.raises(HandedOverOtherwise, match="BAST"):
        hand_over(actor, of("partners.termination"), now=LATER)

    assert of("partners.termination").state == "signed"


def test_the_end_of_a_contract_is_handed_over_with_the_record_of_what_it_pays(unit, actor):
    sign(end(actor, contracted(unit, actor), "pasal10"))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        letters.deliver(of("partners.termination"), now=LATER)
    assert violated(caught.value) == GUARD

    receipts(unit, actor)
    sign(of("partners.handover"))
    receipting.bring_agreement_along(of("partners.handover").pk, now=LATER)

    assert of("partners.termination").state == "handed_over"


def test_an_end_that_pays_nothing_ends_with_its_signature(unit, actor):
    sign(end(actor, contracted(unit, actor), "pasal9"))

    assert not receipting.bring_agreement_along(of("partners.termination").pk, now=LATER)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        letters.deliver(of("partners.termination"), now=LATER)

    assert violated(caught.value) == GUARD
    assert of("partners.termination").state == "signed"


def handed_over_while_its_record_is_annulled(unit, actor):
    """The record is annulled and not yet committed when the contract is handed over; how that ended."""
    finished(unit, actor, "Ayu")
    receipts(unit, actor)
    with transaction.atomic():
        sign(of("partners.handover"))
        sign(of("partners.contract"))
    annulled, over = Event(), Event()

    def annul():
        with transaction.atomic():
            moving.annul(actor, of("partners.handover"), reason="Contoh", now=LATER)
            annulled.set()
            until_somebody_waits(over)

    def deliver():
        annulled.wait(PATIENCE)
        try:
            return letters.deliver(of("partners.contract"), now=LATER)
        finally:
            over.set()

    return all_at_once(annul, deliver)[1]


@pytest.mark.django_db(transaction=True)
def test_a_contract_is_not_handed_over_while_its_record_is_annulled(unit, actor):
    ended = handed_over_while_its_record_is_annulled(unit, actor)

    assert isinstance(ended, IntegrityError)
    assert violated(ended) == GUARD
    assert (of("partners.contract").state, of("partners.handover").state) == ("signed", "void")


@pytest.mark.django_db(transaction=True)
def test_were_the_record_not_held_the_contract_would_rest_on_a_void_one(unit, actor):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('partners_hand_over_on_paper'::regproc)")
        (guarded,) = cursor.fetchone()
        cursor.execute(guarded.replace("FOR SHARE", ""))
    try:
        handed_over_while_its_record_is_annulled(unit, actor)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(guarded)

    assert (of("partners.contract").state, of("partners.handover").state) == ("handed_over", "void")
