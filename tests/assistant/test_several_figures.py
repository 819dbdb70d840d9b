"""Questions for several figures at once, and what is worth asking after figures."""

import re
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from halopst.assistant.rules.question.several_figures import split_question
from halopst.assistant.services import ask
from halopst.assistant.services.answering.plain_text import plain_text, quotation
from halopst.core.actors import ANONYMOUS
from halopst.knowledge.models import Cell
from tests.assistant.factories import surabaya

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
BOTH = "Berapa tingkat kemiskinan Jawa Timur lima tahun terakhir, dan kabupaten mana yang paling tinggi?"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (BOTH, BOTH.split(", dan ")),
        ("IPM Surabaya 2024? TPT berapa?", ["IPM Surabaya 2024", "TPT berapa?"]),
        ("Berapa IPM Surabaya dan Malang?", ["Berapa IPM Surabaya dan Malang?"]),
        ("IPM Surabaya, Malang serta berapa TPT-nya", ["IPM Surabaya, Malang", "berapa TPT-nya"]),
        ("bandingkan IPM Surabaya dan Malang, berapa selisihnya", None),
        ("penduduk laki-laki dan perempuan", None),
        ("apa? apa? apa? apa?", None),
        ("", []),
    ],
)
def test_a_question_is_split_where_each_part_asks_for_something(question, parts):
    assert split_question(question) == ([question] if parts is None else parts)


@pytest.fixture
def office():
    return surabaya()


def asked(office, question, follow=""):
    return ask(ANONYMOUS, question=question, unit=office, client="", now=NOW, follow=follow)


def cells_of(answer):
    rows = Cell.objects.filter(pk__in=[figure["cell"] for figure in answer.figures])
    return set(rows.values_list("indicator__name", "region__kind", "period"))


@pytest.mark.django_db
def test_each_part_of_an_answer_cites_its_own_sources(client, office):
    question = "Berapa IPM Surabaya 2024? Berapa TPT Surabaya 2024?"
    page = client.post(f"/aida/{office.slug}/", {"question": question}, follow=True).content.decode()

    said = re.search(r'<div class="ans">(.*?)</div>', page, re.DOTALL)[1]
    marks = [
        re.findall(r'class="cite"[^>]*>(\d)<', part) for part in re.findall(r"<p>.*?</p>", said, re.DOTALL)
    ]
    assert marks == [["1"], ["1"]]  # one publication says both
    cited = [part["cites"] for part in asdict(asked(office, question))["parts"]]
    assert cited == [[0], [1]]


@pytest.mark.django_db
def test_the_second_part_takes_over_the_indicator_of_the_first(office):
    found = asked(office, BOTH)

    years = {("Persentase Penduduk Miskin", "provinsi", year * 100) for year in range(2021, 2026)}
    assert cells_of(found) == {*years, ("Persentase Penduduk Miskin", "kabupaten", 202500)}
    assert found.known
    assert [line.split(" pada ")[0] for line in found.text.splitlines()] == [
        f"Persentase Penduduk Miskin Jawa Timur turun dari {found.table.rows[0][1]} persen",
        "Persentase Penduduk Miskin tertinggi di Jawa Timur",
    ]
    assert [(one.title, one.chart.kind) for one in found.further] == [("Persentase Penduduk Miskin", "bars")]
    assert (found.chart.kind, len(found.citations)) == ("lines", len(found.figures))


@pytest.mark.django_db
def test_the_next_part_takes_over_region_and_year_of_the_first(office):
    found = asked(office, "Berapa IPM Sidoarjo 2023, dan berapa tingkat pengangguran terbuka di sana?")

    rows = Cell.objects.filter(pk__in=[figure["cell"] for figure in found.figures])
    assert set(rows.values_list("indicator__name", "region__code", "period")) == {
        ("Indeks Pembangunan Manusia", "3515", 202300),
        ("Tingkat Pengangguran Terbuka", "3515", 202300),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    [
        "IPM Surabaya 2024 dan bagaimana cara menghitungnya",
        "berapa ipm surabaya dan berapa ipm surabaya",
        "berapa ipm surabaya, dan berapa ipm atlantis 1901",
    ],
)
def test_a_question_whose_parts_figures_do_not_settle_is_read_as_one(office, question):
    assert asked(office, question).further == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    [
        "ipm surabaya 2024",
        "tren persentase penduduk miskin surabaya lima tahun terakhir",
        "kabupaten mana yang paling miskin di jawa timur",
        "bandingkan tpt surabaya dan sidoarjo",
        "inflasi surabaya oktober 2025",
        BOTH,
    ],
)
def test_the_questions_offered_next_are_answered_by_the_same_table(office, question):
    found = asked(office, question)
    offered = [step for step in found.suggestions if step.kind == "onward"]

    assert offered
    for step in offered:
        onward = asked(office, step.url)
        assert (onward.known, onward.title) == (True, found.title), step.url


@pytest.mark.django_db
def test_without_a_figure_no_next_question_is_offered(office):
    assert "onward" not in {step.kind for step in asked(office, "ipm surabaya 1901").suggestions}


@pytest.mark.django_db
def test_a_reference_names_publisher_figures_title_and_day(office):
    told = asked(office, "tren ipm surabaya lima tahun terakhir")
    cited = told.citations[0]
    stored = {"citations": [asdict(one) for one in told.citations], "figures": told.figures}

    assert quotation(stored) == (
        f"{cited.source}. Indeks Pembangunan Manusia, Kota Surabaya, 2021–2025. {cited.title}. "
        "data per 20 November 2026."
    )
    assert quotation({"citations": [], "figures": []}) == ""


@pytest.mark.django_db
def test_as_plain_text_every_part_has_its_table(client, office):
    told = client.post(
        "/api/v1/assistant/ask", {"question": BOTH, "unit": "3578"}, content_type="application/json"
    ).json()

    assert [len(one["table"]["rows"]) for one in told["further"]] == [5]
    text = plain_text(told)
    assert [text.count(row[1]) >= 1 for row in told["further"][0]["table"]["rows"]] == [True] * 5
