"""AIDA with a language model: its words are shown only when they pass, and nothing it does is an error."""

import hashlib
import json
import time
from decimal import Decimal

import pytest
from django.urls import reverse

from halopst.assistant.language_models.prompt import VERSIONS, prompt
from halopst.assistant.models import Spending, Turn, Wording
from halopst.knowledge.models import Region
from tests.assistant.model_server import provider_at, says, told
from tests.assistant.worded import answered, build_office, publish, say
from tests.knowledge.figure_factories import CellFactory, IndicatorFactory

pytestmark = pytest.mark.django_db
PLAIN = "Inflasi: “Inflasi adalah kenaikan harga"
GOOD = "Inflasi adalah kenaikan harga secara umum dan terus-menerus."
OFF_TOPIC = "Berapa kenaikan pangkat perwira tinggi?"


@pytest.fixture
def office():
    return build_office()


def test_without_a_model_nothing_is_asked_and_nothing_is_kept(client, office, model, settings):
    settings.MODELS = []
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert (turn.answer["text"].startswith(PLAIN), wording, model.asked) == (True, None, [])


def test_words_that_pass_become_the_answer_with_a_source_for_each_sentence(client, office, model):
    model.replies = [says((GOOD, [1]), ("Inflasi Juni 2024 tercatat 3,15 persen.", [1]))]
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert turn.answer["text"] == f"{GOOD} Inflasi Juni 2024 tercatat 3,15 persen."
    assert [one["cites"] for one in turn.answer["sentences"]] == [[0], [0]]
    assert [one["title"] for one in turn.answer["citations"]] == ["Inflasi"]
    assert (wording.state, wording.verdict, wording.model) == ("done", "passed", "model-uji")
    assert (wording.tokens_in, wording.tokens_out, wording.prompt) == (900, 60, "jawaban-2")
    assert GOOD in wording.sent
    assert model.keys == ["Bearer kunci-uji"]
    assert dict(Spending.objects.values_list("scope", "tokens"))["all"] == 960


def test_a_figure_is_its_cells_whatever_the_model_writes_around_it(client, office, model):
    model.replies = [says(("Indeks Pembangunan Manusia Kota Surabaya tercatat {S1}.", [1]))]
    turn, wording = answered(client, office, "IPM Surabaya 2024")

    assert wording.verdict == "passed"
    assert turn.answer["text"] == (
        "Indeks Pembangunan Manusia Kota Surabaya tercatat 84,69 poin (Kota Surabaya, 2024)."
    )
    assert "84,69" not in json.dumps(model.asked[0])
    assert [one["value"] for one in turn.answer["figures"]] == ["84,69"]


@pytest.mark.parametrize(
    ("measure", "said"), [("Persen", "3,50 persen"), ("Ribu Jiwa", "3,50 ribu jiwa"), ("US$", "3,50 US$")]
)
def test_a_model_s_sentence_says_the_unit_as_the_plain_answer_does(client, office, model, measure, said):
    surabaya = Region.objects.get(code="3578")
    rate = IndicatorFactory(unit=office, name="Angka Melek Huruf", measure=measure)
    CellFactory(indicator=rate, region=surabaya, period=202400, published="3.50", value=Decimal("3.50"))
    model.replies = [says(("Angka Melek Huruf Kota Surabaya tercatat {S1}.", [1]))]
    turn, wording = answered(client, office, "Angka melek huruf Surabaya 2024")

    assert wording.verdict == "passed"
    assert turn.answer["text"] == f"Angka Melek Huruf Kota Surabaya tercatat {said} (Kota Surabaya, 2024)."


def test_a_typed_figure_is_named_once_and_then_the_plain_answer_stays(client, office, model):
    model.replies = [says(("Indeks Pembangunan Manusia Kota Surabaya 2024 adalah 99,99.", [1]))]
    turn, wording = answered(client, office, "IPM Surabaya 2024")

    assert "84,69 poin" in turn.answer["text"]
    assert "99,99" not in json.dumps(turn.answer)
    assert (wording.state, wording.verdict, wording.reason) == ("left", "rejected", "number")
    assert len(model.asked) == 2
    assert "99,99" in told(model.asked[1])["perbaiki"][0]


def test_the_second_try_may_mend_the_first(client, office, model):
    bad = says(("Inflasi Juni 2024 tercatat 31,5 persen.", [1]))
    model.replies = [bad, says((GOOD, [1]))]
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert (turn.answer["text"], wording.verdict) == (GOOD, "mended")
    assert wording.offences == [[1, "number", "31,5 persen"]]


