"""A finished request's answer for everyone: in an officer's words, without a trace of who asked."""

import pytest
from django.urls import reverse

from halopst.accounts.actors import actor_for
from halopst.assistant import services
from halopst.assistant.models import PublicAnswer
from halopst.assistant.rules.privacy.asker_traces import borrowed, name_in
from halopst.core.actors import ANONYMOUS
from halopst.core.errors import NotPermitted, Refused
from halopst.knowledge.models import Document
from halopst.knowledge.queries import search
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.assistant.factories import NOW
from tests.cases.factories import CaseFactory, MessageFactory

pytestmark = pytest.mark.django_db
ASKED = "Saya Dewi dari Universitas Contoh, mohon angka garis kemiskinan Sampang untuk skripsi saya."
QUESTION = "Di mana garis kemiskinan kabupaten diterbitkan?"
ANSWER = "Garis kemiskinan kabupaten diterbitkan setiap tahun dalam publikasi Data dan Informasi Kemiskinan."


@pytest.fixture
def case():
    made = CaseFactory(visitor=UserFactory(name="Dewi Anggraini"), state="finished", finished_at=NOW)
    MessageFactory(case=made, body=ASKED)
    officer = MembershipFactory(unit=made.unit).user
    MessageFactory(case=made, sender="officer", author=officer, body=f"{ANSWER} Hubungi 0812-3456-7890.")
    MessageFactory(case=made, sender="officer", author=officer, body="Pemohon tidak hadir", verb="finish")
    made.officer = officer
    return made


def draft(case, *, question=QUESTION, answer=ANSWER, actor=None):
    actor = actor or actor_for(case.officer)
    return services.draft_public_answer(actor, case, question=question, answer=answer, now=NOW)


def test_an_officer_rewrites_publishes_and_everyone_finds_it(client, case):
    client.force_login(case.officer)
    page = reverse("assistant:public-answer", kwargs={"number": case.number})
    form = client.get(page).content.decode()
    assert "Hubungi [telepon]." in form
    assert ASKED not in form

    saved = client.post(page, {"question": QUESTION, "answer": f"{ANSWER} Surel: a@b.id"})
    document = PublicAnswer.objects.get().document
    assert saved.url == reverse("knowledge:edit", args=[document.pk])
    assert (document.kind, document.state, document.audience) == ("case_answer", "draft", "everyone")
    assert document.text == f"{ANSWER} Surel: [surel]"
    assert search(ANONYMOUS, QUESTION).hits == []

    content = {"title": QUESTION, "kind": "case_answer", "text": ANSWER, "audience": "everyone", "version": 1}
    client.post(saved.url, content | {"review_by": "2099-01-01"})
    client.post(reverse("knowledge:move", args=[document.pk]), {"aksi": "terbit"})
    found = search(ANONYMOUS, QUESTION).hits
    assert [hit.document for hit in found] == [document]
    exact = "Garis kemiskinan kabupaten diterbitkan dalam publikasi apa?"
    asked = services.ask(ANONYMOUS, question=exact, unit=case.unit, client="uji", now=NOW)
    assert asked.known
    assert [cited.title for cited in asked.citations] == [QUESTION]


def test_the_office_finds_its_way_between_both_and_readers_do_not(client, case):
    document = draft(case).document
    document.state = "published"
    document.save()
    client.force_login(case.officer)

    assert case.number in client.get(reverse("knowledge:edit", args=[document.pk])).content.decode()
    shown = client.get(reverse("cases:case-detail", kwargs={"number": case.number})).content.decode()
    assert reverse("knowledge:edit", args=[document.pk]) in shown
    client.logout()
    public = client.get(reverse("knowledge:document", args=[document.pk])).content.decode()
    assert case.number not in public
    assert "Dewi" not in public


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"question": "Angka kemiskinan"}, "ini kata-kata pemohon"),
        ({"answer": f"Seseorang {ASKED}"}, "ini kata-kata pemohon"),
        ({"answer": "Dewi dapat membacanya di publikasi tahunan."}, "Nama pemohon masih tertulis: Dewi."),
    ],
)
def test_the_visitors_words_and_name_stay_out(case, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        draft(case, **changed)
    assert not Document.objects.exists()


def test_one_request_has_one_public_answer(case):
    draft(case)
    with pytest.raises(Refused, match="sudah mempunyai jawaban umum"):
        draft(case)

    assert Document.objects.count() == 1


def test_an_open_request_and_another_office_have_none(case):
    with pytest.raises(NotPermitted):
        draft(case, actor=actor_for(MembershipFactory().user))
    case.state = "open"
    with pytest.raises(Refused, match="sudah selesai"):
        draft(case)


def test_words_are_borrowed_in_long_runs_or_as_a_whole():
    assert borrowed("mohon angka garis kemiskinan sampang untuk skripsi saya ya", [ASKED]) == (
        "mohon angka garis kemiskinan sampang untuk skripsi saya"
    )
    assert borrowed("garis kemiskinan Sampang", [ASKED]) == ""
    assert borrowed("Arti Inflasi?", ["arti inflasi"]) == "arti inflasi"


def test_a_name_is_found_where_it_stands_as_one():
    assert name_in("Kepada Dewi kami sampaikan", "Dewi Anggraini") == "Dewi"
    assert name_in("dewi malam", "Dewi Anggraini") == ""
    assert name_in("Inflasi naik", "Al Naim") == ""
