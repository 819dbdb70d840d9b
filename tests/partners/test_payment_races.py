"""Two at once: nobody is paid twice, and the tax of a person's month is withheld once and in full."""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from halopst.partners.models import PaymentLine, PaymentList
from halopst.partners.queries.payments import lists as queries
from halopst.partners.queries.payments.payable import payables, rows_of
from halopst.partners.services.allocation import approving
from halopst.partners.services.payments import paying, returning
from halopst.partners.services.payments.refusals import BeingPaid, ListedElsewhere, NothingToPay
from tests.partners.factories import NOVEMBER, NOW, PersonFactory, pay
from tests.partners.offices import head
from tests.partners.payers import a_paying_office, payer, ready
from tests.races import PATIENCE, all_at_once, meeting

pytestmark = pytest.mark.django_db(transaction=True)
SIX_MILLION_OWES = 45_000
PAID = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)


def make(unit):
    return paying.make_list(payer(unit), unit=unit, month=NOVEMBER, now=NOW)


def test_two_people_who_pay_the_same_month_make_one_list():
    unit = a_paying_office()
    ready(unit, "Ayu Pratiwi")
    ready(unit, "Budi Santosa")
    for sequence in (1, 2, 3):
        outcomes = all_at_once(*[lambda: make(unit)] * 3)

        made = [one for one in outcomes if isinstance(one, PaymentList)]
        assert [row.sequence for row in made] == [sequence]
        assert [type(one) for one in outcomes if one not in made] == [NothingToPay] * 2
        assert PaymentLine.objects.standing().count() == 2
        paying.cancel_list(payer(unit), made[0], reason="Sekali lagi", now=NOW)


def written_past_the_services(unit, first=1):
    """The list as it would be if nobody had looked whether another has it, written on two threads at once."""
    rows = rows_of(payables(unit, NOVEMBER, today=date(2026, 12, 5)))
    policy = paying.policy_of_month(unit, NOVEMBER)
    maker = payer(unit).user_id
    meet = meeting(2)

    def write(sequence):
        lines = paying.reckon(rows, policy, NOVEMBER)
        meet()
        sums = {"people": 1, "gross": lines[0].gross, "tax": 0, "net": lines[0].net}
        with transaction.atomic():
            row = PaymentList(unit=unit, month=NOVEMBER, sequence=sequence, policy=policy, **sums)
            row.method, row.basis, row.parameters = policy.method, policy.basis, policy.parameters
            row.made_by_id, row.made_at = maker, NOW
            row.save()
            lines[0].payment_list = row
            lines[0].save()

    return all_at_once(lambda: write(first), lambda: write(first + 1))


def test_the_database_alone_pays_a_handover_once_and_without_its_guard_twice():
    unit = a_paying_office()
    ready(unit)

    outcomes = written_past_the_services(unit)

    assert [type(one) for one in outcomes if one] == [IntegrityError]
    assert PaymentLine.objects.standing().count() == 1

    paying.cancel_list(payer(unit), PaymentList.objects.get(), reason="Untuk pembanding", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX a_handover_is_paid_once")
    try:
        assert written_past_the_services(unit, first=3) == [None, None]
        assert PaymentLine.objects.standing().count() == 2
    finally:
        restore()


def restore():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE partners_paymentlist CASCADE")
        cursor.execute(
            "CREATE UNIQUE INDEX a_handover_is_paid_once ON partners_paymentline (handover_id) WHERE stands"
        )


def two_offices_with_one_mitra():
    first = a_paying_office()
    second = a_paying_office(province=first.parent, kinds=())
    person = PersonFactory(name="Ayu Pratiwi")
    for unit in (first, second):
        ready(unit, person=person, volume=50, price=60_000)
    return first, second


def test_two_offices_that_pay_one_person_at_once_withhold_the_months_tax_together():
    first, second = two_offices_with_one_mitra()
    for _ in range(3):
        made = all_at_once(lambda: make(first), lambda: make(second))

        assert sorted(row.tax for row in made) == [0, SIX_MILLION_OWES]
        for row in made:
            paying.cancel_list(payer(row.unit), row, reason="Sekali lagi", now=NOW)


def test_without_holding_the_persons_month_both_withhold_too_little(monkeypatch):
    first, second = two_offices_with_one_mitra()
    meet, look = meeting(2), queries.earlier_of

    def looked(people, month):
        found = look(people, month)
        meet()
        return found

    monkeypatch.setattr(paying, "lock", lambda *_: None)
    monkeypatch.setattr(queries, "earlier_of", looked)

    made = all_at_once(lambda: make(first), lambda: make(second))

    assert [row.tax for row in made] == [0, 0]


def test_a_month_is_either_withdrawn_or_on_a_list_never_both():
    unit = a_paying_office()
    approval = ready(unit).approval

    made, withdrawn = all_at_once(
        lambda: make(unit), lambda: approving.withdraw(head(unit), approval=approval, now=NOW)
    )

    approval.refresh_from_db()
    if isinstance(made, PaymentList):
        assert isinstance(withdrawn, BeingPaid)
        assert approval.withdrawn_at is None
    else:
        assert approval.withdrawn_at is not None
        assert not PaymentLine.objects.exists()


@pytest.mark.parametrize("guarded", [True, False])
def test_a_month_withdrawn_between_the_look_and_the_list_is_listed_only_without_the_guard(
    monkeypatch, guarded
):
    unit = a_paying_office()
    approval = ready(unit).approval
    chief, maker = head(unit), payer(unit)
    looked, withdrawn, reckon = Event(), Event(), paying.reckon

    def look_and_wait(*given):
        looked.set()
        withdrawn.wait(PATIENCE)
        return reckon(*given)

    def withdraw():
        looked.wait(PATIENCE)
        approving.withdraw(chief, approval=approval, now=NOW)
        withdrawn.set()

    monkeypatch.setattr(paying, "reckon", look_and_wait)
    with guard_of_lines(on=guarded):
        made, _done = all_at_once(
            lambda: paying.make_list(maker, unit=unit, month=NOVEMBER, now=NOW), withdraw
        )

        approval.refresh_from_db()
        assert approval.withdrawn_at == NOW
        assert isinstance(made, ListedElsewhere if guarded else PaymentList)
        assert PaymentLine.objects.standing().exists() is not guarded


@contextmanager
def guard_of_lines(*, on):
    """Whether the database looks at what a line pays; what was written without it is gone afterwards."""
    name = "match_the_payment"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE partners_paymentline {'ENABLE' if on else 'DISABLE'} TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE partners_paymentlist CASCADE")
            cursor.execute(f"ALTER TABLE partners_paymentline ENABLE TRIGGER {name}")


def test_one_transfer_is_sent_back_once_whoever_says_so():
    unit = a_paying_office()
    ready(unit)
    row = make(unit)
    pay(row)
    line, people = row.lines.get(), [payer(unit), payer(unit)]

    ends = all_at_once(
        *(
            lambda who=who: returning.return_transfer(
                who, line, returned_on=date(2026, 12, 5), reason="Rekening tutup", now=PAID
            )
            for who in people
        )
    )

    assert sorted(type(end).__name__ for end in ends) == ["AlreadyReturned", "TransferReturn"]
    assert not PaymentLine.objects.standing().exists()