def test_an_answer_about_another_year_is_no_answer(client, office, model):
    publish(
        "Kemiskinan Kota Surabaya 2019", "Persentase penduduk miskin Kota Surabaya 2019 sebesar 4,51 persen."
    )
    model.replies = [says(("Persentase penduduk miskin Kota Surabaya Maret 2024 sebesar 4,09 persen.", [2]))]
    _turn, wording = answered(client, office, "Berapa persen penduduk miskin Kota Surabaya 2019?")

    assert wording.state == "left"


def test_a_model_may_find_what_the_plain_answer_did_not(client, office, model):
    found = says(("Indeks Pembangunan Manusia Kota Surabaya tercatat {S2}.", [2]))
    model.replies = [("cari_angka", {"pertanyaan": "IPM Surabaya 2024"}), found]
    turn, wording = answered(client, office, "Seberapa maju manusianya di Surabaya menurut inflasi?")

    assert (wording.verdict, turn.known) == ("passed", True)
    assert "84,69 poin (Kota Surabaya, 2024)" in turn.answer["text"]
    assert [one["value"] for one in turn.answer["figures"]] == ["84,69"]


@pytest.mark.parametrize("question", [OFF_TOPIC, "Siapa pencipta lagu yang naik terus-menerus?"])
def test_what_nothing_answers_is_not_answered_with_a_passage_about_something_else(
    client, office, model, question
):
    model.replies = [says((GOOD, [1]))]
    turn, wording = answered(client, office, question)

    assert told(model.asked[0])["sumber"] != []
    assert (wording.state, wording.verdict, wording.reason) == ("left", "rejected", "citation")
    assert (turn.known, turn.answer.get("sentences", [])) == (False, [])
    assert "pertanyaan" in told(model.asked[1])["perbaiki"][0]


def test_a_weak_passage_counts_once_the_models_own_search_finds_it_surely(client, office, model):
    model.replies = [("cari_tulisan", {"kata": "apa itu inflasi"}), says((GOOD, [1]))]
    turn, wording = answered(client, office, "Apa istilahnya kalau harga naik terus?")

    assert (wording.verdict, turn.known, turn.answer["text"]) == ("passed", True, GOOD)


def test_a_model_that_only_searches_is_stopped(client, office, model):
    model.replies = [("cari_tulisan", {"kata": "inflasi"})]
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert turn.answer["text"].startswith(PLAIN)
    assert (wording.verdict, len(model.asked) <= 5) == ("unavailable", True)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("cut", "dead"), ("429", "limited"), ("500", "refused"), ("401", "refused"), ("302", "refused"),
        ("half", "garbled"), ("body bukan json", "garbled"), ("body {}", "garbled"),
        ("body [1,2]", "garbled"),
        ('body data: {"choices": 5}\n\n', "garbled"),
    ],
)  # fmt: skip
def test_a_provider_that_fails_leaves_the_plain_answer(client, office, model, fault, reason):
    model.faults = [fault]
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert turn.answer["text"].startswith(PLAIN)
    assert (wording.state, wording.verdict) == ("left", "unavailable"), wording.reason
    assert wording.reason == reason


def test_a_slow_provider_costs_the_time_out_and_no_more(client, office, model, settings):
    settings.MODEL_SECONDS = 2.0
    model.faults = ["slow"]
    began = time.monotonic()
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert (wording.reason, turn.answer["text"].startswith(PLAIN)) == ("slow", True)
    assert wording.tokens_in > 100  # what was sent is spent, though the server never counted
    assert time.monotonic() - began < 60  # the server would have held it for two minutes


def test_a_provider_that_did_not_answer_is_left_alone_for_a_while(client, office, model):
    model.faults = ["429"]
    answered(client, office, "Apa itu inflasi?")
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert (wording.reason, turn.answer["text"].startswith(PLAIN), len(model.asked)) == ("resting", True, 1)


def test_the_next_provider_answers_when_the_first_does_not(client, office, model, settings, model_server):
    dead = provider_at("http://127.0.0.1:9/v1", name="HALOPST_MODEL")
    settings.MODELS = [dead, provider_at(model_server.address, name="HALOPST_MODEL_2", shape="schema")]
    model.replies = [says((GOOD, [1]))]
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert (turn.answer["text"], wording.verdict) == (GOOD, "passed")
    assert model.asked[0]["response_format"]["type"] == "json_schema"


def test_a_server_that_only_speaks_text_is_told_the_form_and_gemini_gets_no_tools(
    client, office, model, settings, model_server
):
    settings.MODELS = [provider_at(model_server.address, shape="prompt", kind="gemini")]
    model.replies = [says((GOOD, [1]))]
    _turn, wording = answered(client, office, "Apa itu inflasi?")

    assert wording.verdict == "passed"
    assert model.asked[0].get("tools", []) == []


