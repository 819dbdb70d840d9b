"""Programs of an office: what was asked and kept, its test of AIDA, where she speaks, help with replies."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from halopst.assistant.models import Awaiting, Conversation, EvaluationQuestion, OfficeChannels, Proposal
from halopst.assistant.queries.channels import channels_of
from halopst.audit.models import Entry
from halopst.knowledge.services import reindex
from halopst.satisfaction.reference import load_instrument
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.assistant.factories import (
    NOW,
    EvaluationQuestionFactory,
    QuestionGroupFactory,
    TurnFactory,
    asked_in_vain,
)
from tests.cases.factories import CaseFactory, MessageFactory
from tests.knowledge.factories import DocumentFactory
from tests.programs import sender

pytestmark = pytest.mark.django_db
BASE = "/api/v1/assistant"
MEANING = "Inflasi adalah kenaikan harga secara umum dan terus-menerus. Kebalikannya deflasi."


@pytest.fixture
def unit(client):
    membership = MembershipFactory(role="admin")
    client.force_login(membership.user)
    return membership.unit


@pytest.fixture
def sends(client):
    return sender(client, BASE)


def test_a_group_is_read_set_aside_and_reopened(client, unit, sends):
    group = QuestionGroupFactory(unit=unit)
    turn = asked_in_vain(unit, group=group)
    path = f"/questions/{group.pk}"

    shown = client.get(f"{BASE}{path}").json()
    assert [(one["id"], one["question"], one["outcome"]) for one in shown["questions"]] == [
        (turn.pk, turn.question, "unknown")
    ]
    early = sends("post", f"{path}/reopen")
    assert (early.status_code, early.json()["type"]) == (409, "urn:halopst:not-set-aside")
    sends("post", f"{path}/set-aside", {"note": "Bukan urusan kami."})
    assert client.get(f"{BASE}{path}").json()["note"] == "Bukan urusan kami."

    reopened = sends("post", f"{path}/reopen").json()

    assert (reopened["state"], reopened["note"]) == ("open", "")


def test_a_group_lists_what_was_drafted_for_it(client, unit, sends):
    group = QuestionGroupFactory(unit=unit)
    asked_in_vain(unit, group=group)
    made = sends(
        "post", f"/questions/{group.pk}/drafts", {"kind": "faq", "text": "Setiap awal bulan."}
    ).json()

    (remedy,) = client.get(f"{BASE}/questions/{group.pk}").json()["remedies"]

    assert (remedy["kind"], remedy["id"], remedy["tried_at"]) == ("faq", made["id"], None)


def test_kept_conversations_are_read_and_put_right_and_others_are_not_there(client, unit, sends):
    turn, silent = asked_in_vain(unit), asked_in_vain(unit)
    Conversation.objects.filter(pk=silent.conversation_id).update(kept=False)
    elsewhere = TurnFactory()
    path = f"/units/{unit.slug}/kept-conversations"

    (row,) = client.get(f"{BASE}{path}").json()
    assert (row["id"], row["begins"], row["unanswered"]) == (turn.conversation_id, turn.question, 1)
    assert client.get(f"{BASE}{path}", {"before": row["id"]}).json() == []
    for other in (silent, elsewhere):
        assert client.get(f"{BASE}{path}/{other.conversation_id}").status_code == 404
        answer = sends("post", f"/units/{unit.slug}/kept-turns/{other.pk}/corrections", {"text": "Begini."})
        assert answer.status_code == 404
    empty = sends("post", f"/units/{unit.slug}/kept-turns/{turn.pk}/corrections", {"text": "  "})
    assert (empty.status_code, empty.json()["errors"][0]["at"]) == (422, ["body", "text"])
    sends("post", f"/units/{unit.slug}/kept-turns/{turn.pk}/corrections", {"text": "Yang benar 84,69."})

    shown = client.get(f"{BASE}{path}/{turn.conversation_id}").json()["turns"][0]

    assert [one["text"] for one in shown["corrections"]] == ["Yang benar 84,69."]
    assert Entry.objects.filter(action="assistant.corrected").count() == 1


def test_the_asker_lets_a_conversation_be_kept_and_waits_for_its_answer(client, sends):
    turn = asked_in_vain(MembershipFactory().unit)
    held = {"conversation": turn.conversation.secret}
    sends("put", "/conversations/kept", {**held, "kept": False})
    client.force_login(UserFactory())
    early = sends("post", f"/conversations/turns/{turn.pk}/wait", held)
    assert (early.status_code, early.json()["type"]) == (409, "urn:halopst:not-kept")

    sends("put", "/conversations/kept", {**held, "kept": True})

    assert sends("post", f"/conversations/turns/{turn.pk}/wait", held).status_code == 204
    assert Awaiting.objects.count() == 1
    assert sends("put", "/conversations/kept", {"conversation": "lain", "kept": True}).status_code == 404


def test_the_questions_of_the_test_are_written_changed_and_removed(client, unit, sends):
    path = f"/units/{unit.slug}/exam"
    given = {"question": "IPM 2024", "expects": "figure", "expected": ["IPM@3578@2024"], "before": ["Halo"]}
    made = sends("post", path, given)
    one = made.json()
    assert (made.status_code, one["expected"], one["before"], one["language"]) == (
        201, ["IPM@3578@2024"], ["Halo"], "id",
    )  # fmt: skip
    assert sends("post", path, given).json()["type"] == "urn:halopst:asked-already"
    cell = sends("put", f"{path}/{one['id']}", {**given, "expected": ["IPM 2024"]})
    assert (cell.status_code, cell.json()["type"]) == (422, "urn:halopst:bad-cell")
    changed = sends("put", f"{path}/{one['id']}", {**given, "expects": "refuse", "expected": []})
    assert [row["expects"] for row in client.get(f"{BASE}{path}").json()] == ["refuse"]
    assert changed.json()["id"] == one["id"]

    assert sends("delete", f"{path}/{one['id']}").status_code == 204
    assert not EvaluationQuestion.objects.exists()


def test_a_file_of_questions_goes_out_as_it_came_in_and_bad_lines_are_named(client, unit):
    lines = [{"question": "IPM 2024", "expects": "refuse"}, {"question": "TPT 2024", "expects": "entah"}]
    sent = "\n".join(map(json.dumps, lines)).encode()
    path = f"{BASE}/units/{unit.slug}/exam-file"

    taken = client.post(
        path,
        {"file": SimpleUploadedFile("soal.jsonl", sent)},
        headers={"Idempotency-Key": "kunci-soal-uji", "Accept-Language": "id"},
    ).json()
    out = client.get(path)

    assert (taken["added"], taken["bad"], taken["faults"][0]["line"]) == (1, 1, 2)
    assert json.loads(out.content) == lines[0]
    nothing = client.post(path, {}, headers={"Idempotency-Key": "kunci-soal-lain", "Accept-Language": "id"})
    assert nothing.json()["errors"] == [{"at": ["body", "file"], "problem": "Pilih satu berkas dulu."}]


def test_another_offices_question_is_not_there(unit, sends):
    other = EvaluationQuestionFactory()

    assert sends("delete", f"/units/{unit.slug}/exam/{other.pk}").status_code == 404


def test_an_office_says_where_else_aida_speaks(client, unit, sends):
    path = f"/units/{unit.slug}/channels"
    assert client.get(f"{BASE}{path}").json() == {"whatsapp": False, "origins": []}
    odd = sends("put", path, {"whatsapp": True, "origins": ["http://situs.example"]})
    assert (odd.status_code, odd.json()["errors"][0]["at"]) == (422, ["body", "origins"])
    assert not OfficeChannels.objects.exists()

    said = sends("put", path, {"whatsapp": False, "origins": ["https://Situs.example/beranda"]}).json()

    assert said == {"whatsapp": False, "origins": ["https://situs.example"]}
    assert channels_of(unit).origins == ["https://situs.example"]


@pytest.fixture
def case(client):
    load_instrument()  # the daily summary counts what happens to a request
    officer = MembershipFactory(role="petugas")
    client.force_login(officer.user)
    reindex([DocumentFactory(unit=None, state="published", title="Inflasi", text=MEANING)])
    made = CaseFactory(unit=officer.unit, subject="Arti inflasi")
    MessageFactory(case=made, body="Apa itu inflasi?")
    return made


def test_a_reply_is_proposed_and_put_away_and_nothing_is_sent(client, case, sends):
    path = f"/cases/{case.number}/proposal"
    assert client.get(f"{BASE}{path}").status_code == 404

    made = sends("post", path, {"typed": "Selamat pagi."})
    one = made.json()

    assert (made.status_code, one["known"], [cited["title"] for cited in one["citations"]]) == (
        201, True, ["Inflasi"],
    )  # fmt: skip
    assert one["words"] == f"Selamat pagi.\n\n{one['text']}"
    assert client.get(f"{BASE}{path}").json()["text"] == one["text"]
    assert sends("post", f"{path}/dismiss", {"typed": one["words"]}).status_code == 204
    assert (Proposal.objects.get().outcome, Proposal.objects.get().typed) == ("dismissed", "Selamat pagi.")
    assert case.messages.count() == 1


def test_a_finished_request_becomes_an_answer_for_everyone_in_other_words(case, sends):
    path = f"/cases/{case.number}/public-answer"
    given = {"question": "Bagaimana harga naik diukur?", "answer": "Dengan indeks harga konsumen."}
    early = sends("post", path, given)
    assert (early.status_code, early.json()["type"]) == (409, "urn:halopst:not-finished")
    type(case).objects.filter(pk=case.pk).update(state="finished", finished_at=NOW)
    theirs = sends("post", path, {**given, "answer": f"Namanya {case.visitor.name}."})
    assert (theirs.status_code, theirs.json()["type"]) == (422, "urn:halopst:names-visitor")

    made = sends("post", path, given)

    assert made.status_code == 201
    assert sends("post", path, given).json()["type"] == "urn:halopst:already-public"
