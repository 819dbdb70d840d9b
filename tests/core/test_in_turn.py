"""Rows an exclusion constraint keeps apart: who writes one waits for whoever does, and is told what is there.

A third gives up while the two wait. Each then has its row in place already, and would wait for the other's.
"""

import threading
import time
from datetime import date

import pytest
from django.db import connection, transaction
from psycopg.types.range import DateRange

from halopst.core.actors import SYSTEM
from halopst.core.constraints import is_deadlock
from halopst.letters.models import Classification, Signatory
from halopst.letters.services import add_classification, appoint, classifications, signatories
from halopst.letters.services.refusals import ClassificationOverlaps, SignatoryOverlaps
from halopst.partners.models import Position
from halopst.partners.services import add_row
from halopst.partners.services.reference import figures as reference
from halopst.partners.services.reference.figures import PositionOverlaps
from tests.races import PATIENCE, all_at_once
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = date(2026, 1, 1)
BASIS = "SK contoh 2"


class GivenUp(Exception):
    pass


def sign(unit):
    given = {
        "role": "ppk",
        "name": "Wira Contoh",
        "nip": "199001012015031001",
        "title": "PPK",
        "basis": BASIS,
    }
    return appoint(SYSTEM, unit=unit, first_day=FIRST, **given)


def classify(unit):
    return add_classification(SYSTEM, unit=unit, code="ZZ.335", title="Uji", first_day=FIRST, basis=BASIS)


def place(unit):
    period = DateRange(FIRST, None)
    return add_row(SYSTEM, Position(unit=unit, code="ppl_uji", name="Petugas", period=period, basis=BASIS))


WRITTEN = [
    pytest.param(sign, Signatory, SignatoryOverlaps, signatories, id="signatory"),
    pytest.param(classify, Classification, ClassificationOverlaps, classifications, id="classification"),
    pytest.param(place, Position, PositionOverlaps, reference, id="position"),
]


def two_while_a_third_gives_up(write):
    unit, begun, waiting = UnitFactory(), threading.Event(), []

    @transaction.atomic
    def give_up():
        write(unit)
        begun.set()
        until_both_wait(waiting)
        raise GivenUp

    def follow():
        connection.ensure_connection()
        waiting.append(connection.connection.info.backend_pid)
        assert begun.wait(PATIENCE)
        return write(unit)

    _given_up, *outcomes = all_at_once(give_up, follow, follow, may_deadlock=True)
    return outcomes


def until_both_wait(waiting):
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        found = 0
        while found < 2:
            assert time.monotonic() < end, "nobody came"
            time.sleep(0.05)
            cursor.execute(
                "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid = ANY (%s)", [waiting]
            )
            found = cursor.fetchone()[0]


@pytest.mark.parametrize(("write", "model", "refusal", "_module"), WRITTEN)
def test_of_two_who_write_the_same_at_once_the_second_is_told_what_is_there(write, model, refusal, _module):
    before = model.objects.count()

    outcomes = two_while_a_third_gives_up(write)

    assert sorted(type(one).__name__ for one in outcomes) == sorted([model.__name__, refusal.__name__])
    assert model.objects.count() == before + 1


@pytest.mark.parametrize(("write", "model", "_refusal", "module"), WRITTEN)
def test_without_taking_turns_the_database_breaks_one_of_them_off(
    write, model, _refusal, module, monkeypatch
):
    monkeypatch.setattr(module, "in_turn", lambda _what: None)
    before = model.objects.count()

    outcomes = two_while_a_third_gives_up(write)

    assert [is_deadlock(one) for one in outcomes].count(True) == 1, outcomes
    assert model.objects.count() == before + 1
