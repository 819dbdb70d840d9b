"""AIDA over WhatsApp: one way in, one answer for each message, and a person at the end when one is wanted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from halopst.accounts.actors import actor_for
from halopst.accounts.models import User
from halopst.assistant import services
from halopst.assistant.models import Allowance, Conversation, Heard, Turn
from halopst.assistant.rules.conversation.whatsapp_commands import (
    LONGEST_MESSAGE,
    Command,
    choice,
    command,
    fitted,
)
from halopst.assistant.services.conversation.whatsapp_answers import sender_key
from halopst.assistant.services.conversation.whatsapp_texts import answer_text
from halopst.cases.models import Case
from halopst.cases.services import finish, open_case, reply
from halopst.notifications.models import Contact, Delivery, Inbound, Notice
from halopst.notifications.services import Recipient, opt_in, tell_alone
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.assistant.factories import ConversationFactory, HeardFactory, OfficeChannelsFactory, TurnFactory
from tests.assistant.model_server import says
from tests.assistant.worded import put_to_use
from tests.notifications.cloud_api import call, sign, text
from tests.notifications.factories import ContactFactory

pytestmark = pytest.mark.django_db
PHONE = "6281234567890"
QUESTION = "Apa itu inflasi?"
TRAIN = "Berapa harga tiket kereta ke Bandung?"


@pytest.fixture
def office(listening_office):
    return listening_office


def test_a_question_is_answered_once_with_its_source_and_what_is_kept_of_it(office, write, cloud):
    (answer,) = write(QUESTION)

    assert answer.startswith("Inflasi: “Inflasi adalah kenaikan harga secara umum")
    assert "Sumber:\n1. Inflasi, http" in answer
    assert "Saya AIDA, asisten otomatis BPS Pusat" in answer
    assert "HAPUS untuk menghapusnya sekarang" in answer
    (second,) = write("Apa itu deflasi?")
    assert "Saya AIDA" not in second
    conversation = Conversation.objects.get()
    assert (conversation.channel, conversation.kept, conversation.turns.count()) == ("whatsapp", False, 2)
    assert not Case.objects.exists()


def test_whose_conversation_it_is_cannot_be_read_from_what_is_stored(office, write):
    write("NIK 3578012345678901, apa itu inflasi?")

    conversation = Conversation.objects.get()
    assert PHONE not in str(vars(conversation))
    assert len(conversation.sender) == 32
    assert Turn.objects.get().question == "NIK [nomor identitas], apa itu inflasi?"
    assert Inbound.objects.get().text == ""
    assert {field.name for field in Heard._meta.get_fields()} == {"id", "inbound", "outcome", "reply", "key"}
    assert Heard.objects.get().reply == ""
    notice = Notice.objects.get()
    assert (notice.unit, notice.user, notice.kind) == (None, None, "assistant.answer")


def test_the_same_message_five_times_and_in_another_batch_is_answered_once(office, webhook, cloud):
    first = text(QUESTION, wamid="wamid.1", at=timezone.now() - timedelta(seconds=9))
    second = text("Terima kasih", wamid="wamid.2", at=timezone.now() - timedelta(seconds=5))
    for _time in range(5):
        webhook(call(messages=[second, first]))
    webhook(call(messages=[first]))
    services.hear(Inbound.objects.first().pk, now=timezone.now())

    assert [turn.question for turn in Turn.objects.all()] == [QUESTION, "Terima kasih"]
    assert len(cloud.accepted) == 2


def test_messages_that_came_in_the_wrong_order_are_answered_in_the_right_one(office, client, cloud, run_jobs):
    for words, ago in (("Terima kasih", 3), (QUESTION, 8)):
        body = call(messages=[text(words, wamid=f"wamid.{ago}", at=timezone.now() - timedelta(seconds=ago))])
        client.post(
            "/pemberitahuan/whatsapp/webhook/",
            body,
            content_type="application/json",
            headers={"X-Hub-Signature-256": sign(body)},
        )
    run_jobs()

    assert [turn.question for turn in Turn.objects.all()] == [QUESTION, "Terima kasih"]
    assert Heard.objects.filter(outcome="answered").count() == 2


def test_what_a_lost_worker_left_unsaid_is_said_once(office, cloud, run_jobs):
    contact = ContactFactory(phone=PHONE, last_inbound_at=timezone.now())
    message = HeardFactory(inbound__contact=contact, reply="Inflasi naik.", key="aida.answer:1").inbound_id
    for _time in range(2):
        services.hear(message, now=timezone.now())
    run_jobs()

    assert [sent["text"]["body"] for sent in cloud.accepted] == ["Inflasi naik."]
    assert Heard.objects.get().reply == ""


def test_where_a_model_is_set_up_its_checked_words_go_out(office, write, model, settings):
    settings.MODEL_SECONDS = 30.0
    put_to_use()
    model.replies = [says(("Inflasi adalah kenaikan harga secara umum.", [1]))]

    (said,) = write(QUESTION)
    assert said.startswith("Inflasi adalah kenaikan harga secara umum.\n\nSumber:")
    assert "dikirim ke model bahasa model-uji" in said


def test_nobody_is_answered_where_the_office_has_not_switched_it_on(office, write):
    office.aida_channels.delete()

    assert write(QUESTION) == []
    assert not Conversation.objects.exists()
    assert Inbound.objects.get().text == QUESTION


def test_an_ambiguous_question_is_asked_back_by_number(office, write):
    conversation = ConversationFactory(
        unit=office, channel="whatsapp", sender="x" * 32, last_at=timezone.now()
    )
    asked = {"kind": "question", "title": "Deflasi", "url": "Apa itu inflasi?"}
    answer = {"text": "Yang mana?", "citations": [], "suggestions": [asked, asked | {"title": "Inflasi"}]}
    turn = TurnFactory(conversation=conversation, answer=answer, known=False)
    assert answer_text(turn, conversation, is_first=False) == (
        "Yang mana?\n\nBalas dengan angkanya:\n1. Deflasi\n2. Inflasi"
    )
    write("Halo")
    Conversation.objects.exclude(pk=conversation.pk).delete()
    Conversation.objects.update(sender=services.sender_key(Contact.objects.get()))

    (wrong,) = write("3")
    assert wrong.startswith("Angka itu tidak ada di pilihan.\n\nBalas dengan angkanya:")
    (right,) = write("no. 2")
    assert "kenaikan harga secara umum" in right
    assert Turn.objects.last().question == QUESTION


def test_a_message_may_name_the_office_it_is_for_and_the_next_one_stays_there(office, write):
    other = OfficeChannelsFactory(unit__slug="kota", whatsapp=True).unit
    OfficeChannelsFactory(unit__slug="tertutup", whatsapp=False)
    write(QUESTION)
    assert f"asisten otomatis {other.name}" in write("Halo #kota")[0]
    write(QUESTION)
    write(f"{QUESTION} #skripsi")

    asked = Turn.objects.values_list("conversation__unit", "question")
    assert list(asked) == [
        (office.pk, QUESTION),
        (other.pk, "Halo"),
        (other.pk, QUESTION),
        (other.pk, f"{QUESTION} #skripsi"),
    ]


@pytest.mark.parametrize(
    "words", ["#surabayakta Apa itu inflasi?", "Halo #surabayakta", "PETUGAS #surabayakta."]
)
def test_an_office_nobody_has_is_told_and_not_taken_for_a_question(office, write, words):
    named = {"unit__slug": "surabayakota", "unit__name": "BPS Kota Surabaya", "unit__region": "Kota Surabaya"}
    near = OfficeChannelsFactory(**named, whatsapp=True).unit
    (said,) = write(words)

    assert said.startswith(
        "Tidak ada kantor dengan alamat pendek #surabayakta. "
        "Mungkin maksud Anda #surabayakota (BPS Kota Surabaya)."
    )
    assert f"tanpa # supaya dijawab {office.name}." in said
    assert not Turn.objects.exists()
    assert not Case.objects.exists()
    write("#surabayakota, apa itu inflasi?")
    assert Turn.objects.get().conversation.unit == near


def test_an_office_that_does_not_listen_is_told_and_nobody_answers_for_it(office, write):
    OfficeChannelsFactory(unit__slug="tertutup", unit__name="BPS Kota Tutup", whatsapp=False)
    for words in (f"#tertutup {QUESTION}", f"{QUESTION} #tertutup", "Halo #tertutup"):
        (said,) = write(words)
        assert said.startswith("BPS Kota Tutup belum menjawab lewat WhatsApp. Tanyakan di halamannya, http")
        assert "/aida/tertutup/, atau kirim lagi tanpa #tertutup" in said
    assert not Turn.objects.exists()


def test_consent_is_given_and_taken_back_by_a_word(office, write):
    write(QUESTION)
    assert "simpan tanpa nama" in write("Ya")[0]
    assert Conversation.objects.get().kept is True
    assert "tidak kami simpan" in write("tidak.")[0]
    assert Conversation.objects.get().kept is False
    assert Turn.objects.count() == 1


def test_hapus_forgets_the_conversation_and_the_answers(office, write):
    write(QUESTION)
    (said,) = write("HAPUS")

    assert said.startswith("Percakapan Anda dengan AIDA sudah dihapus.")
    assert not Conversation.objects.exists()
    assert [notice.body for notice in Notice.objects.all()] == [said]
    assert set(Inbound.objects.values_list("text", flat=True)) == {""}


def test_petugas_makes_it_a_request_and_the_officers_reply_comes_back(office, write, cloud, run_jobs):
    officer = MembershipFactory(unit=office, role="petugas", user__name="Cak Arif").user
    write(TRAIN)
    received = write("petugas")

    case = Case.objects.get()
    assert (case.channel, case.subject, case.unit, str(case.visitor)) == ("whatsapp", TRAIN, office, "Laras")
    assert (case.visitor.mail, case.visitor.phone, case.visitor.has_usable_password()) == ("", PHONE, False)
    assert Conversation.objects.get().case == case
    assert len(received) == 1
    assert case.number in received[0]

    reply(actor_for(officer), case, body="Harga tiket ada di situs KAI.", now=timezone.now())
    run_jobs()
    sent = cloud.accepted[-1]
    assert sent["to"] == PHONE
    assert sent["text"]["body"].startswith("Harga tiket ada di situs KAI.\n\nCak Arif, BPS Pusat.")

    assert write("Terima kasih, Cak") == []
    assert case.messages.last().body == "Terima kasih, Cak"
    assert (case.messages.last().channel, case.messages.last().author) == ("whatsapp", case.visitor)
    assert Turn.objects.count() == 1
    finish(actor_for(officer), case, result="referred", summary="Dirujuk ke KAI.", now=timezone.now())
    assert "kenaikan harga" in write(QUESTION)[-1]


def test_what_names_another_office_is_not_read_by_the_officer_of_an_open_request(office, write):
    OfficeChannelsFactory(unit__slug="kota", unit__name="BPS Kota Contoh", whatsapp=True)
    OfficeChannelsFactory(unit__slug="tertutup", whatsapp=False)
    write(TRAIN)
    write("petugas")
    case = Case.objects.get()

    (said,) = write(f"{QUESTION} #kota")
    assert "kenaikan harga" in said
    assert f"Permintaan Anda {case.number} di {office.name} masih terbuka: pesan tanpa #kota dibaca" in said
    assert [message.body for message in case.messages.all()] == [TRAIN]

    for words in ("Ada kabar?", f"Ada kabar? #{office.slug}", "Ada kabar? #tertutup"):
        assert write(words) == []
        assert case.messages.last().body == words
    (said,) = write("petugas #kota")
    assert Case.objects.exclude(pk=case.pk).get().number in said


def test_a_reply_to_what_we_wrote_about_a_request_of_the_website_goes_to_that_request(
    office, write, run_jobs
):
    officer = MembershipFactory(unit=office, role="petugas").user
    visitor = UserFactory(phone=PHONE)
    opt_in(visitor, phone=PHONE, how="preferences", now=timezone.now())
    write("Halo")
    case = services_case(office, visitor)
    reply(actor_for(officer), case, body="Tahun berapa?", now=timezone.now())
    run_jobs()

    assert write("Tahun 2024") == []
    assert case.messages.last().body == "Tahun 2024"


def services_case(office, visitor):
    return open_case(
        actor_for(visitor),
        unit=office,
        kind_code="konsultasi",
        channel="web",
        visitor=visitor,
        subject="Inflasi",
        body="Mohon data",
        now=timezone.now(),
    )


def test_who_said_stop_is_left_alone(office, write):
    write(QUESTION)

    assert write("STOP") == []
    assert write(QUESTION) == []
    assert Turn.objects.count() == 1
    assert write("MULAI") == []
    assert len(write(QUESTION)) == 1


def test_what_came_a_day_late_is_not_answered_any_more(office, write):
    assert write(QUESTION, seconds_ago=24 * 3600 + 5) == []
    assert Heard.objects.get().outcome == "left"


def test_who_writes_too_fast_is_told_once_in_a_minute(office, write, settings):
    settings.CHATS_PER_MINUTE = 1
    said = [line for _time in range(4) for line in write(QUESTION)]

    assert Turn.objects.count() == 1
    assert sum("Coba lagi sebentar lagi" in line for line in said) in {1, 2}  # the minute may turn


def test_a_machine_that_answers_every_answer_with_the_same_words_is_left_alone(office, write):
    machine = "Terima kasih telah menghubungi Toko Maju. Admin segera membalas."
    said = [write(machine) for _time in range(6)]

    assert [len(lines) for lines in said[:3]] == [1, 1, 1]
    told = [line for lines in said[3:] for line in lines]
    assert 1 <= len(told) <= 2  # the hour may turn
    assert set(told) == {
        "Pesan yang sama sudah saya jawab tiga kali. Tulis dengan kata lain, atau balas PETUGAS."
    }
    assert write("Apa itu inflasi?") != []


def test_a_machine_with_ever_new_words_is_left_alone_within_the_hour(office, write, settings):
    settings.CHATS_PER_MINUTE = 20
    write("Balasan otomatis 0")
    sender = sender_key(Contact.objects.get(phone=PHONE))
    for ago in range(1, 6):
        minute = (timezone.now() - timedelta(minutes=2 * ago)).replace(second=0, microsecond=0)
        Allowance.objects.create(client=f"wa{sender[2:]}", minute=minute, asked=20)
    said = [line for number in range(1, 4) for line in write(f"Balasan otomatis {number}")]

    assert "terlalu banyak dalam satu jam" in said[0]
    assert len(said) <= 2  # the hour may turn
    assert Turn.objects.count() == 1


def test_what_is_no_text_gets_a_word_about_it(office, webhook, cloud):
    picture = text("", wamid="wamid.1", at=timezone.now()) | {"type": "image"}
    webhook(call(messages=[picture]))

    assert cloud.accepted[0]["text"]["body"].startswith("Saya baru dapat membaca tulisan.")
    assert not Turn.objects.exists()


def test_an_answer_never_leaves_outside_the_day_nor_as_a_template(office, write, cloud):
    write(QUESTION)
    delivery = Delivery.objects.get()
    assert (delivery.state, cloud.accepted[0]["type"]) == ("sent", "text")
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(hours=25))
    tell_alone(
        kind="assistant.answer",
        to=Recipient(user_id=None, name="", email="", phone=PHONE),
        context={"jawaban": "Terlambat"},
        key="uji",
        now=timezone.now(),
    )

    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("PETUGAS", Command.OFFICER),
        (" hubungi  petugas. ", Command.OFFICER),
        ("berapa jumlah petugas sensus?", None),
        ("hapus", Command.FORGET),
        ("ya", Command.KEEP),
        ("tidak", Command.DO_NOT_KEEP),
        ("tidak tahu", None),
    ],
)
def test_a_message_is_a_command_only_if_it_says_nothing_else(said, meant):
    assert command(said) == meant


@pytest.mark.parametrize(
    ("said", "number"),
    [("1", 1), (" 2. ", 2), ("no 3", 3), ("pilih 4", 4), ("0", None), ("12", None), ("2024", None)],
)
def test_a_number_picks_an_option(said, number):
    assert choice(said) == number


def test_a_long_answer_is_cut_above_what_must_be_said():
    message = fitted("kata " * 2000, "Balas PETUGAS")

    assert len(message) <= LONGEST_MESSAGE
    assert message.endswith("kata ...\n\nBalas PETUGAS")


def test_a_message_is_heard_once(db):
    heard = HeardFactory()

    services.hear(heard.inbound_id, now=timezone.now())
    assert Heard.objects.count() == 1
    assert not User.objects.filter(email__endswith=".invalid").exists()
