"""Where no text is sure, those that come nearest are quoted as just that. Over the set of articles."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from halopst.assistant.models import Turn
from halopst.assistant.services import ask, begin, say
from halopst.assistant.services.answering.quoting import MOST_NEAR
from halopst.assistant.services.casework.proposing import is_proposable
from halopst.assistant.services.conversation.whatsapp_texts import answer_text
from halopst.core.actors import ANONYMOUS, SYSTEM
from halopst.knowledge import services as knowledge
from tests.units.factories import HeadOfficeFactory, UnitFactory

ARTICLES = Path(__file__).parents[1] / "knowledge" / "questions" / "articles"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LIKELY, ITS_TEXT = "Mengapa Amerika Serikat ikut Perang Vietnam?", "perang-vietnam-2"
LEAD = "Saya belum menemukan jawaban yang pasti."

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    HeadOfficeFactory()
    with (ARTICLES / "passages.jsonl").open("rb") as lines:
        knowledge.import_lines(SYSTEM, lines, now=NOW, progress=lambda _report: None)


@pytest.fixture
def turn(articles):
    office = UnitFactory()
    return say(ANONYMOUS, begin(office, kept=True, now=NOW), question=LIKELY, client="", now=NOW)


def answer_to(question):
    return ask(ANONYMOUS, question=question, unit=None, client="", now=NOW)


def test_the_nearest_texts_are_quoted_and_said_to_be_no_sure_answer(articles):
    answer = answer_to(LIKELY)

    assert (answer.known, answer.tentative) == (True, True)
    assert answer.text.startswith(LEAD)
    assert 1 < len(answer.citations) <= MOST_NEAR
    assert ITS_TEXT in [one.external_id for one in answer.citations]
    lead, *quotes = answer.parts
    assert lead == {"text": answer.text.split("\n\n")[0], "cites": []}
    assert [one["cites"] for one in quotes] == [[at] for at in range(len(answer.citations))]
    assert all(one.text in quote["text"] for one, quote in zip(answer.citations, quotes, strict=True))


def test_enough_questions_are_answered_rightly_and_those_without_an_answer_refused(articles):
    """The goals: 0.6 answered, 0.95 of the answers with the right text, 0.9 of the others refused."""
    asked = [json.loads(line) for line in (ARTICLES / "questions.jsonl").read_text().splitlines()]
    told = [(one["answer"], answer_to(one["question"])) for one in asked]
    answers = [(right, answer) for right, answer in told if right and answer.known]
    cited = [right in [one.external_id for one in answer.citations] for right, answer in answers]
    refused = [not answer.known for right, answer in told if not right]

    assert len(answers) / sum(1 for right, _answer in told if right) >= 0.6
    assert sum(cited) / len(cited) >= 0.95
    assert sum(refused) / len(refused) >= 0.9


def test_a_question_answered_by_the_nearest_texts_still_needs_a_remedy(turn):
    assert (turn.known, turn.is_sure, turn.outcome) == (True, False, Turn.Outcome.UNKNOWN)
    assert Turn.objects.wanting().get() == turn
    Turn.objects.filter(pk=turn.pk).update(verdict=Turn.Verdict.HELPED)
    assert not Turn.objects.wanting().exists()


def test_the_nearest_texts_are_not_proposed_as_an_officers_reply(articles):
    assert not is_proposable(answer_to(LIKELY))


def test_an_officer_is_offered_beside_the_nearest_texts(client, turn):
    assert "Balas PETUGAS" in answer_text(turn, turn.conversation, is_first=False)
    page = client.post(
        f"/aida/{turn.conversation.unit.slug}/", {"question": LIKELY}, follow=True
    ).content.decode()
    assert LEAD in page
    assert "Petugas dapat membantu" in page
    assert "Perlu penjelasan lebih dalam?" not in page


def test_programs_are_told_that_it_is_not_sure(client, articles):
    for question, told in ((LIKELY, (True, True)), ("Apa itu Perang Vietnam?", (True, False))):
        said = client.post(
            "/api/v1/assistant/ask", {"question": question}, content_type="application/json"
        ).json()
        assert (said["known"], said["tentative"]) == told
