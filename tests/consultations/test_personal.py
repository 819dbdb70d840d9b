"""A person may see what a consultation holds about them, and be forgotten."""

import pytest

from halopst.cases.personal import erase as erase_cases
from halopst.consultations.models import Consultation
from halopst.consultations.personal import erase, export
from halopst.scheduling.models import Reservation
from tests.accounts.factories import UserFactory
from tests.consultations.factories import NOW, a_finished, a_request, an_agreed, working_expert

pytestmark = pytest.mark.django_db


def test_the_export_holds_what_was_asked_and_answered():
    row = a_finished()
    a_request(visitor=UserFactory())

    (held,) = export(row.case.visitor_id)

    assert (held["number"], held["topic"], held["need"], held["summary"], held["state"]) == (
        row.case.number,
        row.topic,
        row.need,
        "Angkanya dapat dibandingkan.",
        "selesai",
    )
    assert held["approved_at"] == NOW.isoformat()


def test_erasure_takes_the_words_gives_the_time_back_and_leaves_others_alone():
    expert, visitor = working_expert(), UserFactory(name="Dwi")
    row = an_agreed(expert, visitor=visitor)
    other = a_request()

    for _ in range(2):
        erase_cases(visitor.pk, NOW)
        erase(visitor.pk, NOW)

    row.refresh_from_db()
    assert (row.state, row.topic, row.need, row.meeting_link) == ("dibatalkan", "-", "", "")
    assert Reservation.objects.get(pk=row.reservation_id).state == "released"
    assert Consultation.objects.get(pk=other.pk).topic == other.topic


def test_a_finished_consultation_keeps_its_result_only():
    row = a_finished()
    erase(row.case.visitor_id, NOW)
    row.refresh_from_db()
    assert (row.state, row.result, row.summary, row.topic) == ("selesai", "found", "", "-")
