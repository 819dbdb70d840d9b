"""Two at once over one finished month: recorded once, never of a month taken back; without guards, both."""

from contextlib import contextmanager
from threading import Event

import pytest
from django.db import IntegrityError, connection

from halopst.core.constraints import violated
from halopst.partners.models import Approval, Handover
from halopst.partners.services.allocation import approving
from halopst.partners.services.handovers import handing_over
from halopst.partners.services.handovers.refusals import NotApproved
from tests.partners.offices import an_office, head, lead
from tests.partners.test_handing_over import LATER, approved, hand_over
from tests.races import PATIENCE, all_at_once, meeting

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_record_the_same_month_at_once_one_is_told_so():
    unit = an_office()
    for approval in approved(unit, "Ayu", "Budi", "Citra"):
        first, second = lead(unit), lead(unit)

        ends = all_at_once(
            lambda row=approval, who=first: hand_over(row, 20, actor=who),
            lambda row=approval, who=second: hand_over(row, 10, actor=who),
        )

        assert sorted(type(end).__name__ for end in ends) == ["AlreadyHandedOver", "Handover"]
    assert Handover.objects.count() == 3


@contextmanager
def altered(*statements, back):
    """The database without one of its guards, emptied of handovers and as it was afterwards."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE partners_handover CASCADE")
            for statement in back:
                cursor.execute(statement)


def recorded_twice_at_once(monkeypatch):
    """Two who both looked before either wrote, as if nobody held the approval."""
    unit = an_office()
    (approval,) = approved(unit, "Ayu")
    meet, make = meeting(2), handing_over._new

    def wait_and_make(*given, **named):
        meet()
        return make(*given, **named)

    monkeypatch.setattr(handing_over, "_held", lambda _actor, row: row)
    monkeypatch.setattr(handing_over, "_new", wait_and_make)
    people = [lead(unit), lead(unit)]
    return all_at_once(*(lambda who=who: hand_over(approval, 20, actor=who) for who in people))


def test_the_database_alone_records_a_month_once(monkeypatch):
    ends = recorded_twice_at_once(monkeypatch)

    assert sorted(type(end).__name__ for end in ends) == ["Handover", "IntegrityError"]
    assert Handover.objects.count() == 1


def test_without_its_guard_the_same_month_is_recorded_twice(monkeypatch):
    name = unique_constraint()
    with altered(
        f"ALTER TABLE partners_handover DROP CONSTRAINT {name}",
        back=[f"ALTER TABLE partners_handover ADD CONSTRAINT {name} UNIQUE (approval_id)"],
    ):
        ends = recorded_twice_at_once(monkeypatch)

        assert [type(end) for end in ends] == [Handover, Handover]
        assert Handover.objects.count() == 2


def unique_constraint():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint "
            "WHERE conrelid = 'partners_handover'::regclass AND contype = 'u'"
        )
        ((name,),) = cursor.fetchall()
    return name


def test_a_month_taken_back_while_it_is_recorded_is_either_recorded_before_or_refused():
    unit = an_office()
    for approval in approved(unit, "Ayu", "Budi", "Citra"):
        actor, chief = lead(unit), head(unit)

        ends = all_at_once(
            lambda row=approval, who=actor: hand_over(row, 20, actor=who),
            lambda row=approval, who=chief: approving.withdraw(who, approval=row, now=LATER),
        )

        recorded = Handover.objects.filter(approval=approval).exists()
        assert recorded == isinstance(ends[0], Handover)
        assert recorded or isinstance(ends[0], NotApproved)
        assert isinstance(ends[1], Approval)


def recorded_after_it_was_taken_back(monkeypatch):
    """The month is withdrawn between the look and the writing, as if nobody held the approval."""
    unit = an_office()
    (approval,) = approved(unit, "Ayu")
    actor, chief = lead(unit), head(unit)
    looked, withdrawn, make = Event(), Event(), handing_over._new

    def wait_and_make(*given, **named):
        looked.set()
        withdrawn.wait(PATIENCE)
        return make(*given, **named)

    def withdraw():
        looked.wait(PATIENCE)
        approving.withdraw(chief, approval=approval, now=LATER)
        withdrawn.set()

    monkeypatch.setattr(handing_over, "_held", lambda _actor, row: row)
    monkeypatch.setattr(handing_over, "_new", wait_and_make)
    return all_at_once(lambda: hand_over(approval, 20, actor=actor), withdraw)[0]


def test_the_database_alone_records_nothing_of_a_month_taken_back(monkeypatch):
    end = recorded_after_it_was_taken_back(monkeypatch)

    assert isinstance(end, IntegrityError)
    assert violated(end) == "only_an_approved_month_is_handed_over"
    assert not Handover.objects.exists()


def test_without_its_guard_a_month_taken_back_is_recorded(monkeypatch):
    guards = (("partners_handover", "keep_handovers"), ("partners_delivery", "keep_deliveries"))
    with altered(
        *(f"ALTER TABLE {table} DISABLE TRIGGER {guard}" for table, guard in guards),
        back=[f"ALTER TABLE {table} ENABLE TRIGGER {guard}" for table, guard in guards],
    ):
        end = recorded_after_it_was_taken_back(monkeypatch)

        assert isinstance(end, Handover)
        assert Handover.objects.get().approval.withdrawn_at == LATER
