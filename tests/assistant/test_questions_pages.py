"""What visitors are asked about their conversation, and the pages on which officers read and improve."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from halopst.accounts.models import Consent, ConsentText
from halopst.assistant import services
from halopst.assistant.models import Awaiting, Conversation, Correction, QuestionGroup, Remedy, Turn
from halopst.audit.models import Entry
from halopst.core.actors import ANONYMOUS
from halopst.knowledge.models import DataRequest, Document, Synonym
from halopst.units.reference import load_services
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.assistant.factories import CorrectionFactory, QuestionGroupFactory, WordingFactory, asked_in_vain
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
PARKING = "Di mana parkir sepeda motor kantor?"


@pytest.fixture
def office():
    load_services()
    return UnitFactory(slug="surabayakota", kind="kota", region="Kota Surabaya")


@pytest.fixture
def officer(client, office):
    user = MembershipFactory(unit=office, role="petugas").user
    client.force_login(user)
    return user


@pytest.fixture
def group(office):
    now = timezone.now()
    services.say(ANONYMOUS, services.begin(office, kept=True, now=now), question=PARKING, client="", now=now)
    services.gather()
    return QuestionGroup.objects.get()


def at(office, name, **more):
    return reverse(f"assistant:{name}", kwargs={"slug": office.slug, **more})


def work(office, name, **more):
    return reverse(f"assistant:{name}", kwargs={"satker": office.slug, **more})


def say(client, office, question=PARKING):
    return client.post(at(office, "talk"), {"question": question}, follow=True).content.decode()


def test_permission_is_asked_once_remembered_for_new_conversations_everywhere_and_can_be_taken_back(
    client, office
):
    asking = "Boleh percakapan Anda kami simpan?"
    assert asking in say(client, office)
    client.post(at(office, "keep"), {"boleh": "ya"})
    elsewhere = UnitFactory()
    assert asking not in say(client, elsewhere)
    assert [one.kept for one in Conversation.objects.order_by("pk")] == [True, True]

    client.post(at(office, "keep"), {"boleh": "tidak"})
    client.post(at(office, "another"))
    page = say(client, office)
    assert (asking in page, "Izinkan disimpan tanpa nama" in page) == (False, True)
    assert {one.kept for one in Conversation.objects.all()} == {False}


def test_who_calls_an_answer_wrong_may_say_why_without_scripts(client, office):
    say(client, office)
    turn = Turn.objects.get()
    page = client.post(at(office, "judge", pk=turn.pk), {"verdict": "wrong"}, follow=True).content.decode()
    assert "Apa yang kurang tepat?" in page
    assert "Angkanya keliru" not in page

    client.post(at(office, "explain", pk=turn.pk), {"reason": "off", "remark": "Saya tanya parkir."})
    turn.refresh_from_db()
    assert (turn.reason, turn.remark) == ("off", "Saya tanya parkir.")
    client.post(at(office, "explain", pk=turn.pk), {"reason": "entah", "remark": ""})
    turn.refresh_from_db()
    assert turn.reason == "off"


def test_who_wants_to_be_told_signs_in_first_and_is_asked_once_more(client, office):
    say(client, office)
    client.post(at(office, "keep"), {"boleh": "ya"})
    turn = Turn.objects.get()
    assert client.post(at(office, "wait", pk=turn.pk)).url.startswith("/akun/masuk/?next=")

    held = client.session["aida"]
    visitor = UserFactory()
    client.force_login(visitor)
    session = client.session
    session["aida"] = held
    session.save()
    assert (
        "Petugas tidak melihat siapa yang bertanya."
        in client.get(at(office, "wait", pk=turn.pk)).content.decode()
    )
    page = client.post(at(office, "wait", pk=turn.pk), follow=True).content.decode()
    assert "Kami kabari Anda sekali" in page
    assert (Awaiting.objects.get().user, Awaiting.objects.get().turn) == (visitor, turn)


def test_who_hands_over_may_be_told_too_and_an_account_that_agreed_is_not_asked(client, office):
    visitor = UserFactory()
    text = ConsentText.objects.create(
        subject="aida", version=1, body_id="Boleh.", body_en="May.", legal_basis="UU", valid_from="2026-01-01"
    )
    Consent.objects.create(user=visitor, text=text, channel="web", given_at=timezone.now())
    client.force_login(visitor)
    assert "Boleh percakapan Anda kami simpan?" not in say(client, office)

    client.post(at(office, "hand-over"), {"kabari": "ya"})
    waiting = Awaiting.objects.get()
    assert (waiting.user, waiting.turn.question, waiting.told_at) == (visitor, PARKING, None)


def test_an_officer_reads_the_queue_and_drafts_an_article_in_one_click(client, office, officer, group):
    page = client.get(work(office, "queue")).content.decode()
    assert PARKING in page
    assert "1 belum terjawab" in page
    assert client.get(reverse("assistant:learning")).url == work(office, "queue")

    made = client.post(work(office, "draft", pk=group.pk), {"jenis": "article"})
    draft = Document.objects.get()
    assert made.url == reverse("knowledge:edit", args=[draft.pk])
    assert (draft.title, draft.state, draft.owner, draft.by_two) == (PARKING, "draft", officer, True)
    again = client.post(
        work(office, "draft", pk=group.pk), {"jenis": "article"}, follow=True
    ).content.decode()
    assert "Kelompok ini sudah punya konsep seperti itu." in again
    assert Remedy.objects.count() == 1


def test_the_forms_of_a_group_draft_what_they_say_and_keep_what_was_typed(client, office, officer, group):
    CorrectionFactory(turn=Turn.objects.get(), text="Di halaman belakang kantor.")
    page = client.get(work(office, "group", pk=group.pk)).content.decode()
    assert "Di halaman belakang kantor.</textarea>" in page
    address = work(office, "draft", pk=group.pk)
    empty = client.post(address, {"jenis": "synonym", "phrase": "montor", "means": ""})
    assert (empty.status_code, 'value="montor"' in empty.content.decode()) == (422, True)

    client.post(address, {"jenis": "faq", "text": "Di halaman belakang."})
    client.post(address, {"jenis": "synonym", "phrase": "montor", "means": "sepeda motor"})
    client.post(address, {"jenis": "data", "topic": "Luas parkir", "region": "", "period": "2026"})
    assert Document.objects.get().kind == "faq"
    assert str(Synonym.objects.get()) == "montor → sepeda motor"
    assert str(DataRequest.objects.get()) == "Luas parkir · 2026"
    page = client.get(work(office, "group", pk=group.pk)).content.decode()
    assert all(word in page for word in ("Jawaban singkat", "montor → sepeda motor", "Luas parkir · 2026"))
    assert client.get(reverse("figures:requests", args=[office.slug])).content.decode().count("Luas parkir")


def test_a_group_names_the_day_once_when_asked_on_one_day_and_both_ends_otherwise(
    client, office, officer, group
):
    def days(*asked_at):
        Turn.objects.filter(group=group).exclude(pk=first.pk).delete()
        Turn.objects.filter(pk=first.pk).update(asked_at=asked_at[0])
        asked_in_vain(office, PARKING, group=group, asked_at=asked_at[1])
        page = client.get(work(office, "group", pk=group.pk)).content.decode()
        return page.split("</h1>")[1].split("</p>")[0]

    first, noon = Turn.objects.get(), datetime(2026, 11, 20, 12, tzinfo=office.tz)
    same = days(noon - timedelta(hours=3), noon)
    assert ("2 kali" in same, same.count("20 Nov"), " – " in same) == (True, 1, False)
    apart = days(noon - timedelta(days=3), noon)
    assert ("17 Nov" in apart, "20 Nov" in apart, " – " in apart) == (True, True, True)


def test_what_is_set_aside_leaves_the_queue_and_comes_back(client, office, officer, group):
    client.post(work(office, "set-aside", pk=group.pk), {"note": "Bukan data."})
    assert PARKING not in client.get(work(office, "queue")).content.decode()
    assert "Bukan data." in client.get(work(office, "group", pk=group.pk)).content.decode()

    client.post(work(office, "reopen", pk=group.pk))
    assert PARKING in client.get(work(office, "queue")).content.decode()


def test_whoever_reads_a_conversation_sees_what_worded_an_answer_and_how_it_was_checked(
    client, office, officer
):
    turn = asked_in_vain(office, PARKING)
    page = work(office, "conversation", pk=turn.conversation_id)
    assert "instruksi" not in client.get(page).content.decode()
    WordingFactory(
        turn=turn, model="model-uji", prompt="jawaban-2", state="left", verdict="rejected", tokens_in=1200
    )

    told = "Model model-uji, instruksi jawaban-2: Tidak lolos pemeriksaan · 1.200 token · 0 ms"
    assert told in client.get(page).content.decode()


def test_a_correction_stands_under_the_answer_for_officers_and_for_who_asked(client, office):
    say(client, office)
    turn = Turn.objects.get()
    client.post(at(office, "keep"), {"boleh": "ya"})
    held = client.session["aida"]
    officer = MembershipFactory(unit=office, role="petugas").user
    client.force_login(officer)
    session = client.session
    session["aida"] = held
    session.save()

    client.post(work(office, "correct", pk=turn.pk), {"text": "Di halaman belakang."})
    made = Correction.objects.get()
    assert (made.turn, made.written_by) == (turn, officer)
    assert Entry.objects.get(action="assistant.corrected").actor_id == officer.pk
    read = client.get(work(office, "conversation", pk=turn.conversation_id)).content.decode()
    assert all(word in read for word in ("Koreksi petugas", str(officer), "Di halaman belakang."))
    shown = client.get(at(office, "talk")).content.decode()
    assert ("Di halaman belakang." in shown, office.name in shown) == (True, True)
    assert client.post(work(office, "correct", pk=turn.pk), {"text": " "}).status_code == 422


def test_conversations_are_found_by_word_outcome_and_time_and_cost_the_same_at_one_and_three(
    client, office, officer, django_assert_max_num_queries
):
    old = timezone.now() - timedelta(days=40)
    asked_in_vain(office, "Berapa produksi padi?", asked_at=timezone.now())
    address = work(office, "conversations")
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    asked_in_vain(office, "Berapa harga gula?", asked_at=old, verdict="wrong", reason="off")
    CorrectionFactory(turn=asked_in_vain(office, "Siapa kepala kantor?", asked_at=timezone.now()))
    with django_assert_max_num_queries(len(one)):
        assert client.get(address).content.decode().count("percakapan/") >= 3

    def found(**query):
        page = client.get(address, query).content.decode()
        return [word for word in ("padi", "gula", "kepala") if f"{word}" in page.split('id="daftar"')[1]]

    assert (found(q="gula"), found(jawaban="salah"), found(hari="30")) == (
        ["gula"],
        ["gula"],
        ["padi", "kepala"],
    )


def test_programs_list_draft_and_close_the_same_queue(client, office, officer, group):
    given = client.get("/api/v1/assistant/questions", {"unit": office.slug}).json()
    (item,) = given["items"]
    assert (item["question"], item["times"], item["state"], given["unreadable"]) == (PARKING, 1, "open", 0)

    def post(path, body, key):
        return client.post(
            f"/api/v1/assistant/questions/{group.pk}/{path}",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )

    drafted = post("drafts", {"kind": "faq", "text": "Di halaman belakang."}, "kunci-satu")
    assert drafted.json() == {"kind": "faq", "id": Document.objects.get().pk}
    assert (
        post("drafts", {"kind": "faq", "text": "Di halaman belakang."}, "kunci-satu").json() == drafted.json()
    )
    assert post("drafts", {"kind": "faq", "text": "Lagi."}, "kunci-dua").status_code == 409
    assert post("drafts", {"kind": "faq", "text": ""}, "kunci-tiga").status_code == 422
    assert post("set-aside", {"note": "Bukan data."}, "kunci-empat").status_code == 204
    assert QuestionGroup.objects.get().state == "dismissed"


def test_a_data_request_is_named_by_what_was_asked_and_not_by_the_whole_question(client, office, officer):
    asked = "Berapa jumlah wisatawan asing ke sana tahun 2024?"
    turn = asked_in_vain(office, question=asked, group=QuestionGroupFactory(unit=office))

    page = client.get(work(office, "group", pk=turn.group.pk)).content.decode()
    assert 'value="Jumlah wisatawan asing"' in page
