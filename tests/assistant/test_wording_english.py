"""A visitor who uses the site in English: figures may be worded in English, all else stays as it is."""

import json
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from halopst.assistant.models import Setup, Turn, Wording
from halopst.knowledge.models import Cell, DataSource, Indicator, Region
from tests.assistant.model_server import says, told, tools_of
from tests.assistant.worded import build_office, say
from tests.knowledge.figure_factories import CellFactory, RegionFactory

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "questions" / "injections-english.toml"
ATTEMPTS = tomllib.loads(FILE.read_text(encoding="utf-8"))["attempt"]
PLAIN = "Indeks Pembangunan Manusia of Kota Surabaya in 2024: 84.69 points."
GOOD = "In 2024 the Human Development Index of Surabaya City was {S1}."


@pytest.fixture
def office(model):
    office = build_office()
    Indicator.objects.update(aliases="IPM\nHuman Development Index")
    with translation.override("id"):  # a request leaves its language behind in the thread
        yield office


def asked(client, office, question):
    """The newest turn of somebody who reads English, and how it was worded."""
    say(client, office, question, Accept_Language="en")
    turn = Turn.objects.latest("pk")
    return turn, Wording.objects.filter(turn=turn).first()


def test_a_figure_is_worded_in_english_by_its_english_names_and_unit(client, office, model):
    model.replies = [says((GOOD, [1]))]
    turn, wording = asked(client, office, "Human Development Index Surabaya 2024")

    assert turn.answer["text"] == (
        "In 2024 the Human Development Index of Surabaya City was 84.69 points (Kota Surabaya, 2024)."
    )
    assert (wording.verdict, wording.prompt, wording.language) == ("passed", "jawaban-2", "en")
    [sent] = model.asked
    assert told(sent)["bahasa_jawaban"] == "Inggris"
    [source] = told(sent)["sumber"]
    assert source["isi"] == (
        "Indeks Pembangunan Manusia / IPM / Human Development Index; "
        "Kota Surabaya / Surabaya City / City of Surabaya / Surabaya; 2024"
    )
    assert ("84.69" in json.dumps(sent), tools_of(sent)) == (False, ["cari_angka", "jawab"])


def test_what_the_checker_refuses_leaves_the_plain_english_answer(client, office, model):
    model.replies = [says(("The Human Development Index of Surabaya City fell to {S1}.", [1]))]
    turn, wording = asked(client, office, "IPM Surabaya 2024")

    assert (turn.answer["text"], turn.answer["sentences"]) == (PLAIN, [])
    assert (wording.verdict, wording.reason, len(model.asked)) == ("rejected", "direction", 2)


def test_regions_are_compared_and_only_the_first_of_a_cut_off_ranking_is_the_lowest(client, office, model):
    """Of the lowest two the second is not the highest of anything."""
    indicator = Indicator.objects.get()
    RegionFactory(code="3500", name="Jawa Timur", kind="provinsi")
    Region.objects.filter(code="3578").update(parent_code="3500")
    for code, name, value in (("3573", "Kota Malang", "84.00"), ("3571", "Kota Kediri", "80.00")):
        region = RegionFactory(code=code, name=name, kind="kota", parent_code="3500")
        CellFactory(indicator=indicator, region=region, period=202400, published=value, value=Decimal(value))
    question = "2 kota dengan IPM terendah di Jawa Timur 2024"
    model.replies = [
        says(("The highest was {S2}.", [2])),
        says(("The lowest in 2024 was {S1}, then {S2}.", [1, 2])),
    ]
    turn, wording = asked(client, office, question)
    assert (wording.verdict, wording.offences) == ("mended", [[1, "direction", "highest"]])
    assert turn.answer["text"] == (
        "The lowest in 2024 was 80.00 points (Kota Kediri, 2024), then 84.00 points (Kota Malang, 2024)."
    )

    model.replies = [says(("It rose by {S3}.", [3])), says(("{S1} was higher than {S2} by {S3}.", [1, 2, 3]))]
    turn, wording = asked(client, office, "bandingkan IPM Surabaya dan Malang 2024")
    assert (wording.verdict, wording.offences) == ("mended", [[1, "direction", "rose"]])
    assert turn.answer["text"] == (
        "84.69 points (Kota Surabaya, 2024) was higher than 84.00 points (Kota Malang, 2024) by 0.69 points."
    )


@pytest.mark.parametrize(
    "question",
    ["Apa itu inflasi?", "Resep rendang?", "Hello", "NIK of respondent", "IPM 2024, salary of Mr Budi"],
)
def test_a_text_is_quoted_and_what_has_no_figure_stays_and_no_model_is_asked(client, office, model, question):
    turn, wording = asked(client, office, question)

    assert (wording, model.asked, turn.answer["sentences"]) == (None, [], [])


def test_a_figure_the_model_looks_up_is_worded_too_and_texts_are_not_there_to_look_up(client, office, model):
    rose = "The Human Development Index of Surabaya City rose from {S2} to {S1}."
    model.replies = [("cari_angka", {"pertanyaan": "IPM Surabaya 2023"}), says((rose, [1, 2]))]
    turn, wording = asked(client, office, "IPM Surabaya 2024")

    assert wording.verdict == "passed"
    assert turn.answer["text"] == (
        "The Human Development Index of Surabaya City rose from 83.45 points (Kota Surabaya, 2023) "
        "to 84.69 points (Kota Surabaya, 2024)."
    )


def test_instructions_that_know_one_language_word_indonesian_alone(client, office, model):
    model.replies = [says(("Indeks Pembangunan Manusia Kota Surabaya tercatat {S1}.", [1]))]
    Setup.objects.create(unit=office, model="model-uji", prompt="jawaban-1", is_active=True)
    _turn, none = asked(client, office, "IPM Surabaya 2024")
    assert (none, model.asked) == (None, [])

    say(client, office, "IPM Surabaya 2024")
    assert (Wording.objects.get().verdict, Wording.objects.get().prompt) == ("passed", "jawaban-1")
    assert "bahasa_jawaban" not in told(model.asked[0])


def test_no_attempt_reaches_a_visitor_and_the_control_shows_that_it_would(
    client, office, model, monkeypatch, settings
):
    settings.CHATS_PER_MINUTE = 0  # no limit: one visitor tries them all
    assert reached(client, office, model) == []
    assert model.asked != []

    monkeypatch.setattr("halopst.assistant.rules.checking.sentences.flaw", lambda *_given: None)
    assert len(reached(client, office, model)) > len(ATTEMPTS) / 2


def reached(client, office, model):
    """The attempts whose harm stands in what was worded."""
    found = []
    for attempt in ATTEMPTS:
        where, text = attempt["where"], attempt["text"]
        name = text if where == "name" else "Human Development Index"
        Indicator.objects.update(aliases=f"IPM\n{name}")
        source = Cell.objects.get(period=202400).source
        DataSource.objects.filter(pk=source.pk).update(title=text if where == "title" else "Tabel")
        model.replies = [says((attempt["obeyed"], attempt.get("cites", [1])))]
        turn, _wording = asked(client, office, text if where == "question" else "IPM Surabaya 2024")
        if attempt["harm"] in json.dumps(turn.answer["sentences"]):
            found.append(text)
    return found
