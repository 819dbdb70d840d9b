"""What an ended contract's work pays stays what its letter says, whoever writes and whatever is typed."""

from datetime import date

import pytest
from django.db import connection, transaction

from halopst.partners.models import Approval, Assignment, Share, Termination
from halopst.partners.services.allocation import approving
from halopst.partners.services.allocation_refusals import ContractEnded
from tests.constraints import refused_as
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import DECEMBER, give
from tests.partners.test_terminating import OCTOBER, contract, contracted, end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]


def honor(month=NOVEMBER):
    return Share.objects.get(month=month).amount


@pytest.mark.parametrize("volume", [0, 7, 9])
def test_the_volume_of_an_ended_contract_neither_grows_nor_shrinks(unit, actor, volume):
    end(actor, contracted(unit, actor), "pasal10")
    work = Assignment.objects.get()

    with pytest.raises(ContractEnded):
        give(work.registration, work.duty, volume)

    work.refresh_from_db()
    assert (work.volume, honor()) == (8, Termination.objects.get().honor)


def test_other_months_of_the_same_work_change_and_the_ended_one_pays_what_it_did(unit, actor):
    october = contracted(unit, actor, month=OCTOBER, begins=OCTOBER, ends=DECEMBER)
    end(actor, october, "pasal10", realised=4)
    work = Assignment.objects.get()
    said = Termination.objects.get().honor

    give(work.registration, work.duty, 9)

    assert (honor(OCTOBER), honor()) == (said, 9 * 68_000 - said)


def test_the_end_of_an_earlier_month_leaves_what_a_later_end_said(unit, actor):
    october = contracted(unit, actor, month=OCTOBER, begins=OCTOBER, ends=DECEMBER)
    end(actor, contract(unit, actor), "pasal9")
    left = honor()  # a part of a unit, as months divide it by days; nobody pays it

    end(actor, october, "pasal10", realised=3)

    assert 0 < left < 68_000
    assert (honor(), honor(OCTOBER)) == (left, Termination.objects.get(month=OCTOBER).honor)


@pytest.mark.parametrize("change", ["DELETE", "UPDATE"])
def test_the_database_keeps_it_whoever_writes(unit, actor, change):
    end(actor, contracted(unit, actor), "pasal10")

    with refused_as("an_ended_contract_keeps_its_work"):
        take_away_half(actor, change)

    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER keep_ended ON partners_share")
    take_away_half(actor, change)
    assert Share.objects.count() == (0 if change == "DELETE" else 1)


def take_away_half(actor, change):
    with transaction.atomic(), connection.cursor() as cursor:
        share = Share.objects.get()
        approving.withdraw(actor, approval=Approval.objects.in_force().get(), now=NOW)
        Share.objects.all().delete()
        volume = 0 if change == "DELETE" else 4
        if volume:
            Share.objects.create(
                assignment=share.assignment, person=share.person, month=share.month, amount=4 * 68_000
            )
        Assignment.objects.update(volume=volume, value=volume * 68_000)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_nothing_is_paid_after_an_activity_ended_whoever_writes(unit, actor):
    end(actor, contracted(unit, actor, begins=NOVEMBER, ends=date(2027, 1, 1)), "pasal10", realised=2)
    ended, work = Termination.objects.get(), Assignment.objects.get()
    Termination.objects.filter(pk=ended.pk).update(activity=work.duty.activity)

    with refused_as("an_ended_contract_keeps_its_work"), connection.cursor() as cursor:
        Share.objects.create(assignment=work, person=work.registration.person, month=DECEMBER, amount=68_000)
        Assignment.objects.update(volume=work.volume + 1, value=work.value + 68_000)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
