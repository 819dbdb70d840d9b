"""AIDA proposes a reply to an officer, who alone sends it; and shows the conversation a request came from."""

from datetime import timedelta

import pytest
from django.urls import reverse

from halopst.accounts.actors import actor_for
from halopst.assistant import services
from halopst.assistant.models import Proposal
from halopst.assistant.personal import erase, export
from halopst.assistant.rules.learning.proposal_use import share_kept
from halopst.assistant.services.answering.plain_text import plain_text
from halopst.cases.models import Message
from halopst.cases.services import ask_visitor, reply
from halopst.core.errors import NotPermitted
from halopst.knowledge.models import Document
from halopst.knowledge.services import reindex
from halopst.satisfaction.reference import load_instrument
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.assistant.factories import NOW, ConversationFactory, TurnFactory
from tests.cases.factories import CaseFactory, MessageFactory
from tests.knowledge.factories import DocumentFactory

pytestmark = pytest.mark.django_db
MEANING = "Inflasi adalah kenaikan harga secara umum dan terus-menerus. Kebalikannya deflasi."
SECRETARIAL = "Permintaan peta wilkerstat dijawab dengan surat dari ketua tim pengolahan."


@pytest.fixture
def officer():
    return MembershipFactory(role="petugas").user


@pytest.fixture
def case(officer):
    load_instrument()  # the daily summary counts what happens to a request
    texts = [
        DocumentFactory(unit=None, state="published", title="Inflasi", text=MEANING),
        DocumentFactory(
            unit=officer.memberships.get().unit,
            state="published",
            title="Tata cara peta wilkerstat",
            text=SECRETARIAL,
            audience="staff",
        ),
    ]
    reindex(texts)
    made = CaseFactory(unit=officer.memberships.get().unit, subject="Arti inflasi")
    MessageFactory(case=made, body="Apa itu inflasi?")
    return made


def address(case, name="assistant:propose"):
    return reverse(name, kwargs={"number": case.number})


def propose(client, case, officer, **typed):
    client.force_login(officer)
    return client.post(address(case), typed, follow=True).content.decode()


def test_a_cited_reply_stands_in_the_box_below_what_was_typed_and_nothing_is_sent(client, case, officer):
    page = propose(client, case, officer, body="Halo Dwi,")

    proposal = Proposal.objects.get()
    assert (proposal.known, proposal.outcome, proposal.question) == (True, "open", "Apa itu inflasi?")
    assert proposal.text.startswith("Inflasi: “Inflasi adalah kenaikan harga secara umum")
    assert "Sumber:\n1. Inflasi, http" in proposal.text
    assert "Halo Dwi,\n\nInflasi: “Inflasi adalah kenaikan harga" in page
    assert "Draf dari AIDA" in page
    assert "1 sumber" in page
    assert Message.objects.count() == 1


def test_what_was_sent_is_compared_with_what_was_proposed(client, case, officer, run_jobs):
    propose(client, case, officer)
    proposed = Proposal.objects.get()
    sent = f"Halo Dwi,\n\n{proposed.text}"
    client.post(reverse("cases:case-reply", kwargs={"number": case.number}), {"body": sent})
    assert "Draf dari AIDA" not in client.get(case_page(case)).content.decode()
    run_jobs()

    settled = Proposal.objects.get()
    assert (settled.outcome, settled.share, settled.message.body) == ("changed", 100, sent)


@pytest.mark.parametrize(
    ("sent", "outcome", "share"),
    [("{text}", "kept", 100), ("Nanti kami jawab.", "unused", 0)],
)
def test_kept_whole_or_not_used_is_written_down(case, officer, sent, outcome, share):
    actor = actor_for(officer)
    proposal = services.propose(actor, case, typed="", client="uji", now=NOW)
    body = sent.format(text=proposal.text)
    message = reply(actor, case, body=body, now=NOW + timedelta(minutes=1))
    services.settle(message.pk)
    services.settle(message.pk)

    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.share) == (outcome, share)


@pytest.mark.parametrize(
    "change", [{"state": "withdrawn"}, {"review_by": NOW.date() - timedelta(days=1)}, {"audience": "staff"}]
)
@pytest.mark.parametrize("send", [reply, ask_visitor])
def test_a_source_that_went_after_it_was_proposed_is_not_sent(case, officer, change, send):
    actor = actor_for(officer)
    proposal = services.propose(actor, case, typed="", client="uji", now=NOW)
    Document.objects.filter(title="Inflasi").update(**change)

    with pytest.raises(services.SourceGone, match="Inflasi"):
        send(actor, case, body=f"Halo,\n\n{proposal.text}", now=NOW)
    assert Message.objects.count() == 1
    send(actor, case, body="Kami periksa dulu.", now=NOW)


def test_the_officer_sees_that_a_source_went_and_what_to_do(client, case, officer):
    propose(client, case, officer)
    Document.objects.filter(title="Inflasi").update(state="withdrawn")

    assert "sudah ditarik atau lewat tanggal tinjaunya" in client.get(case_page(case)).content.decode()
    body = {"body": Proposal.objects.get().text}
    sent = client.post(reverse("cases:case-reply", kwargs={"number": case.number}), body)
    assert (sent.status_code, "Belum ada yang terkirim." in sent.content.decode()) == (409, True)
    client.post(address(case, "assistant:dismiss"), body)
    assert "sudah ditarik" not in client.get(case_page(case)).content.decode()


def case_page(case):
    return reverse("cases:case-detail", kwargs={"number": case.number})


