"""Programs that talk with AIDA: questions that go on, thumbs, and the way to people."""

import pytest

from halopst.assistant.models import Conversation, Turn
from halopst.cases.models import Case
from halopst.core.models import IdempotencyKey
from halopst.knowledge.services import reindex
from halopst.units.reference import load_services
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.assistant.factories import TurnFactory
from tests.knowledge.factories import DocumentFactory
from tests.programs import sender
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
BASE = "/api/v1/assistant"


@pytest.fixture
def office():
    load_services()
    text = "Inflasi adalah kenaikan harga secara umum dan terus-menerus. Kebalikannya deflasi."
    reindex([DocumentFactory(unit=None, state="published", title="Inflasi", text=text)])
    return UnitFactory(slug="surabayakota", kind="kota", region="Kota Surabaya")


@pytest.fixture
def sends(client):
    given = sender(client, BASE)
    return lambda verb, path, **body: given(verb, path, body)


@pytest.fixture
def begun(sends, office):
    return sends("post", f"/units/{office.slug}/conversations", question="Apa itu inflasi?").json()


def test_a_conversation_goes_on_from_what_was_asked_before(sends, begun):
    after = sends("post", "/conversations/turns", conversation=begun["conversation"], question="Deflasi?")

    assert begun["answer"]["known"]
    assert (after.status_code, after.json()["conversation"]) == (201, begun["conversation"])
    assert Turn.objects.values_list("conversation__channel", "conversation__kept").distinct().get() == (
        "api", False,
    )  # fmt: skip


def test_what_is_said_is_kept_nowhere_beside_the_conversation(sends, begun):
    """A key's row would keep the secret and the answer for seven days, where one day was promised."""
    held = {"conversation": begun["conversation"]}
    sends("post", "/conversations/turns", **held, question="Deflasi?")
    sends("put", f"/conversations/turns/{begun['id']}/verdict", **held, verdict="wrong")
    sends("put", f"/conversations/turns/{begun['id']}/reason", **held, reason="old")

    assert Turn.objects.count() == 2
    assert not IdempotencyKey.objects.exists()


def test_a_verdict_is_what_was_said_last_however_often_it_is_sent(sends, begun):
    path, held = f"/conversations/turns/{begun['id']}", {"conversation": begun["conversation"]}
    early = sends("put", f"{path}/reason", **held, reason="old")
    assert (early.status_code, early.json()["type"]) == (409, "urn:halopst:not-called-wrong")

    sends("put", f"{path}/verdict", **held, verdict="wrong")
    said = sends("put", f"{path}/reason", **held, reason="old", remark="Hubungi dwi@contoh.id").json()
    assert (said["verdict"], said["reason"], said["remark"]) == ("wrong", "old", "Hubungi [surel]")
    again = sends("put", f"{path}/verdict", **held, verdict="wrong").json()
    assert (again["verdict"], again["reason"]) == ("wrong", "old")
    helped = sends("put", f"{path}/verdict", **held, verdict="helped").json()
    assert (helped["verdict"], helped["reason"], helped["remark"]) == ("helped", "", "")
    assert sends("put", f"{path}/verdict", **held, verdict="").json()["verdict"] == ""


def test_an_unknown_verdict_is_refused_with_the_list_of_verdicts(sends, begun):
    held = {"conversation": begun["conversation"], "verdict": "bagus"}
    (error,) = sends("put", f"/conversations/turns/{begun['id']}/verdict", **held).json()["errors"]

    assert error["problem"] == 'verdict harus salah satu dari: helped, wrong, "".'


def test_who_does_not_hold_the_secret_finds_nothing(sends, begun):
    foreign = TurnFactory()
    for held, pk in (("x", begun["id"]), (begun["conversation"], foreign.pk)):
        judged = sends("put", f"/conversations/turns/{pk}/verdict", conversation=held, verdict="wrong")
        assert (judged.status_code, judged.json()["type"]) == (404, "urn:halopst:not-found")

    assert set(Turn.objects.values_list("verdict", flat=True)) == {""}


@pytest.mark.parametrize(
    ("question", "said"), [("  ", "Tulis pertanyaan Anda dulu."), ("a" * 501, "paling panjang 500 karakter")]
)
def test_an_empty_or_oversized_question_begins_no_conversation(sends, office, question, said):
    answer = sends("post", f"/units/{office.slug}/conversations", question=question)

    assert (answer.status_code, answer.json()["errors"][0]["at"]) == (422, ["body", "question"])
    assert said in answer.json()["errors"][0]["problem"]
    assert not Conversation.objects.exists()


def test_who_asks_too_often_is_told_when_to_come_back(sends, office, settings):
    settings.ASKS_PER_MINUTE = 1
    path, asked = f"/units/{office.slug}/conversations", {"question": "Apa itu inflasi?"}
    answers = [sends("post", path, **asked) for _time in range(3)]  # a minute may begin between two of them

    refused = [one for one in answers if one.status_code == 429]
    assert {one.headers["Retry-After"] for one in refused} == {"60"}
    assert Conversation.objects.count() == len(answers) - len(refused)


def test_it_is_handed_once_to_the_officer_who_is_there(client, sends, begun, office):
    refused = sends("post", "/conversations/hand-over", conversation=begun["conversation"])
    assert refused.status_code == 401
    officer = MembershipFactory(unit=office, role="petugas").user
    visitor = UserFactory()
    client.force_login(visitor)

    given = sends("post", "/conversations/hand-over", conversation=begun["conversation"])
    case = Case.objects.get()
    assert (given.status_code, case.visitor) == (201, visitor)
    assert given.json() == {"number": case.number, "officer": str(officer), "waits_for": 0}
    again = sends("post", "/conversations/hand-over", conversation=begun["conversation"])
    assert (again.status_code, again.json()["type"]) == (409, "urn:halopst:already-handed-over")


def test_who_let_the_office_read_it_may_be_told_of_an_answer_later(client, sends, office):
    client.force_login(UserFactory())
    path = f"/units/{office.slug}/conversations"
    begun = sends("post", path, question="Berapa jumlah unta di Sampang?", kept=True).json()

    given = sends("post", "/conversations/hand-over", conversation=begun["conversation"], tell_me=True)

    assert (begun["answer"]["known"], given.json()["waits_for"]) == (False, 1)
