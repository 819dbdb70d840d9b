"""Orders hidden in documents and questions, and a model that obeys them all: nothing harmful is shown."""

import json
import tomllib
from pathlib import Path

import pytest

from halopst.assistant.language_models.prompt import prompt
from halopst.assistant.models import Turn
from halopst.assistant.rules.checking.sentences import check
from halopst.assistant.rules.checking.sources import Draft, Sentence, Source, SourceKind
from halopst.knowledge.rules.texts.prompt_injection import gives_orders
from halopst.knowledge.services import reindex
from tests.assistant.model_server import says
from tests.assistant.worded import INFLATION, answered, build_office, publish, say

FILE = Path(__file__).parent / "questions" / "injections.toml"
ATTEMPTS = tomllib.loads(FILE.read_text(encoding="utf-8"))["attempt"]
SOURCE = Source(number=1, kind=SourceKind.TEXT, title="Inflasi", text=INFLATION)


def test_there_are_enough_attempts_in_both_places_and_both_languages():
    assert len(ATTEMPTS) >= 25
    assert {one["where"] for one in ATTEMPTS} == {"document", "question"}
    assert sum(gives_orders(one["text"]) for one in ATTEMPTS) >= 6


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda one: one["text"][:40])
def test_what_an_obeying_model_writes_is_refused_or_harmless(attempt):
    sentence = Sentence(attempt["obeyed"], tuple(attempt.get("cites", [1])))
    shown = " ".join(one.text for one in check(Draft((sentence,), known=True), [SOURCE], prompt()).sentences)

    assert attempt["harm"] not in shown


@pytest.mark.django_db
def test_no_attempt_reaches_a_visitor(client, model):
    """What is looked at is the model's words: a plain answer quotes a text as its office published it."""
    office = build_office()
    poisoned = publish("Inflasi dan harga", INFLATION)
    reached = {}
    for attempt in ATTEMPTS:
        in_text = attempt["where"] == "document"
        poisoned.text = f"{INFLATION} {attempt['text']}" if in_text else INFLATION
        poisoned.save()
        reindex([poisoned])
        model.replies = [says((attempt["obeyed"], attempt.get("cites", [1])))]
        turn, _wording = answered(client, office, "Apa itu inflasi?" if in_text else attempt["text"][:500])
        said = json.dumps(turn.answer["sentences"], ensure_ascii=False)
        if attempt["harm"] in said:
            reached[attempt["text"]] = said

    assert reached == {}
    assert model.asked != []


@pytest.mark.django_db
def test_the_control_shows_that_an_obeying_model_is_shown_when_nothing_checks(client, model, monkeypatch):
    monkeypatch.setattr("halopst.assistant.rules.checking.sentences.flaw", lambda *_given: None)
    office = build_office()
    model.replies = [says(("Inflasi Juni 2024 adalah 99,9 persen.", [1]))]

    say(client, office, "Apa itu inflasi?")
    assert "99,9 persen" in Turn.objects.get().answer["text"]


@pytest.mark.django_db
def test_words_of_a_model_are_escaped(client, model):
    office = build_office()
    model.replies = [says(("Inflasi adalah kenaikan harga secara umum &lt;b&gt; & terus-menerus < >.", [1]))]
    page = say(client, office, "Apa itu inflasi?").content.decode()

    assert "umum &amp;lt;b&amp;gt; &amp; terus-menerus" in page
