"""A transfer the bank sent back: it counts no more, its list keeps it, and its mitra is paid on another."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from halopst.audit.models import Entry
from halopst.core.errors import NotPermitted
from halopst.letters.models import Letter
from halopst.notifications.models import Notice
from halopst.partners.letter_kinds.payment_lists import about_list
from halopst.partners.models import BankAccount, PaymentLine, TransferReturn
from halopst.partners.queries.monitoring.following import follow_lines
from halopst.partners.queries.own.page import own_payments
from halopst.partners.queries.payments import lists as queries
from halopst.partners.queries.payments.payable import payables, rows_of
from halopst.partners.rules.own import Mitra
from halopst.partners.services.allocation import approving
from halopst.partners.services.handovers import handing_over
from halopst.partners.services.own import confirm_account
from halopst.partners.services.payments import paying
from halopst.partners.services.payments.refusals import (
    AlreadyReturned,
    BadReturnDay,
    BeingPaid,
    NothingToPay,
    NotYetPaid,
    ReasonForReturn,
)
from halopst.partners.services.payments.returning import return_transfer
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, OwnSessionFactory
from tests.partners.offices import head, lead
from tests.partners.payers import a_paying_office, payer, ready
from tests.promises import breaks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
PAY_DAY = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 8, 2, 0, tzinfo=UTC)
EIGHTH = date(2026, 12, 8)


@pytest.fixture
def unit():
    return a_paying_office()


def paid(unit, now=PAY_DAY):
    row, actor = paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=now), payer(unit)
    letter = paying.issue_list(actor, row, now=now)
    Letter.objects.filter(pk=letter.pk).update(state="signed", signed_at=now)
    return paying.mark_paid(actor, row, paid_on=now.date(), now=now)


def send_back(line, *, actor=None, day=EIGHTH, reason="Rekening tidak aktif"):
    actor = actor or payer(line.payment_list.unit)
    return return_transfer(actor, line, returned_on=day, reason=reason, now=LATER)


def lacks_of(unit):
    return {
        row.person.name: [str(lack) for lack in row.lacks]
        for row in rows_of(payables(unit, NOVEMBER, today=EIGHTH))
    }


def states_about(handover):
    who = handover.approval.registration_id
    found = Letter.objects.filter(about__endswith=f":{who}:2026-11")
    return dict(found.values_list("kind", "state"))


def test_the_list_keeps_what_it_says_and_the_mitra_waits_for_another_account(unit):
    ayu, budi = ready(unit, "Ayu Pratiwi", volume=80, price=70_000), ready(unit, "Budi Santosa")
    person = ayu.approval.registration.person
    person.email = "ayu@contoh.id"
    person.save()
    row = paid(unit)
    line = row.lines.get(handover=ayu)

    made = send_back(line)

    line.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, row.people, row.gross, row.tax, row.net) == ("paid", 2, 6_960_000, 28_000, 6_932_000)
    assert (line.stands, made.reason, made.recorded_at) == (False, "Rekening tidak aktif", LATER)
    assert queries.returned_of(row) == {"count": 1, "net": 5_572_000}
    assert states_about(ayu) == {"partners.contract": "handed_over", "partners.handover": "handed_over"}
    assert states_about(budi) == {"partners.contract": "paid", "partners.handover": "paid"}
    assert lacks_of(unit) == {"Ayu Pratiwi": ["returned"], "Budi Santosa": []}
    assert Entry.objects.get(action="partners.transfer-returned").details == {
        "line": line.pk,
        "net": 5_572_000,
        "letters": 2,
    }
    notice = Notice.objects.get()
    assert (notice.kind, notice.email) == ("partners.transfer_returned", "ayu@contoh.id")
    assert "Rekening tidak aktif" in notice.body
    (followed,) = follow_lines(head(unit), unit, NOVEMBER, today=EIGHTH)
    assert (followed.paid, followed.paid_honor, followed.returned) == (1, 1_360_000, 1)
    (own,) = own_payments(Mitra(person.pk, 0), today=EIGHTH)
    assert (own.is_paid, own.returned) == (False, made)


def test_the_mitra_reads_on_which_day_the_bank_sent_it_back(unit, client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    person = ready(unit, "Ayu Pratiwi").approval.registration.person
    send_back(paid(unit).lines.get(), day=date(2026, 12, 7))
    OwnSessionFactory(person=person, secret="rahasia", began_at=LATER)
    client.cookies["mitra"] = "rahasia"

    assert "Dikembalikan bank 7 Desember 2026" in client.get("/saya-mitra/").content.decode()


def test_once_the_account_is_mended_the_mitra_is_paid_on_another_list_with_the_same_tax(unit):
    ayu = ready(unit, "Ayu Pratiwi", volume=80, price=70_000)
    first = paid(unit)
    send_back(first.lines.get())
    with pytest.raises(NothingToPay):
        paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=LATER)
    person = ayu.approval.registration.person
    BankAccount.objects.filter(person=person).update(number_hash="1" * 64)

    again = paid(unit, now=LATER)

    assert (again.sequence, again.gross, again.tax) == (2, 5_600_000, 28_000)
    assert PaymentLine.objects.paid().get().payment_list == again
    spj = Letter.objects.get(about=about_list(again.pk)).data["baris"][0]["uraian"]
    assert spj == "Sakernas: 80 dokumen (dibayar ulang: retur daftar ke-1)"
    assert states_about(ayu) == {"partners.contract": "paid", "partners.handover": "paid"}
    (followed,) = follow_lines(head(unit), unit, NOVEMBER, today=EIGHTH)
    assert (followed.paid, followed.paid_honor, followed.tax, followed.returned) == (1, 5_600_000, 28_000, 0)


def test_the_same_account_is_paid_again_once_its_mitra_confirms_it_anew(unit):
    ayu = ready(unit)
    account = ayu.approval.registration.person.bank_account
    BankAccount.objects.update(confirmed_at=PAY_DAY)
    send_back(paid(unit).lines.get())
    elsewhere = a_paying_office(province=unit.parent, kinds=())
    ready(elsewhere, person=account.person)
    assert lacks_of(unit) == lacks_of(elsewhere) == {account.person.name: ["returned"]}
    session = OwnSessionFactory(person=account.person)

    confirm_account(Mitra(account.person_id, session.pk), seen=account.mark, now=LATER)

    assert lacks_of(unit) == lacks_of(elsewhere) == {account.person.name: []}


def test_what_was_paid_for_does_not_change_because_the_money_came_back(unit):
    ayu = ready(unit)
    send_back(paid(unit).lines.get())
    work = ayu.deliveries.get().assignment_id

    with pytest.raises(BeingPaid):
        approving.withdraw(head(unit), approval=ayu.approval, now=LATER)
    with pytest.raises(BeingPaid):
        handing_over.correct_handover(
            lead(unit), handover=ayu, done={work: handing_over.Done(5)}, handed_on=EIGHTH, now=LATER
        )


def test_only_a_paid_line_comes_back_once_on_a_day_that_can_be_and_with_a_reason(unit):
    ready(unit)
    draft = paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=PAY_DAY)
    with pytest.raises(NotYetPaid):
        send_back(draft.lines.get())
    paying.cancel_list(payer(unit), draft, reason="Sekali lagi", now=PAY_DAY)
    line = paid(unit).lines.get()
    with pytest.raises(NotPermitted):
        send_back(line, actor=head(unit))
    for day in (date(2026, 12, 4), date(2026, 12, 9)):
        with pytest.raises(BadReturnDay):
            send_back(line, day=day)
    with pytest.raises(ReasonForReturn):
        send_back(line, reason="  ")
    send_back(line)
    with pytest.raises(AlreadyReturned):
        send_back(line)

    assert TransferReturn.objects.count() == 1


def test_the_database_keeps_returns_whoever_writes(unit):
    handover = ready(unit)
    row = paid(unit)
    line, actor = row.lines.get(), payer(unit)
    insert = (
        "INSERT INTO partners_transferreturn (created_at, updated_at, line_id, returned_on, reason, "
        "recorded_by_id, recorded_at) VALUES (now(), now(), %s, %s, %s, %s, now())"
    )
    breaks("only_a_paid_line_comes_back", insert, line.pk, date(2026, 12, 4), "x", actor.user_id)
    breaks("a_returned_transfer_says_why", insert, line.pk, EIGHTH, "", actor.user_id)
    made = send_back(line)
    breaks("only_a_paid_line_comes_back", insert, line.pk, EIGHTH, "x", actor.user_id)
    breaks(
        "a_returned_transfer_stays_on_record", "DELETE FROM partners_transferreturn WHERE id = %s", made.pk
    )
    breaks(
        "a_payment_line_is_never_rewritten",
        "UPDATE partners_paymentline SET stands = true WHERE id = %s",
        line.pk,
    )
    breaks(
        "a_month_being_paid_stays_approved",
        "UPDATE partners_approval SET withdrawn_at = now() WHERE id = %s",
        handover.approval_id,
    )


def test_from_the_page_of_a_paid_list_and_through_the_api(client, unit, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    ready(unit, "Ayu Pratiwi")
    ready(unit, "Budi Santosa")
    row = paid(unit)
    ayu, budi = queries.lines_of(row)
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    page = f"/mitra/{unit.slug}/pembayaran/{row.pk}/"
    url = f"{page}retur/{ayu.pk}/"
    assert url in client.get(page).content.decode()
    given = {"returned_on": "2026-12-05", "reason": "Nama <tidak> cocok"}

    assert client.post(url, {**given, "returned_on": "2026-12-04"}).status_code == 422
    assert client.post(url, given)["Location"] == page

    shown = client.get(page).content.decode()
    assert "Nama &lt;tidak&gt; cocok" in shown
    assert "1 transfer diretur bank" in shown
    assert "Diretur bank" in client.get(url).content.decode()
    assert client.get(f"{page}retur/0/").status_code == 404
    api = f"/api/v1/partners/payment-lists/{row.pk}"
    headers = {"Idempotency-Key": "retur-satu"}
    body = {"returned_on": "2026-12-05", "reason": "Rekening tutup"}
    sent = client.post(
        f"{api}/lines/{budi.pk}/return", body, content_type="application/json", headers=headers
    )
    assert (sent.json()["mitra"], sent.json()["return_reason"]) == ("Budi Santosa", "Rekening tutup")
    lines = client.get(api).json()["lines"]
    assert [line["returned_on"] for line in lines] == ["2026-12-05", "2026-12-05"]