def test_what_leads_to_a_person_never_leaves(client, office, model):
    publish(
        "Kontak survei", "Petugas survei inflasi: Dwi, 0812-3456-7890, dwi@contoh.id, NIK 3578012345678901."
    )
    answered(client, office, "NIK saya 3578012345678901, surel a@b.id, apa itu survei inflasi?")
    answered(client, office, "hubungi 0812 3456 7890, apa itu inflasi?")
    sent = json.dumps(model.asked, ensure_ascii=False)

    assert len(model.asked) == 2
    for secret in ("3578012345678901", "a@b.id", "dwi@contoh.id", "3456"):
        assert secret not in sent
    assert "[nomor identitas]" in sent
    assert told(model.asked[1])["percakapan_sebelumnya"][0]["pengunjung"].startswith("NIK saya [nomor")


@pytest.mark.parametrize(
    "question", ["Halo", "Berapa NIK responden bernama Budi?", "minta data mikro susenas"]
)
def test_what_rules_settle_no_model_is_asked(client, office, model, question):
    answered(client, office, question)

    assert model.asked == []


def test_a_spent_budget_means_the_plain_answer(client, office, model, settings):
    settings.MODEL_CALLS_PER_VISITOR = 1
    model.replies = [says((GOOD, [1]))]
    answered(client, office, "Apa itu inflasi?")
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert (turn.answer["text"].startswith(PLAIN), wording.verdict) == (True, "spent")
    assert len(model.asked) == 1


def test_with_scripts_the_plain_answer_comes_first_and_the_words_when_they_are_asked_for(
    client, office, model
):
    model.replies = [says((GOOD, [1]))]
    first = say(client, office, "Apa itu inflasi?", HX_Request="true").content.decode()
    turn = Turn.objects.get()
    address = reverse("assistant:word", args=[office.slug, turn.pk])
    assert (PLAIN in first.replace("&quot;", '"'), address in first, model.asked) == (True, True, [])

    second = client.post(address, headers={"HX-Request": "true"}).content.decode()
    assert (GOOD in second, 'data-susun="' in second) == (True, False)
    assert client.post(address).status_code == 200
    assert (len(model.asked), Wording.objects.get().state) == (1, "done")


def test_sentences_are_shown_as_they_pass_and_none_after_one_that_does_not(
    client, office, model, monkeypatch
):
    heard = []

    def hear(topic, *_event):
        heard.append((topic, Wording.objects.get().sentences))

    monkeypatch.setattr("halopst.assistant.services.wording.by_model.announce", hear)
    bad = "Inflasi Juni 2024 tercatat 31,5 persen."
    model.replies = [says((GOOD, [1]), (bad, [1]), (GOOD, [1])), says(known=False)]
    turn, _wording = answered(client, office, "Apa itu inflasi?")

    assert heard == [(f"aida:{turn.pk}", [GOOD]), (f"aida:{turn.pk}", [])]


@pytest.mark.parametrize("shape", ["tool", "schema"])
def test_what_a_model_left_unfinished_is_never_shown_and_the_next_one_begins_anew(
    client, office, model, model_server, settings, monkeypatch, shape
):
    heard = []
    monkeypatch.setattr(
        "halopst.assistant.services.wording.by_model.announce",
        lambda *_event: heard.append(Wording.objects.get().sentences),
    )
    two = "HALOPST_MODEL_2"
    settings.MODELS = [provider_at(model_server.address, shape=shape)]
    settings.MODELS += [provider_at(model_server.address, shape=shape, name=two)]
    settings.MODEL_SECONDS = 60.0
    monkeypatch.setattr("halopst.assistant.language_models.asking.SHARE", 0.1)
    model.faults = ["stall"]
    model.replies = [says((GOOD, [1]), (GOOD * 3, [1])), says((GOOD, [1]))]
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert (turn.answer["text"], wording.state) == (GOOD, "done")
    assert [one for one in heard if one not in ([], [GOOD])] == []


def test_nobody_else_hears_or_asks_for_the_words(client, office, model):
    say(client, office, "Apa itu inflasi?", HX_Request="true")
    turn = Turn.objects.get()
    assert client.get("/langsung/", {"topik": f"aida:{turn.pk}", "tiket": "x"}).status_code == 404

    client.cookies.clear()
    assert client.post(reverse("assistant:word", args=[office.slug, turn.pk])).status_code == 404
    assert model.asked == []


def test_a_forgotten_conversation_takes_its_words_along(client, office, model):
    turn, _wording = answered(client, office, "Apa itu inflasi?")
    turn.conversation.delete()

    assert not Wording.objects.exists()


def test_an_instruction_is_never_changed_under_its_name():
    """Answers name the version they were made with: another text is another file and another VERSION."""
    known = {"jawaban-1": "cd71376cb3da6d4d", "jawaban-2": "69de47d304dfbf36"}

    assert {one: hashlib.sha256(prompt(one).encode()).hexdigest()[:16] for one in VERSIONS} == known
