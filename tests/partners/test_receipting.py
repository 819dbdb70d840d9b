"""What was handed over becomes one paper per mitra; its signature hands the contract over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.types.range import DateRange

from halopst.core.actors import SYSTEM
from halopst.core.constraints import violated
from halopst.letters import services as letters
from halopst.letters.models import Letter, Signatory
from halopst.letters.rules import Verb
from halopst.letters.services import CannotCompose, hand_over, moving, run_batch_chunk
from halopst.letters.services.refusals import HandedOverOtherwise
from halopst.partners.models import Person
from halopst.partners.services.allocation import approving
from halopst.partners.services.contracts import contracting
from halopst.partners.services.handovers import handing_over, receipting
from halopst.partners.services.handovers.handing_over import Done
from halopst.partners.services.handovers.refusals import AlreadyPaid, NothingToReceipt
from halopst.partners.tasks import follow_signature
from tests.letters.factories import SignatoryFactory
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import a_duty, a_mitra, give, head

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
LATER = NOW + timedelta(days=12)


def finished(unit, actor, *names, now=LATER):
    """These mitra's month: approved, contracted, done as planned."""
    duty = a_duty(unit, price=68_000, name="Sakernas")
    for name in names:
        give(a_mitra(unit, name), duty, 20)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    make(contracting.write_contracts(actor, unit=unit, month=NOVEMBER, now=NOW), now=NOW)
    return handing_over.record_all_as_planned(actor, unit=unit, month=NOVEMBER, now=now)


def make(batch, *, now=LATER):
    while run_batch_chunk(batch.pk, now=now):
        pass
    batch.refresh_from_db()
    return batch


def receipts(unit, actor, *, now=LATER):
    return make(receipting.write_receipts(actor, unit=unit, month=NOVEMBER, now=now), now=now)


def of(kind):
    return Letter.objects.get(kind=kind)


def sign(letter, *, now=LATER):
    moving.move(SYSTEM, moving.locked(letter), Verb.SIGN, now=now)


def test_who_holds_office_on_the_day_of_the_paper_signs_it_and_not_who_does_today(unit, actor):
    """Recorded on a Saturday, the paper of November is of the first working day of December."""
    early = NOW + timedelta(days=8)
    finished(unit, actor, "Ayu", now=early)
    today = Signatory.objects.get()
    letters.end_signatory(SYSTEM, today, last_day=date(2026, 11, 30))

    lacking = receipting.readiness(unit, NOVEMBER, now=early)
    SignatoryFactory(
        unit=unit, name="Wakil Contoh", is_acting=True, period=DateRange(date(2026, 12, 1), None)
    )
    batch = receipts(unit, actor, now=early)

    (trouble,) = lacking.troubles
    assert (list(lacking.ready), trouble.about) == ([], unit.name)
    assert "yang menjabat pada 1 Desember 2026, tanggal suratnya" in trouble.sentence
    assert (batch.done, batch.failed) == (1, 0)
    letter = of("partners.handover")
    assert (letter.dated_on, letter.data["ppk"]["nama"]) == (date(2026, 12, 1), "Wakil Contoh")
    assert letter.data["ppk"]["jabatan"].startswith("Plt. ")


def test_every_mitra_whose_work_is_recorded_gets_one_paper_that_names_the_contract(unit, actor):
    ayu, _budi = finished(unit, actor, "Ayu", "Budi")
    handing_over.correct_handover(
        actor,
        handover=ayu,
        done={ayu.deliveries.get().assignment_id: Done(15)},
        handed_on=date(2026, 12, 2),
        now=LATER,
    )

    batch = receipts(unit, actor)

    letter = Letter.objects.get(about=f"partners.handover:{ayu.approval.registration_id}:2026-11")
    contract = Letter.objects.get(about=f"partners.contract:{ayu.approval.registration_id}:2026-11")
    assert (batch.done, batch.failed) == (2, 0)
    assert letter.data["perjanjian"] == f"nomor {contract.number} tanggal 20 November 2026"
    assert (letter.data["honor"], letter.data["diserahkan"]) == (1_020_000, "2026-12-02")
    assert letter.data["kegiatan"] == [
        {
            "nama": "Sakernas",
            "target": 20,
            "realisasi": 15,
            "satuan": "dokumen",
            "sampai": "2026-11-30",
            "status": "Tidak sesuai target",
            "nilai": 1_020_000,
        }
    ]
    with pytest.raises(NothingToReceipt):
        receipts(unit, actor)


def test_a_paper_is_dated_the_working_day_after_the_work_and_never_before_today(unit, actor):
    finished(unit, actor, "Ayu", now=NOW)
    about = receipting.readiness(unit, NOVEMBER, now=NOW).ready[0].registration_id

    def dated(now):
        return receipting.compose_receipt(f"partners.handover:{about}:2026-11", now, hold=False).dated_on

    assert dated(NOW) == date(2026, 12, 1)
    assert dated(NOW + timedelta(days=15)) == date(2026, 12, 7)


