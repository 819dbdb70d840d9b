from dataclasses import dataclass

import pytest
from django.db import transaction

from halopst.core.events import Event, on, publish, unannounced

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True, slots=True)
class KettleBoiled(Event):
    cup_id: int


poured: list[int] = []


@on(KettleBoiled)
def pour_tea(*, cup_id: int) -> None:
    poured.append(cup_id)


def test_a_listener_runs_as_a_job_after_the_fact(run_jobs):
    poured.clear()
    publish(KettleBoiled(cup_id=3))

    assert poured == []
    assert run_jobs() == ["tests.core.test_events.pour_tea"]
    assert poured == [3]


def test_a_rollback_takes_its_jobs_with_it(waiting_jobs):
    with transaction.atomic():
        publish(KettleBoiled(cup_id=3))
        transaction.set_rollback(True)

    assert waiting_jobs() == []


def test_history_is_entered_without_telling_anyone(waiting_jobs):
    with unannounced():
        publish(KettleBoiled(cup_id=3))
    assert waiting_jobs() == []

    publish(KettleBoiled(cup_id=4))
    assert len(waiting_jobs()) == 1
