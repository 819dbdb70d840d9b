"""From a signed contract to money in the account, through everything that may happen between them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from halopst.letters.models import Letter
from halopst.partners.letter_kinds.addenda import ADDENDUM, about_activity_addendum
from halopst.partners.letter_kinds.contracts import about_activity, about_month
from halopst.partners.letter_kinds.receipts import about_handover, about_termination
from halopst.partners.models import Approval, Handover, MonthTotal, PaymentList, Termination
from halopst.partners.queries.contracts.covering import contracts_of
from halopst.partners.queries.handovers.endings import endable
from halopst.partners.queries.monitoring.following import follow_lines
from halopst.partners.services.allocation_refusals import NothingToAmend
from halopst.partners.services.contracts import amending
from halopst.partners.services.handovers import handing_over, receipting, terminating
from halopst.partners.services.payments import paying
from tests.partners.activity_office import (
    a_mitra_with_two_activities,
    approve,
    contract,
    letter_about,
    make,
    per_activity,
    sign,
)
from tests.partners.factories import NOVEMBER, NOW, BankAccountFactory
from tests.partners.offices import DECEMBER, a_duty, a_mitra, give, head
from tests.partners.payers import a_paying_office, payer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
DECEMBER_5 = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)
JANUARY_5 = DECEMBER_5 + timedelta(days=31)


@pytest.fixture
def unit():
    return a_paying_office(cap=4_170_000)


def receipt_of(mitra, month=NOVEMBER):
    return about_handover(mitra.pk, month)


def hand_over(unit, actor, month, *, now):
    """Everything of that month done as planned, its papers made and signed."""
    handing_over.record_all_as_planned(actor, unit=unit, month=month, now=now)
    return make(receipting.write_receipts(actor, unit=unit, month=month, now=now), now=now)


def pay(unit, month, *, now):
    row, who = paying.make_list(payer(unit), unit=unit, month=month, now=now), payer(unit)
    letter = paying.issue_list(who, row, now=now)
    Letter.objects.filter(pk=letter.pk).update(state="signed", signed_at=now)
    return paying.mark_paid(who, row, paid_on=now.date(), now=now)


def test_a_contract_signed_broken_off_by_article_ten_handed_over_listed_and_paid(unit, actor):
    """Forty documents at Rp68.000; eight were done when the mitra fell ill; what was left is free."""
    mitra = a_mitra(unit, "Ayu Pratiwi")
    BankAccountFactory(person=mitra.person)
    duty = a_duty(unit, price=68_000, name="Sakernas", ceiling=3_000_000)
    give(mitra, duty, 40)
    approve(unit, NOVEMBER)
    contract(unit, actor)
    sign(about_month(mitra.pk, NOVEMBER))
    (approval,) = Approval.objects.in_force()
    (one,) = endable(approval)
    assert (MonthTotal.objects.get().total, duty.activity.line_of(2026).used) == (2_720_000, 2_720_000)

    ended = terminating.terminate(
        actor,
        approval=approval,
        reason="pasal10",
        explanation="Dirawat inap sejak 20 November 2026.",
        effective_on=date(2026, 11, 20),
        realised={one.works[0].assignment: 8},
        training_cost=0,
        now=NOW,
    )
    assert ended.data["honor"] == Handover.objects.get().due == MonthTotal.objects.get().total == 544_000
    assert duty.activity.line_of(2026).used == 544_000
    assert give(a_mitra(unit, "Budi Santosa"), duty, 32).value == 2_176_000  # the ceiling has room again
    make(receipting.write_receipts(actor, unit=unit, month=NOVEMBER, now=DECEMBER_5), now=DECEMBER_5)
    sign(about_termination(Termination.objects.get().pk))
    receipt = sign(receipt_of(mitra))
    assert receipt.data["perjanjian"] == ended.data["perjanjian"]

    row = pay(unit, NOVEMBER, now=DECEMBER_5)

    line = row.lines.get()
    assert (row.people, row.gross, row.tax, row.net) == (1, 544_000, 0, 544_000)
    assert (line.name, line.gross, line.net) == ("Ayu Pratiwi", 544_000, 544_000)
    states = dict(Letter.objects.values_list("kind", "state"))
    assert states == {
        "partners.contract": "outdated",
        "partners.termination": "paid",
        "partners.handover": "paid",
        "partners.payment_list": "paid",
    }
    (followed,) = follow_lines(head(unit), unit, NOVEMBER, today=DECEMBER_5.date())
    assert (followed.approved, followed.signed, followed.paid, followed.paid_honor, followed.outdated) == (
        1, 1, 1, 544_000, 0,
    )  # fmt: skip


def test_the_handover_of_contracts_per_activity_names_them_all_and_pays_each_with_its_last_month(unit, actor):
    per_activity(unit)
    mitra, one, two = a_mitra_with_two_activities(unit, "Ayu Pratiwi")
    BankAccountFactory(person=mitra.person)
    approve(unit)
    contract(unit, actor)
    sakernas, ksa = (about_activity(mitra.pk, duty.activity_id) for duty in (one, two))
    numbers = [sign(about).number for about in (sakernas, ksa)]

    batch = hand_over(unit, actor, NOVEMBER, now=DECEMBER_5)
    receipt = sign(receipt_of(mitra), now=DECEMBER_5)

    assert (batch.done, batch.failed) == (1, 0)
    assert receipt.data["perjanjian"] == ", ".join(f"nomor {n} tanggal 20 November 2026" for n in numbers)
    assert [(row["nama"], row["target"], row["nilai"]) for row in receipt.data["kegiatan"]] == [
        ("Sakernas", 20, 1_360_000),
        ("KSA padi", 30, 900_000),
    ]
    assert receipt.data["honor"] == 2_260_000
    assert (letter_about(sakernas).state, letter_about(ksa).state) == ("handed_over", "signed")
    assert pay(unit, NOVEMBER, now=DECEMBER_5).gross == 2_260_000
    assert (letter_about(sakernas).state, letter_about(ksa).state) == ("paid", "signed")
    hand_over(unit, actor, DECEMBER, now=JANUARY_5)
    sign(receipt_of(mitra, DECEMBER), now=JANUARY_5)
    assert letter_about(ksa).state == "handed_over"
    assert pay(unit, DECEMBER, now=JANUARY_5).gross == 930_000
    assert letter_about(ksa).state == "paid"


def test_a_month_whose_contracts_are_not_all_made_has_no_handover_paper(unit, actor):
    per_activity(unit)
    mitra, one, _two = a_mitra_with_two_activities(unit)
    approve(unit, NOVEMBER)
    contract(unit, actor)  # KSA padi waits for December
    handing_over.record_all_as_planned(actor, unit=unit, month=NOVEMBER, now=NOW)

    found = receipting.readiness(unit, NOVEMBER, now=NOW)

    assert letter_about(about_activity(mitra.pk, one.activity_id)).state == "final"
    assert ([trouble.about for trouble in found.troubles], found.ready) == (["Ayu"], [])


def test_a_signed_contract_per_activity_is_amended_over_all_its_months(unit, actor):
    per_activity(unit)
    mitra, one, two = a_mitra_with_two_activities(unit)
    approve(unit)
    contract(unit, actor)
    sakernas, ksa = (sign(about_activity(mitra.pk, duty.activity_id)) for duty in (one, two))
    give(mitra, two, 122)
    approve(unit)
    (line,) = follow_lines(head(unit), unit, NOVEMBER, today=NOW.date())
    assert (line.contracted, line.signed, line.outdated) == (0, 0, 1)

    batch = make(amending.write_addenda(actor, unit=unit, month=NOVEMBER, now=NOW))

    letter = sign(about_activity_addendum(mitra.pk, two.activity_id))
    assert (batch.kind, letter.data["nama_kegiatan"]) == ("partners.activity-addendum", "KSA padi")
    assert (letter.data["honor_semula"], letter.data["honor"]) == (1_830_000, 3_660_000)
    assert [one["nilai"] for one in letter.data["per_bulan"]] == [1_800_000, 1_860_000]
    assert letter.data["perjanjian"] == f"nomor {ksa.number} tanggal 20 November 2026"
    assert letter_about(sakernas.about).state == "signed"
    december = Approval.objects.in_force().get(month=DECEMBER)
    assert contracts_of([december]) == {december.pk: [letter]}
    (line,) = follow_lines(head(unit), unit, NOVEMBER, today=NOW.date())
    assert (line.contracted, line.signed, line.outdated) == (1, 1, 0)
    with pytest.raises(NothingToAmend):
        amending.write_addenda(actor, unit=unit, month=NOVEMBER, now=NOW)
    assert not Letter.objects.filter(kind=ADDENDUM.code).exists()
    assert not PaymentList.objects.exists()