def test_without_a_record_or_a_contract_there_is_no_paper(unit, actor):
    mitra = a_mitra(unit, "Ayu")
    give(mitra, a_duty(unit), 1)
    about = f"partners.handover:{mitra.pk}:2026-11"
    with pytest.raises(CannotCompose):
        receipting.compose_receipt(about, LATER, hold=False)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    handing_over.record_all_as_planned(actor, unit=unit, month=NOVEMBER, now=LATER)

    found = receipting.readiness(unit, NOVEMBER, now=LATER)

    assert (found.ready, [trouble.about for trouble in found.troubles]) == ([], ["Ayu"])
    assert found.troubles[0].repair_url == f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11"
    with pytest.raises(CannotCompose):
        receipting.compose_receipt(about, LATER, hold=False)


def test_without_an_address_there_is_no_paper(unit, actor):
    ayu, _budi = finished(unit, actor, "Ayu", "Budi")
    person = ayu.approval.registration.person
    Person.objects.filter(pk=person.pk).update(address="")

    found = receipting.readiness(unit, NOVEMBER, now=LATER)

    assert [(one.about, one.repair_url) for one in found.troubles] == [
        ("Ayu", f"/mitra/{unit.slug}/{person.pk}/ubah/")
    ]
    assert len(found.ready) == 1


def test_a_corrected_figure_or_a_withdrawn_approval_makes_the_paper_out_of_date(unit, actor):
    (ayu,) = finished(unit, actor, "Ayu")
    receipts(unit, actor)
    work = ayu.deliveries.get().assignment_id

    handing_over.correct_handover(
        actor, handover=ayu, done={work: Done(10)}, handed_on=date(2026, 12, 2), now=LATER
    )

    assert of("partners.handover").state == "outdated"
    assert of("partners.contract").state == "final"
    receipts(unit, actor)
    assert Letter.objects.filter(kind="partners.handover", state="final").get().data["honor"] == 680_000
    approving.withdraw(head(unit), approval=ayu.approval, now=LATER)
    assert set(Letter.objects.values_list("state", flat=True)) == {"outdated", "replaced"}


def test_both_signatures_hand_the_signed_contract_over(unit, actor):
    finished(unit, actor, "Ayu")
    receipts(unit, actor)
    sign(of("partners.handover"))
    assert not receipting.bring_agreement_along(of("partners.handover").pk, now=LATER)
    assert of("partners.contract").state == "final"

    sign(of("partners.contract"))

    follow_signature(letter_id=of("partners.contract").pk, kind="partners.contract")
    assert (of("partners.contract").state, of("partners.handover").state) == ("handed_over", "signed")
    assert not receipting.bring_agreement_along(of("partners.handover").pk, now=LATER)


def test_nobody_hands_a_contract_over_by_hand(unit, actor):
    finished(unit, actor, "Ayu")
    sign(of("partners.contract"))

    with pytest.raises(HandedOverOtherwise, match="Serah terima"):
        hand_over(actor, of("partners.contract"), now=LATER)

    assert of("partners.contract").state == "signed"


@pytest.mark.parametrize("receipt", [None, "final", "outdated"])
def test_the_database_hands_no_contract_over_without_its_signed_record(unit, actor, receipt):
    finished(unit, actor, "Ayu")
    if receipt:
        receipts(unit, actor)
        Letter.objects.filter(kind="partners.handover").update(state=receipt, reason="Contoh")
    sign(of("partners.contract"))

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        letters.deliver(of("partners.contract"), now=LATER)

    assert violated(caught.value) == "a_contract_is_handed_over_by_its_receipt"
    assert of("partners.contract").state == "signed"


def test_with_the_guard_off_the_database_would_take_it(unit, actor):
    finished(unit, actor, "Ayu")
    sign(of("partners.contract"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit holds the table
        cursor.execute("ALTER TABLE letters_letter DISABLE TRIGGER hand_over_on_paper")

    letters.deliver(of("partners.contract"), now=LATER)

    assert of("partners.contract").state == "handed_over"


def test_what_is_paid_is_not_corrected(unit, actor):
    (ayu,) = finished(unit, actor, "Ayu")
    receipts(unit, actor)
    sign(of("partners.handover"))
    sign(of("partners.contract"))
    moving.settle(actor, unit=unit, abouts=[of("partners.contract").about], now=LATER)

    with pytest.raises(AlreadyPaid):
        handing_over.correct_handover(actor, handover=ayu, done={}, handed_on=date(2026, 12, 2), now=LATER)
