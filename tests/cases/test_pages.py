"""What officers and visitors see, and that nothing they type is lost or run."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from halopst.accounts.actors import actor_for
from halopst.cases import services
from halopst.cases.links import token_for
from halopst.cases.models import Case, Message
from halopst.notifications.models import Notice
from tests.cases.conftest import wib
from tests.units.factories import ServiceKindFactory, StandardTemplateFactory

NOW = wib(16, 9)


@pytest.fixture
def desk(client, office):
    """A browser in which the officer has signed in."""
    client.force_login(office.officer)
    return client


def detail(case):
    return reverse("cases:case-detail", kwargs={"number": case.number})


def act(case, name):
    return reverse(f"cases:case-{name}", kwargs={"number": case.number})


def test_the_inbox_groups_by_time_left(in_november, desk, office):
    late, today, later, waiting = (office.open(now=NOW, officer=office.officer, subject=s) for s in "abcd")
    services.ask_visitor(office.as_officer, waiting, body="Tahun berapa?", now=NOW)
    now = timezone.now()
    for case, hours in ((late, -2), (today, 0.01), (later, 90)):
        deadline = now + timezone.timedelta(hours=hours)
        Case.objects.filter(pk=case.pk).update(first_reply_due_at=deadline, due_at=deadline)

    groups = desk.get(reverse("cases:inbox")).context["groups"]

    assert [(group.title, group.count, [row.case for row in group.rows]) for group in groups] == [
        ("Lewat batas", 1, [late]),
        ("Hari ini", 1, [today]),
        ("Hari berikutnya", 1, [later]),
        ("Menunggu pemohon", 1, [waiting]),
    ]


def test_a_reply_that_crossed_another_is_kept_and_shown_what_happened(desk, office):
    case = office.open(now=NOW, officer=office.officer)
    colleague = office.colleague(name="Ning Sari")
    services.reply(actor_for(colleague), case, body="Sudah saya jawab.", expected_version=1, now=NOW)

    response = desk.post(act(case, "reply"), {"body": "Draf saya yang panjang", "version": 1})

    assert response.status_code == 409
    page = response.content.decode()
    assert "Ning Sari lebih dulu menanggapi" in page
    assert "Sudah saya jawab." in page
    assert "Draf saya yang panjang</textarea>" in page
    assert case.messages.filter(sender="officer").count() == 1

    again = desk.post(act(case, "reply"), {"body": "Draf saya yang panjang", "version": 2})
    assert again.status_code == 302
    assert case.messages.filter(sender="officer").count() == 2


@pytest.mark.parametrize("body", ["", "  \n ", "x" * 5001])
def test_a_reply_that_cannot_be_sent_comes_back_with_its_words(desk, office, body):
    case = office.open(now=NOW)
    response = desk.post(act(case, "reply"), {"body": body, "version": "bukan angka"})
    assert response.status_code == 422
    assert Message.objects.filter(sender="officer").count() == 0


HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) https://bps.go.id/"onmouseover="x'


@pytest.mark.parametrize("page", ["officer", "visitor", "inbox", "mine"])
def test_what_people_type_is_never_markup(client, office, page):
    case = office.open(now=NOW, subject=HOSTILE, body=HOSTILE)
    office.visitor.name = HOSTILE[:80]
    office.visitor.save()
    services.ask_visitor(office.as_officer, case, body=HOSTILE, now=NOW)
    client.force_login(office.visitor if page in {"visitor", "mine"} else office.officer)
    urls = {
        "officer": detail(case),
        "visitor": reverse("cases:my-case", kwargs={"number": case.number}),
        "inbox": reverse("cases:inbox") + "?tab=tim",
        "mine": reverse("cases:my-cases"),
    }

    html = client.get(urls[page]).content.decode()

    assert "alert(1)" in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript' not in html
    assert '"onmouseover=' not in html


def test_what_is_sought_from_above_every_page_is_told_where_another_tab_holds_it(desk, office):
    office.open(now=NOW, subject="Tarif kapal ke Bawean")
    inbox = reverse("cases:inbox")

    mine = desk.get(f"{inbox}?q=bawean").content.decode()
    assert "1 cocok di tab Tim" in mine
    assert f'href="{inbox}?tab=tim&amp;q=bawean"' in mine
    assert "tab Selesai" not in mine
    assert "Bawean" in desk.get(f"{inbox}?tab=tim&q=bawean").content.decode()
    assert "Periksa ejaan, atau hapus saringan." in desk.get(f"{inbox}?q=tidakada").content.decode()


def test_a_search_for_nothing_but_spaces_is_none(desk, office):
    assert "di pengetahuan" not in desk.get(reverse("cases:inbox") + "?q=%20").content.decode()


def test_addresses_in_a_message_become_links(desk, office):
    case = office.open(now=NOW, body="Lihat https://www.bps.go.id/id ya")
    assert '<a href="https://www.bps.go.id/id" rel="nofollow">' in desk.get(detail(case)).content.decode()


def test_htmx_gets_only_the_part_that_moved(desk, office):
    case = office.open(now=NOW)
    htmx = {"HX-Request": "true"}

    part = desk.get(detail(case), headers=htmx).content.decode()
    listed = desk.get(reverse("cases:inbox"), headers=htmx).content.decode()

    assert "<html" not in part + listed
    assert 'id="percakapan"' in part
    assert part.count('hx-swap-oob="true"') == 5
    assert "<textarea" not in part
    assert listed.lstrip().startswith('<div id="daftar"')


def test_lists_cost_the_same_at_one_row_and_three(desk, office):
    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url).status_code == 200
        return len(queries)

    case = office.open(now=NOW, officer=office.officer)
    services.reply(office.as_officer, case, body="Satu", now=NOW)
    pages = [reverse("cases:inbox"), reverse("cases:inbox") + "?tab=tim&q=angka", detail(case)]
    [cost(url) for url in pages]
    one = [cost(url) for url in pages]
    for _ in range(2):
        other = office.open(now=NOW, officer=office.officer)
        services.reply(office.as_officer, other, body="Dua", now=NOW)
        services.reply(office.as_officer, case, body="Tiga", now=NOW)
        office.colleague()

    assert [cost(url) for url in pages] == one
    assert max(one) <= 40


def test_a_visitor_follows_and_answers_without_signing_in(client, office):
    case = office.open(now=NOW)
    services.ask_visitor(office.as_officer, case, body="Tahun berapa?", now=NOW)
    home = reverse("cases:linked-case", kwargs={"token": token_for(case)})

    page = client.get(home).content.decode()
    assert "Tahun berapa?" in page
    assert "Kami menunggu balasan Anda" in page
    client.post(f"{home}balas/", {"body": "Tahun 2025."})

    case.refresh_from_db()
    assert case.state == "open"
    assert case.messages.last().author == office.visitor


def test_a_link_opens_one_case_and_a_broken_one_nothing(client, office):
    mine, other = office.open(now=NOW), office.open(now=NOW)
    token = token_for(mine)

    assert client.get(f"/permintaan/tautan/{token}/").context["case"] == mine
    for wrong in (token[:-2], "x", f"{token}x"):
        assert client.get(f"/permintaan/tautan/{wrong}/").status_code == 404
        assert client.post(f"/permintaan/tautan/{wrong}/balas/", {"body": "x"}).status_code == 404
    assert client.get(reverse("cases:my-case", kwargs={"number": other.number})).status_code == 302


def test_bad_addresses_are_answered_not_feared(desk, office):
    office.open(now=NOW)
    inbox = reverse("cases:inbox")
    for query in (
        "?tab=x&satker=abc&setelah=zzz&q=%00&layanan=%00",
        "?satker=99999999999999999999&setelah=o9999999999999999-9",
        "?q=" + "%27%3A%2A%20%26%20%7C%21" * 9,
        "?setelah=e1-1&tab=selesai",
    ):
        assert desk.get(inbox + query).status_code == 200, query
    assert desk.get("/permintaan/kotak-masuk/UJI-2611-9999/").status_code == 404
    assert desk.get("/permintaan/kotak-masuk/%00/").status_code == 404
    assert desk.get(f"/permintaan/berkas/{'9' * 30}/").status_code == 404
    assert desk.get(f"/permintaan/berkas/{'9' * 5000}/").status_code == 404


def test_search_finds_by_number_name_beginning_and_root(desk, office):
    case = office.open(now=NOW, subject="Perubahan garis kemiskinan")
    office.open(now=NOW, subject="Peta wilayah kerja")

    def found(text):
        context = desk.get(reverse("cases:inbox"), {"tab": "tim", "q": text}).context
        return [row.case for group in context["groups"] for row in group.rows]

    assert found(case.number) == [case]
    assert found("garis kemis") == [case]
    assert found("miskin") == [case]
    assert len(found("Dewi")) == 2
    assert found("tidak ada begini") == []


def test_the_next_page_follows_without_gaps_or_repeats(desk, office):
    cases = [office.open(now=NOW) for _ in range(70)]
    for case in cases[:5]:
        services.ask_visitor(office.as_officer, case, body="Tahun?", now=NOW)
    seen, url = [], reverse("cases:inbox") + "?tab=tim"
    while url:
        context = desk.get(url).context
        seen += [row.case.number for group in context["groups"] for row in group.rows]
        url = context["next_url"]

    assert sorted(seen) == sorted(case.number for case in cases)
    assert seen[-5:] == [case.number for case in cases[:5]]


def test_tracking_answers_the_same_for_everyone(client, office, waiting_jobs):
    case = office.open(now=NOW)
    pages = [
        client.post(reverse("cases:track"), {"number": number, "email": office.visitor.email})
        for number in (case.number, "UJI-2611-9999")
    ]
    told = [re.sub(r'(?:value|X-CSRFToken)="?\w{64}"', "", page.content.decode()) for page in pages]

    assert [page.status_code for page in pages] == [200, 200]
    assert told[0] == told[1]
    assert waiting_jobs()[-2:] == ["halopst.cases.tasks.send_asked_link"] * 2


def test_the_tracking_link_goes_to_the_mailbox_of_the_visitor_only(office):
    case = office.open(now=NOW)

    assert not services.send_link(number=case.number, email="orang.lain@contoh.id", now=NOW)
    assert services.send_link(number=case.number, email=office.visitor.email.upper(), now=NOW)
    assert services.send_link(number=case.number, email=office.visitor.email, now=NOW)

    notice = Notice.objects.get(kind="cases.link")
    assert notice.email == office.visitor.email
    assert notice.link.startswith("/permintaan/tautan/")


def ask(client, office, **fields):
    given = {"service": "perpustakaan", "subject": "Angka inflasi", "body": "Per bulan, 2020 sampai 2025"}
    return client.post(reverse("cases:new", kwargs={"slug": office.unit.slug}), given | fields)


@pytest.fixture
def library(office):
    kind = ServiceKindFactory(code="perpustakaan", name="Perpustakaan")
    StandardTemplateFactory(kind=kind)
    return kind


def test_a_visitor_asks_over_the_website_and_both_sides_have_it_in_writing(client, office, library):
    lead = office.colleague("ketua_tim")
    client.force_login(office.visitor)

    answer = ask(client, office, files=SimpleUploadedFile("a.pdf", b"%PDF-1.7"))

    case = Case.objects.get()
    assert answer.headers["Location"] == reverse("cases:my-case", kwargs={"number": case.number})
    assert (case.service, case.channel, case.visitor) == (library, "web", office.visitor)
    assert case.messages.get().attachments.get().name == "a.pdf"
    assert sorted(Notice.objects.values_list("kind", "user_id")) == [
        ("cases.new", lead.pk),
        ("cases.received", office.visitor.pk),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": ""},
        {"body": " "},
        {"body": "x" * 5001},
        {"service": "tidak-ada"},
        {"files": SimpleUploadedFile("a.pdf", b"<html>")},
    ],
)
def test_a_request_that_cannot_be_sent_comes_back_with_its_words(client, office, library, wrong):
    client.force_login(office.visitor)
    answer = ask(client, office, **wrong)

    assert answer.status_code == 422
    assert "Angka inflasi" in answer.content.decode() or "subject" in wrong
    assert (Case.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_service_with_its_own_door_is_not_asked_for_here(client, office, library):
    client.force_login(office.visitor)
    page = client.get(reverse("cases:new", kwargs={"slug": office.unit.slug}) + "?layanan=perpustakaan")
    assert [code for code, _ in page.context["form"].fields["service"].choices] == ["perpustakaan"]
