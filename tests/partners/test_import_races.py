"""Four offices bring the same people at once: each is recorded once, and each office has its year."""

from contextlib import contextmanager

import pytest
from django.db import connection

from halopst.partners import services
from halopst.partners.models import BankAccount, ImportRun, Person, Registration
from halopst.partners.services.imports import incoming, loading
from tests.partners.sheets import people, xlsx
from tests.partners.test_register import keeper
from tests.races import all_at_once, meeting
from tests.scheduling.factories import NOW
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, OFFICES = 40, 4


def ready_to_import(unit):
    """A checked file of people nobody knows yet."""
    actor = keeper(unit)
    run = services.upload(actor, unit=unit, year=2026, file=xlsx(people(ROWS)))
    services.check_import(actor, run, mappings=run.mappings, position="pendataan", status="aktif", now=NOW)
    services.carry_on(run.pk, now=NOW)
    return services.start_import(actor, ImportRun.objects.get(pk=run.pk), now=NOW)


@contextmanager
def without_the_guard():
    """The register with nothing that keeps a NIK from being recorded twice."""
    guard = next(one for one in Person._meta.constraints if one.name == "one_person_per_nik")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Person, guard)
    try:
        yield
    finally:
        for model in (BankAccount, Registration, Person):
            model.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Person, guard)


@pytest.fixture
def import_all_at_once(monkeypatch):
    """Imports that have all looked before any of them adds: nobody has found anybody."""
    meet, look = meeting(OFFICES), incoming._conflicts

    def look_together(cursor):
        found = look(cursor)
        meet()
        return found

    def go():
        runs = [ready_to_import(unit) for unit in UnitFactory.create_batch(OFFICES)]
        monkeypatch.setattr(incoming, "_conflicts", look_together)
        outcomes = all_at_once(*[lambda run=run: services.carry_on(run.pk, now=NOW) for run in runs])
        monkeypatch.setattr(incoming, "_conflicts", look)
        return outcomes, ImportRun.objects.filter(pk__in=[run.pk for run in runs])

    return go


def test_each_person_is_recorded_once_and_registered_by_every_office(import_all_at_once):
    outcomes, runs = import_all_at_once()

    assert outcomes == [None] * OFFICES
    assert {(run.state, run.added, run.bad) for run in runs} == {("done", ROWS, 0)}
    assert (Person.objects.count(), BankAccount.objects.count()) == (ROWS, ROWS)
    assert Registration.objects.count() == ROWS * OFFICES


def test_without_the_guard_people_are_doubled(import_all_at_once):
    with without_the_guard():
        import_all_at_once()

        assert Person.objects.count() > ROWS


def test_two_hands_take_in_two_pieces_side_by_side(monkeypatch):
    monkeypatch.setattr(loading, "PIECE_ROWS", ROWS // 2)
    run = ready_to_import(UnitFactory())
    meet, take_in = meeting(2), incoming.take_in

    def together(*args, **named):
        meet()
        return take_in(*args, **named)

    monkeypatch.setattr(incoming, "take_in", together)
    services.carry_on(run.pk, now=NOW)

    run.refresh_from_db()
    assert (run.state, run.added, run.done) == ("done", ROWS, ROWS)
