"""What a search finds, and for whom."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.core.actors import ANONYMOUS, SYSTEM, Actor
from halopst.knowledge.models import Document
from halopst.knowledge.queries import Filters, search
from halopst.knowledge.rules.search.confidence import SURE
from tests.knowledge.factories import publish
from tests.units.factories import HeadOfficeFactory, UnitFactory

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = NOW.date()

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts():
    HeadOfficeFactory()
    return {
        "inflasi": publish("Inflasi", "Inflasi adalah kenaikan harga barang dan jasa secara umum."),
        "miskin": publish(
            "Garis kemiskinan", "Penduduk miskin hidup di bawah garis kemiskinan, Rp641.443 sebulan."
        ),
        "padi": publish("Produksi padi", "Produksi padi 2024 sebesar 52,66 juta ton gabah kering giling."),
    }


def titles(question, actor=ANONYMOUS, **filters):
    return [hit.document.title for hit in search(actor, question, filters=Filters(**filters)).hits]


def test_a_question_finds_its_text_first(texts):
    assert titles("Apa itu inflasi?")[0] == "Inflasi"
    assert titles("berapa orang termiskin")[0] == "Garis kemiskinan"
    assert titles("52,66")[0] == "Produksi padi"
    assert titles("zzzz qqqq") == []


def test_a_question_for_a_meaning_shows_the_passage_that_defines_it(texts):
    ways = "Inflasi bulanan membandingkan dua bulan. Inflasi tahunan membandingkan dua tahun. Inflasi naik."
    publish(
        "Membaca deflator", f"Deflator adalah nisbah harga.\n\n## Deflator tahunan\n\n{ways} Deflator ini."
    )
    (hit, *_others) = search(ANONYMOUS, "Apa itu deflator?").hits

    assert (hit.heading, hit.read.text) == ("", "Deflator adalah nisbah harga.")


def test_a_typing_error_is_read_as_what_was_meant(texts):
    found = search(ANONYMOUS, "Apa itu kemiskinna?")

    assert (found.hits[0].document.title, found.asked.repaired) == (
        "Garis kemiskinan",
        {"kemiskinna": "kemiskinan"},
    )


def test_scores_fall_from_how_sure_the_first_is(texts):
    sure = search(ANONYMOUS, "Apa itu garis kemiskinan?").hits[0].score
    unsure = [hit.score for hit in search(ANONYMOUS, "Berapa produksi jagung 2019 di Papua?").hits]

    assert sure > SURE > 0.4 > unsure[0]
    assert unsure == sorted(unsure, reverse=True)


def test_drafts_withdrawn_texts_and_those_for_other_peoples_staff_are_not_found(texts):
    ours, theirs = UnitFactory.create_batch(2)
    publish("Panduan loket", "Cara membuka loket inflasi.", unit=ours, audience="staff")
    publish("Panduan nasional", "Cara menjawab inflasi.", audience="staff")
    publish("Konsep", "Inflasi belum terbit.", state="draft")
    publish("Ditarik", "Inflasi sudah ditarik.", state="withdrawn")
    officer = Actor(user_id=1, grants={"knowledge.view": frozenset({ours.pk})})
    neighbour = Actor(user_id=2, grants={"knowledge.view": frozenset({theirs.pk})})

    assert sorted(titles("inflasi")) == ["Inflasi"]
    assert sorted(titles("inflasi", officer)) == ["Inflasi", "Panduan loket", "Panduan nasional"]
    assert sorted(titles("inflasi", neighbour)) == ["Inflasi", "Panduan nasional"]
    assert sorted(titles("inflasi", SYSTEM)) == ["Inflasi", "Panduan loket", "Panduan nasional"]
    for actor in (ANONYMOUS, officer, neighbour, SYSTEM):
        readable = Document.objects.visible_to(actor).published().filter(text__icontains="inflasi")
        assert sorted(titles("inflasi", actor)) == sorted(readable.values_list("title", flat=True))


def test_a_text_past_its_review_date_is_found_but_not_cited(texts):
    """R-34, with its control: the day before, the same text is one an answer may cite."""
    publish("Inflasi lama", "Inflasi dihitung dengan cara lama.", review_by=date(2026, 11, 19))

    assert "Inflasi lama" in titles("inflasi")
    assert "Inflasi lama" not in titles("inflasi", citable_on=TODAY)
    assert "Inflasi lama" in titles("inflasi", citable_on=date(2026, 11, 19))


def test_filters_keep_to_office_kind_and_year(texts):
    ours, theirs = UnitFactory.create_batch(2)
    publish(
        "Inflasi sini", "Inflasi di sini.", unit=ours, kind="press_release", published_on=date(2024, 1, 2)
    )
    publish(
        "Inflasi sana", "Inflasi di sana.", unit=theirs, kind="press_release", published_on=date(2025, 1, 2)
    )

    assert sorted(titles("inflasi", unit=ours)) == ["Inflasi", "Inflasi sini"]
    assert sorted(titles("inflasi", kind="press_release")) == ["Inflasi sana", "Inflasi sini"]
    assert titles("inflasi", year=2024) == ["Inflasi sini"]


def test_a_text_of_the_office_asked_stands_for_the_national_one_of_its_title(texts):
    office, other = UnitFactory(), UnitFactory()
    own = publish("INFLASI", "Inflasi kota kami dihitung dari harga di lima pasar.", unit=office)

    assert titles("Apa itu inflasi?", unit=office) == ["INFLASI"]
    assert titles("Apa itu inflasi?", unit=other) == ["Inflasi"]
    assert sorted(titles("Apa itu inflasi?")) == ["INFLASI", "Inflasi"]
    Document.objects.filter(pk=own.pk).update(review_by=date(2026, 11, 19))
    assert titles("Apa itu inflasi?", unit=office, citable_on=TODAY) == ["Inflasi"]


def test_a_long_text_is_found_by_its_best_passage_once(texts):
    filler = " ".join(f"baris{n}" for n in range(340))
    publish(
        "Panduan",
        f"## Pembuka\n{filler}\n\n## Deflator\n\nDeflator ialah angka pembagi.\n\n## Penutup\n{filler}",
    )
    hits = search(ANONYMOUS, "Apa itu deflator?").hits

    assert [(hit.document.title, hit.heading) for hit in hits] == [("Panduan", "Deflator")]


def test_a_question_costs_as_many_queries_in_many_texts_as_in_few(texts, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        search(ANONYMOUS, "Apa itu inflsi?")
    for n in range(5):
        publish(f"Inflasi {n}", "Inflasi lagi.")
    with django_assert_num_queries(len(few)):
        search(ANONYMOUS, "Apa itu inflsi?")
    assert len(few) <= 6  # synonyms, words, words again as repaired, their like, passages, texts


def test_the_api_gives_name_score_and_what_to_mark(texts, client):
    answer = client.get("/api/v1/search", {"q": "garis kemiskinan", "limit": 1}).json()

    (item,) = answer["items"]
    assert (item["external_id"], item["title"], item["unit"], item["stale"]) == (
        texts["miskin"].external_id, "Garis kemiskinan", None, False,
    )  # fmt: skip
    assert [item["snippet"][start:end] for start, end in item["highlights"]] == [
        "miskin",
        "garis",
        "kemiskinan",
    ]
    assert item["url"] == f"/pengetahuan/{texts['miskin'].pk}/"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": " "},
        {"q": "x" * 501},
        {"q": "a", "unit": "9999"},
        {"q": "a", "kind": "x"},
        {"q": "a", "year": 1},
    ],
)
def test_the_api_says_what_is_wrong_with_a_question(client, query):
    answer = client.get("/api/v1/search", query)

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert json.loads(answer.content)["title"].endswith(".")
