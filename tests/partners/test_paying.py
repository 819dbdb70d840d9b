"""From what was handed over to what is paid: who is ready, what it comes to, and what nobody may change."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from halopst.audit.models import Entry
from halopst.core.errors import NotPermitted
from halopst.letters.models import Letter, Signatory
from halopst.letters.services import CannotCompose, mark_paid
from halopst.letters.services.refusals import PaidFromItsList
from halopst.partners.letter_kinds.contracts import about_activity
from halopst.partners.models import Approval, BankAccount, OfficeRules, PaymentLine, PaymentList
from halopst.partners.queries.monitoring.following import follow_lines
from halopst.partners.queries.payments import lists as queries
from halopst.partners.queries.payments.payable import payables, rows_of
from halopst.partners.services.allocation import approving, assigning
from halopst.partners.services.allocation_refusals import MonthBeingPaid
from halopst.partners.services.handovers import handing_over
from halopst.partners.services.payments import paying
from halopst.partners.services.payments.refusals import (
    BadPaymentDay,
    BeingPaid,
    ListNotSigned,
    NoTaxPolicy,
    NothingToPay,
    PaperGone,
    PaymentOutOfTurn,
    ReasonForCancelling,
)
from tests.letters.factories import LetterFactory
from tests.letters.papers import text_of
from tests.partners.factories import (
    NOVEMBER,
    NOW,
    BankAccountFactory,
    PaymentLineFactory,
    PaymentListFactory,
    PersonFactory,
    TaxPolicyFactory,
)
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, give, head, lead
from tests.partners.payers import a_paying_office, approved, handed_over, payer, ready, signed
from tests.promises import breaks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
PAY_DAY = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)


@pytest.fixture
def unit():
    return a_paying_office()


def make(unit, **more):
    return paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=NOW, **more)


def paid(unit):
    """A list that was issued, signed and paid."""
    row, actor = make(unit), payer(unit)
    letter = paying.issue_list(actor, row, now=PAY_DAY)
    Letter.objects.filter(pk=letter.pk).update(state="signed", signed_at=PAY_DAY)
    return paying.mark_paid(actor, row, paid_on=PAY_DAY.date(), now=PAY_DAY)


def rows_at(unit, today=date(2026, 12, 5)):
    return rows_of(payables(unit, NOVEMBER, today=today))


def test_everyone_ready_goes_on_one_list_with_their_tax_and_their_account(unit):
    handover = ready(unit, "Ayu Pratiwi", volume=80, price=70_000)
    ready(unit, "Budi Santosa")

    row = make(unit)

    ayu, budi = queries.lines_of(row)
    assert (row.state, row.people, row.gross, row.tax, row.net) == ("draft", 2, 6_960_000, 28_000, 6_932_000)
    assert (row.method, row.basis) == ("ter", "Contoh TER")
    assert (ayu.handover, ayu.gross, ayu.tax_base, ayu.tax, ayu.net) == (
        handover,
        5_600_000,
        5_600_000,
        28_000,
        5_572_000,
    )
    assert (budi.tax, budi.account, budi.tail, budi.holder) == (0, "1234567890", "7890", "Budi Santosa")
    with pytest.raises(NothingToPay):
        make(unit)


def test_what_each_still_lacks_is_named_and_only_the_others_are_paid(unit):
    ready(unit, "Ayu Pratiwi")
    bare = approved(a_mitra(unit, "Budi Santosa"))
    unsigned = approved(a_mitra(unit, "Citra Maharani"))
    handed_over(unsigned)
    signed(unsigned, "contract", "printed")
    other = ready(unit, "Dewi Lestari")
    BankAccount.objects.filter(person=other.approval.registration.person).update(holder="Orang Lain")

    found = {row.person.name: [str(lack) for lack in row.lacks] for row in rows_at(unit)}

    assert found == {
        "Ayu Pratiwi": [],
        "Budi Santosa": ["contract", "handover", "account"],
        "Citra Maharani": ["contract", "receipt", "account"],
        "Dewi Lestari": ["holder"],
    }
    assert make(unit).people == 1
    assert make_again_after_confirmation(unit, other) == ["Dewi Lestari"]
    assert bare.pk


def make_again_after_confirmation(unit, handover):
    person = handover.approval.registration.person
    BankAccount.objects.filter(person=person).update(confirmed_at=NOW)
    return [line.name for line in make(unit).lines.all()]


def test_a_second_office_withholds_what_the_persons_month_still_owes(unit):
    person = PersonFactory(name="Ayu Pratiwi")
    province = unit.parent
    other = a_paying_office(province=province, kinds=())
    ready(unit, person=person, volume=50, price=60_000)
    ready(other, person=person, volume=50, price=60_000)

    first, second = make(unit), make(other)

    line = second.lines.get()
    assert (first.tax, second.tax) == (0, 45_000)
    assert (line.earlier_gross, line.earlier_tax, line.tax_base) == (3_000_000, 0, 6_000_000)


def test_a_cancelled_list_lets_its_mitra_go_and_counts_for_no_tax(unit):
    ready(unit)
    row = make(unit)
    letter = paying.issue_list(payer(unit), row, now=NOW)

    with pytest.raises(ReasonForCancelling):
        paying.cancel_list(payer(unit), row, reason=" ", now=NOW)
    paying.cancel_list(payer(unit), row, reason="Rekening salah", now=NOW)

    row.refresh_from_db()
    letter.refresh_from_db()
    assert (row.state, letter.state, row.lines.get().stands) == ("cancelled", "void", False)
    assert (make(unit).sequence, PaymentLine.objects.standing().count()) == (2, 1)
    with pytest.raises(PaymentOutOfTurn, match="Daftar ini sudah dibatalkan"):
        paying.issue_list(payer(unit), row, now=NOW)


def job(name, volume, measure, price, amount):
    return {"kegiatan": name, "volume": volume, "satuan": measure, "harga": price, "nilai": amount}


def test_volume_times_unit_price_is_the_gross_also_of_a_part_of_a_longer_work(unit):
    registration = a_mitra(unit, "Ayu Pratiwi")
    BankAccountFactory(person=registration.person)
    approval = approved(registration)
    handed_over(approval, due=1_000_000)
    signed(approval, "contract", "handed_over")
    signed(approval, "handover")

    letter = paying.issue_list(payer(unit), make(unit), now=NOW)

    (line,) = letter.data["baris"]
    assert line["bruto"] == 1_000_000
    assert line["pekerjaan"] == [job("Sakernas: 20 dokumen", 1, "bagian bulan ini", 1_000_000, 1_000_000)]
    assert "1 bagian bulan ini Rp1.000.000 Rp1.000.000" in " ".join(text_of(letter).split())


def test_the_letter_of_a_list_says_what_the_list_says(unit):
    ready(unit, "Ayu Pratiwi")
    Signatory.objects.filter(role="bendahara").update(is_acting=True)
    row = make(unit)

    letter = paying.issue_list(payer(unit), row, now=NOW)

    line = letter.data["baris"][0]
    assert (letter.data["netto"], letter.data["daftar"], letter.state) == (1_360_000, 1, "final")
    assert (line["nama"], line["uraian"], line["netto"]) == ("Ayu Pratiwi", "Sakernas: 20 dokumen", 1_360_000)
    assert line["pekerjaan"] == [job("Sakernas", 20, "dokumen", 68_000, 1_360_000)]
    assert ("1234567890" in text_of(letter), "1234567890" in str(letter.data), letter.pages) == (
        True,
        False,
        1,
    )
    assert letter.title == "Daftar pembayaran honor mitra statistik November 2026, daftar ke-1"
    assert "Plt. Bendahara Pengeluaran" in text_of(letter)
    row.refresh_from_db()
    assert row.state == "final"


def test_a_list_nobody_signs_for_is_not_issued(unit):
    ready(unit)
    unit.signatories.filter(role="bendahara").delete()
    row = make(unit)

    with pytest.raises(CannotCompose, match="Bendahara"):
        paying.issue_list(payer(unit), row, now=NOW)

    row.refresh_from_db()
    assert (row.state, Letter.objects.filter(kind="partners.payment_list").exists()) == ("draft", False)


def test_paying_moves_the_list_its_contracts_and_its_handover_letters_in_one_go(unit):
    ready(unit, "Ayu Pratiwi")
    ready(unit, "Budi Santosa")
    contract = Letter.objects.filter(kind="partners.contract")[0]
    Letter.objects.filter(pk=contract.pk).update(state="handed_over", handed_over_at=PAY_DAY)
    with pytest.raises(PaidFromItsList):
        mark_paid(payer(unit), contract, now=PAY_DAY)

    row = paid(unit)

    assert (row.state, row.paid_on) == ("paid", date(2026, 12, 5))
    assert set(Letter.objects.values_list("state", flat=True)) == {"paid"}
    assert Letter.objects.count() == 5
    assert {str(one.stage) for one in rows_at(unit)} == {"dibayar"}
    assert Entry.objects.get(action="partners.payment-list-paid").details == {
        "paid_on": "2026-12-05",
        "letters": 5,
    }


def test_a_contract_per_activity_counts_as_signed_and_is_paid_with_its_last_month(unit):
    registration = a_mitra(unit, "Ayu Pratiwi")
    BankAccountFactory(person=registration.person)
    duty = a_duty(unit, price=68_000, ends=JANUARY)
    approval = approved(registration, duty=duty)
    handed_over(approval)
    signed(approval, "handover")
    assert [str(lack) for lack in rows_at(unit)[0].lacks] == ["contract"]
    about = about_activity(registration.pk, duty.activity_id)
    contract = LetterFactory(unit=unit, kind="partners.activity-contract", about=about, state="signed")

    (line,) = follow_lines(head(unit), unit, NOVEMBER, today=PAY_DAY.date())
    assert (line.contracted, line.signed, line.outdated) == (1, 1, 0)
    paid(unit)

    contract.refresh_from_db()
    assert contract.state == "signed"
    assert Letter.objects.get(kind="partners.handover").state == "paid"


def test_a_list_is_paid_only_when_signed_on_a_day_that_can_be_and_while_its_papers_hold(unit):
    handover = ready(unit)
    row, actor = make(unit), payer(unit)
    with pytest.raises(PaymentOutOfTurn, match="belum terbit"):
        paying.mark_paid(actor, row, paid_on=PAY_DAY.date(), now=PAY_DAY)
    letter = paying.issue_list(actor, row, now=PAY_DAY)
    with pytest.raises(ListNotSigned):
        paying.mark_paid(actor, row, paid_on=PAY_DAY.date(), now=PAY_DAY)
    Letter.objects.filter(pk=letter.pk).update(state="signed", signed_at=PAY_DAY)
    for day in (date(2026, 12, 4), date(2026, 12, 6)):
        with pytest.raises(BadPaymentDay):
            paying.mark_paid(actor, row, paid_on=day, now=PAY_DAY)
    about = f"partners.handover:{handover.approval.registration_id}:2026-11"
    Letter.objects.filter(about=about).update(state="outdated", outdated_at=NOW, reason="Berubah")
    with pytest.raises(PaperGone, match="Ayu Pratiwi"):
        paying.mark_paid(actor, row, paid_on=PAY_DAY.date(), now=PAY_DAY)

    assert set(PaymentList.objects.values_list("state", flat=True)) == {"final"}


def test_a_month_being_paid_is_neither_withdrawn_nor_changed_until_its_list_is_cancelled(unit):
    handover = ready(unit)
    approval = handover.approval
    assignment = approval.registration.assignments.get()
    row = make(unit)

    with pytest.raises(BeingPaid):
        approving.withdraw(head(unit), approval=approval, now=NOW)
    with pytest.raises(BeingPaid):
        handing_over.correct_handover(
            lead(unit),
            handover=handover,
            done={assignment.pk: handing_over.Done(5)},
            handed_on=NOVEMBER,
            now=NOW,
        )
    with pytest.raises(MonthBeingPaid):
        give(approval.registration, assignment.duty, 21)
    outcome = assigning.set_volumes(
        lead(unit),
        unit=unit,
        month=NOVEMBER,
        cells=[assigning.Cell(approval.registration_id, assignment.duty_id, 5)],
        now=NOW,
    )
    assert [trial.reason for trial in outcome.refused.values()] == ["paying"]

    paying.cancel_list(payer(unit), row, reason="Volume salah", now=NOW)
    assert give(approval.registration, assignment.duty, 21).volume == 21


def test_of_several_months_those_being_paid_stay_and_the_rest_takes_the_change(unit):
    registration = a_mitra(unit, "Ayu Pratiwi")
    BankAccountFactory(person=registration.person)
    duty = a_duty(unit, price=61_000, ends=JANUARY)
    approval = approved(registration, duty=duty, volume=20)
    handed_over(approval)
    signed(approval, "contract", "handed_over")
    signed(approval, "handover")
    approving.approve(head(unit), unit=unit, month=DECEMBER, now=NOW)
    assert make(unit).gross == 600_000

    assignment = give(registration, duty, 12)

    amounts = list(assignment.shares.order_by("month").values_list("month", "amount"))
    assert amounts == [(NOVEMBER, 600_000), (DECEMBER, 132_000)]
    assert list(Approval.objects.in_force().values_list("month", flat=True)) == [NOVEMBER]
    with pytest.raises(MonthBeingPaid):
        give(registration, duty, 9)


def test_who_only_reads_pays_nothing_and_an_office_without_a_policy_cannot(unit):
    ready(unit)
    with pytest.raises(NotPermitted):
        paying.make_list(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    unit.parent.tax_policies.all().delete()
    with pytest.raises(NoTaxPolicy):
        make(unit)
    assert not PaymentList.objects.exists()


def test_a_policy_a_list_rests_on_stays(unit):
    ready(unit)
    row = make(unit)
    TaxPolicyFactory(unit=unit, parameters={"ptkp_month": 0, "brackets": [{"up_to": None, "rate": "5"}]})

    row.refresh_from_db()
    assert (row.method, row.tax) == ("ter", 0)
    assert row.policy.unit == unit.parent


def test_late_is_later_than_the_office_set_itself(unit):
    ready(unit)
    assert [row.is_late for row in rows_at(unit, date(2027, 3, 1))] == [False]
    OfficeRules.objects.create(unit=unit, payment_days=20)

    assert [row.is_late for row in rows_at(unit, date(2026, 12, 20))] == [False]
    assert [row.is_late for row in rows_at(unit, date(2026, 12, 21))] == [True]
    paid(unit)
    assert [row.is_late for row in rows_at(unit, date(2027, 3, 1))] == [False]


def test_the_list_of_the_month_takes_the_same_queries_for_one_and_for_three(unit, django_assert_num_queries):
    ready(unit)
    with django_assert_num_queries(2):
        rows_at(unit)
    for name in ("Budi Santosa", "Citra Maharani"):
        ready(unit, name)
    with django_assert_num_queries(2):
        rows_at(unit)


def test_the_database_keeps_what_a_list_says_whoever_writes(unit):
    handover = ready(unit)
    row = make(unit)
    line = row.lines.get()

    breaks(
        "a_payment_line_is_never_rewritten",
        "UPDATE partners_paymentline SET net = net WHERE id = %s",
        line.pk,
    )
    breaks("a_payment_line_is_never_rewritten", "DELETE FROM partners_paymentline WHERE id = %s", line.pk)
    breaks("a_payment_list_only_moves_on", "UPDATE partners_paymentlist SET tax = 1 WHERE id = %s", row.pk)
    breaks(
        "a_payment_list_only_moves_on", "UPDATE partners_paymentlist SET state = 'paid' WHERE id = %s", row.pk
    )
    breaks(
        "a_month_being_paid_stays_approved",
        "UPDATE partners_approval SET withdrawn_at = now() WHERE id = %s",
        handover.approval_id,
    )
    breaks(
        "a_handover_being_paid_keeps_its_honor",
        "UPDATE partners_handover SET due = 1 WHERE id = %s",
        handover.pk,
    )


@pytest.mark.parametrize(
    ("wrong", "promise"),
    [
        ({"gross": 1, "net": 1}, "a_payment_pays_what_was_handed_over"),
        ({"tax": 1, "net": 100_000}, "a_payment_is_gross_less_tax"),
        ({"payment_list__month": date(2026, 10, 1)}, "a_payment_pays_what_was_handed_over"),
        ({"bank": ""}, "a_payment_names_its_account"),
    ],
)
def test_the_database_lets_a_line_pay_only_its_handover(wrong, promise):
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        PaymentLineFactory(**wrong)

    assert broken.value.__cause__.diag.constraint_name == promise


def test_a_list_adds_up():
    PaymentListFactory(people=1, gross=100_000)

    with pytest.raises(IntegrityError) as broken:
        connection.check_constraints()

    assert broken.value.__cause__.diag.constraint_name == "a_payment_list_adds_up"