def test_what_only_officers_may_read_stands_beside_the_box_and_never_in_it(client, case, officer):
    Message.objects.update(body="Bagaimana permintaan peta wilkerstat dijawab?")
    type(case).objects.update(subject="Peta wilkerstat")
    page = propose(client, case, officer)

    proposal = Proposal.objects.get()
    assert (proposal.known, proposal.text) == (False, "")
    assert "Hanya untuk petugas, jangan disalin ke balasan." in page
    assert "ketua tim pengolahan" in page
    assert "ketua tim pengolahan" not in page.partition('id="balasan"')[2].partition("</textarea>")[0]


def test_without_a_source_nothing_is_proposed(client, case, officer):
    Message.objects.update(body="Berapa harga tiket kereta?")
    type(case).objects.update(subject="Tiket kereta")
    page = propose(client, case, officer, body="Selamat pagi.")

    assert "AIDA belum menemukan sumber yang boleh dikutip" in page
    assert Proposal.objects.get().words == "Selamat pagi."


def test_a_draft_put_away_leaves_what_the_officer_typed(client, case, officer):
    propose(client, case, officer, body="Halo Dwi,")
    words = Proposal.objects.get().words
    put_away = client.post(address(case, "assistant:dismiss"), {"body": words}, follow=True)

    assert Proposal.objects.get().outcome == "dismissed"
    page = put_away.content.decode()
    assert ">Halo Dwi,</textarea>" in page
    assert "Draf dari AIDA" not in page


def test_htmx_gets_the_reply_box_and_no_more(client, case, officer):
    client.force_login(officer)
    headers = {"HX-Request": "true", "HX-Target": "tulis"}
    box = client.post(address(case), {"body": ""}, headers=headers, follow=True).content.decode()

    assert box.lstrip().startswith('<div id="tulis">')
    assert "Draf dari AIDA" in box


def test_a_second_proposal_replaces_the_first(case, officer):
    for _time in range(2):
        services.propose(actor_for(officer), case, typed="", client="uji", now=NOW)

    assert list(Proposal.objects.values_list("outcome", flat=True)) == ["unused", "open"]


def test_only_who_may_answer_gets_help_and_only_while_the_request_is_open(case, officer):
    lead = MembershipFactory(unit=case.unit, role="auditor").user
    with pytest.raises(NotPermitted):
        services.propose(actor_for(lead), case, typed="", client="uji", now=NOW)
    case.state, case.finished_at = "finished", NOW
    with pytest.raises(services.NoLongerOpen):
        services.propose(actor_for(officer), case, typed="", client="uji", now=NOW)
    assert not Proposal.objects.exists()


def test_how_much_of_a_proposal_was_kept():
    assert share_kept("satu dua tiga empat", "Halo, satu dua lima empat") == 75
    assert share_kept("", "Halo") == 0


def test_the_case_shows_the_conversation_it_came_from_to_both_sides_and_no_one_else(client, case, officer):
    conversation = ConversationFactory(unit=case.unit, case=case, kept=False)
    cited = {
        "external_id": "inflasi",
        "title": "Buku inflasi",
        "url": "/pengetahuan/1/",
        "date": "2026-11-02",
        "text": "Kenaikan harga.",
    }
    answer = {"text": "Kenaikan harga umum.", "citations": [cited], "suggestions": []}
    TurnFactory(conversation=conversation, question="Arti inflasi?", answer=answer)
    TurnFactory(conversation=conversation, question="Tiket kereta?", known=False)

    for person, url in ((officer, case_page(case)), (case.visitor, f"/permintaan/saya/{case.number}/")):
        client.force_login(person)
        page = client.get(url).content.decode()
        assert "Percakapan dengan AIDA, 2 pertanyaan" in page
        assert 'href="/pengetahuan/1/">Buku inflasi</a> (terbit 2 November 2026)' in page
        assert page.count("Belum terjawab") == 1
    other = actor_for(MembershipFactory(role="petugas").user)
    assert not type(conversation).objects.visible_to(other).exists()


def test_a_conversation_that_became_a_request_stays_with_it(case):
    old = NOW - timedelta(days=500)
    ConversationFactory(unit=case.unit, case=case, kept=False, last_at=old)

    assert services.forget_conversations(now=NOW) == 0


def test_an_answer_as_plain_text_says_all_the_page_shows(settings):
    settings.PUBLIC_URL = "https://halopst.example"
    cited = {
        "external_id": "cell:1",
        "title": "IPM",
        "url": "https://jatim.example/ipm",
        "date": "2026-11-02",
    }
    text = {"external_id": "t", "title": "Arti IPM", "url": "/pengetahuan/3/", "date": None}
    answer = {
        "text": "IPM naik.",
        "citations": [cited, cited, text],
        "table": {
            "heads": ["Periode", "Surabaya"],
            "rows": [[str(year), "80,1"] for year in range(2010, 2024)],
        },
        "computed": [{"label": "Selisih", "text": "1,2 poin"}],
        "notes": ["Angka contoh."],
    }

    said = plain_text(answer).split("\n\n")
    assert said[0] == "IPM naik."
    assert said[1].startswith("2010: 80,1\n2011: 80,1")
    assert said[1].endswith("... dan 2 baris lagi")
    assert said[2:] == [
        "Selisih: 1,2 poin",
        "Angka contoh.",
        (
            "Sumber:\n1. IPM, data per 2 November 2026, https://jatim.example/ipm\n"
            "2. Arti IPM, https://halopst.example/pengetahuan/3/"
        ),
    ]


def test_a_person_who_is_forgotten_takes_the_conversation_along(case):
    TurnFactory(conversation=ConversationFactory(unit=case.unit, case=case), question="Arti inflasi?")
    ConversationFactory()

    assert [one["turns"][0]["question"] for one in export(case.visitor_id)] == ["Arti inflasi?"]
    erase(case.visitor_id, NOW)
    assert export(case.visitor_id) == []
    assert export(UserFactory().pk) == []
