"""What a visitor says of an answer over WhatsApp: a thumb or a word, once asked why; a question stays one."""

import pytest
from django.utils import timezone

from halopst.accounts.actors import actor_for
from halopst.assistant import services
from halopst.assistant.models import Conversation, Turn
from halopst.assistant.rules.conversation.feedback import Complaint, complaint, opinion
from halopst.cases.models import Case
from halopst.cases.services import reply
from halopst.notifications.models import Inbound
from tests.accounts.factories import MembershipFactory

pytestmark = pytest.mark.django_db
QUESTION = "Apa itu inflasi?"
REASONS = ["off", "slot", "old", "unclear", "other"]


@pytest.fixture
def answer(listening_office, write, cloud):
    """The provider's id of an answer that was given."""
    write(QUESTION)
    return cloud.accepted[-1]["wamid"]


def judged():
    return list(Turn.objects.values_list("verdict", "reason", "remark"))


def test_a_thumb_down_is_asked_why_once_and_a_digit_with_a_remark_is_the_reason(answer, react, write):
    (asked,) = react("👎🏽", to=answer)
    assert asked.splitlines()[1:] == [
        "1. Tidak menjawab pertanyaan",
        "2. Wilayah atau waktunya lain",
        "3. Sudah lama",
        "4. Sulit dipahami",
        "5. Lainnya",
    ]
    (thanks,) = write("2, yang saya tanyakan Malang, surel dwi@contoh.id")

    assert thanks == "Terima kasih. Alasan Anda membantu kami memperbaiki jawaban."
    assert judged() == [("wrong", "slot", "yang saya tanyakan Malang, surel [surel]")]
    assert react("👎", to=answer) == []
    assert judged()[0][1] == "slot"
    assert Conversation.objects.get().asked_why is None
    assert set(Inbound.objects.values_list("text", "refers_to")) == {("", "")}


def test_a_word_judges_the_last_answer_and_a_question_instead_of_a_reason_is_answered(answer, write):
    assert write("Kurang tepat")[0].startswith("Penilaian Anda tercatat. Apa yang kurang tepat?")
    (said,) = write(QUESTION)

    assert "kenaikan harga" in said
    assert judged() == [("wrong", "", ""), ("", "", "")]
    assert "kenaikan harga" not in write("2")[0]  # no reason any more, and no option of the answer
    assert judged()[0] == ("wrong", "", "")


def test_an_answer_that_is_quoted_is_the_one_that_is_judged(answer, write):
    write("Apa itu deflasi?")
    assert write("membantu", quotes=answer) == ["Penilaian Anda tercatat. Terima kasih."]

    assert [verdict for verdict, *_rest in judged()] == ["helped", ""]


def test_a_thumb_up_is_heeded_in_silence_and_can_be_taken_back(answer, react, cloud):
    assert react("👍", to=answer) == []
    assert judged() == [("helped", "", "")]
    assert react("", to=answer) == []
    assert react("🎉", to=answer) == []
    assert react("👎", to="wamid.unknown") == []
    assert judged() == [("", "", "")]
    assert len(cloud.accepted) == 1


def test_the_same_reaction_told_twice_is_heeded_once(answer, react, cloud):
    react("👎", to=answer)
    write_again = Inbound.objects.get(kind="reaction")
    services.hear(write_again.pk, now=timezone.now())

    assert judged() == [("wrong", "", "")]
    assert len(cloud.accepted) == 2


def test_hapus_forgets_an_answer_whose_reason_was_asked(answer, write):
    write("tidak membantu")
    assert Conversation.objects.get().asked_why is not None
    write("HAPUS")

    assert not Conversation.objects.exists()
    assert not Turn.objects.exists()


def test_while_a_request_is_open_a_sign_is_kept_and_nothing_is_asked(answer, react, write, run_jobs, cloud):
    officer = MembershipFactory(unit=Conversation.objects.get().unit, role="petugas").user
    write("petugas")
    assert react("👎", to=answer) == []
    assert judged()[0] == ("wrong", "", "")

    case = Case.objects.get()
    reply(actor_for(officer), case, body="Sudah kami jawab.", now=timezone.now())
    run_jobs()
    assert react("👍", to=cloud.accepted[-1]["wamid"]) == []
    assert case.messages.last().body == "👍"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("👎", "wrong"),
        ("👍🏿", "helped"),
        (" Tidak  membantu. ", "wrong"),
        ("MEMBANTU", "helped"),
        ("tidak", None),
        ("bantuan apa saja yang membantu warga", None),
        ("❤️", None),
    ],
)
def test_a_message_is_an_opinion_only_if_it_says_nothing_else(said, meant):
    assert opinion(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2", Complaint("slot", "")),
        ("no. 3", Complaint("old", "")),
        ("5. tautannya tidak terbuka", Complaint("other", "tautannya tidak terbuka")),
        ("2 yang saya tanyakan Malang", Complaint("slot", "yang saya tanyakan Malang")),
        ("Sulit dipahami", Complaint("unclear", "")),
        ("data lama", Complaint("old", "")),
        (
            "jawabannya tidak nyambung sama sekali",
            Complaint("other", "jawabannya tidak nyambung sama sekali"),
        ),
        ("6", None),
        ("angkanya salah", Complaint("other", "angkanya salah")),
        ("5 kabupaten termiskin di Jawa Timur", None),
        ("2. berapa IPM Malang", None),
        ("IPM Malang 2024", None),
        ("penduduk yang tidak sekolah", None),
        ("salah satu kabupaten termiskin", None),
        ("kalau datanya Sidoarjo", None),
        ("jawabannya salah, yang benar berapa?", None),
    ],
)
def test_a_complaint_is_told_from_the_next_question(said, meant):
    assert complaint(said, REASONS) == meant
