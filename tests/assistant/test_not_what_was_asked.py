"""Figures that look like what was asked for and are not: the number for a share, the poor for the others."""

import pytest

from halopst.assistant.rules.figures.answers import Declined
from halopst.assistant.services.figures import answer
from tests.assistant.asked import TODAY
from tests.assistant.factories import surabaya


@pytest.fixture
def office(db):
    return surabaya()


def asked(office, question):
    return answer(question, unit=office, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "berapa persen warga miskin jember",
        "persentase warga miskin jember",
        "berapa persen orang miskin di jember",
    ],
)
def test_a_question_for_a_share_is_not_answered_with_a_number_of_people(office, question):
    found = asked(office, question)

    assert (found.known, found.indicator) == (True, "Persentase Penduduk Miskin")


@pytest.mark.parametrize(
    "question",
    ["berapa persen penduduk perempuan di surabaya", "penduduk laki-laki surabaya berapa persen"],
)
def test_a_number_shown_for_want_of_a_share_is_said_to_be_none(office, question):
    found = asked(office, question)

    assert (found.known, found.no_text) == (False, True)
    assert "bukan persentase" in found.sentence


@pytest.mark.parametrize(
    "question",
    [
        "persentase penduduk tidak miskin surabaya",
        "penduduk yang tidak miskin surabaya berapa persen",
        "jumlah penduduk bukan miskin surabaya",
    ],
)
def test_a_question_for_those_not_poor_is_not_answered_with_the_poor(office, question):
    found = asked(office, question)

    assert isinstance(found, Declined)
    assert "bukan angka yang sama" in found.sentence


@pytest.mark.parametrize(
    "question", ["ipm surabaya naik atau tidak", "ipm bukan surabaya tapi gresik", "bukan tpt surabaya"]
)
def test_a_negation_elsewhere_in_the_question_changes_nothing(office, question):
    assert asked(office, question).known


def test_a_month_not_released_yet_is_not_answered_with_a_text(office):
    found = asked(office, "inflasi bulan ini")

    assert (found.known, found.no_text) == (False, True)


@pytest.mark.parametrize("question", ["kalau persentasenya?", "berapa jumlahnya", "persentase surabaya"])
def test_jumlah_alone_names_no_indicator(office, question):
    assert asked(office, question) is None
