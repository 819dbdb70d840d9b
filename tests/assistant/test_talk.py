"""The page where a visitor talks with AIDA: answers with sources, kept for one browser, passed to people."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from halopst.assistant import services
from halopst.assistant.models import Conversation, Turn
from halopst.assistant.queries.desk_staffing import Attended, attended
from halopst.assistant.rules.privacy.masking import masked
from halopst.assistant.templatetags.aida import lines
from halopst.cases.models import Case
from halopst.core.actors import Actor
from halopst.core.formats import medium_date
from halopst.demo.figures import build_figures
from halopst.knowledge.models import Cell
from halopst.knowledge.reference import load_regions
from halopst.knowledge.services import reindex
from halopst.notifications.models import Notice
from halopst.units.models import Unit
from halopst.units.reference import load_services, load_units
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.assistant.factories import NOW, ConversationFactory, TurnFactory
from tests.assistant.worded import publish
from tests.calendars.factories import ScheduleFactory
from tests.cases.factories import CaseFactory
from tests.knowledge.factories import DocumentFactory
from tests.knowledge.figure_factories import CellFactory, IndicatorFactory, RegionFactory
from tests.scheduling.factories import LeaveFactory
from tests.units.factories import HeadOfficeFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    load_services()
    text = "Inflasi adalah kenaikan harga secara umum dan terus-menerus. Kebalikannya deflasi."
    document = DocumentFactory(unit=None, state="published", title="Inflasi", text=text)
    reindex([document])
    return UnitFactory(slug="surabayakota", kind="kota", region="Kota Surabaya")


def address(office, name="talk", **more):
    return reverse(f"assistant:{name}", kwargs={"slug": office.slug, **more})


def say(client, office, question):
    return client.post(address(office), {"question": question}, follow=True)


def test_a_question_is_answered_with_the_words_of_a_source_and_a_way_to_people(client, office):
    page = say(client, office, "Apa itu inflasi?").content.decode()

    turn = Turn.objects.get()
    assert (turn.question, turn.known) == ("Apa itu inflasi?", True)
    assert "Inflasi adalah kenaikan harga secara umum dan terus-menerus." in page
    assert f'href="#s{turn.pk}-1"' in page
    assert f'id="s{turn.pk}-1"' in page
    assert address(office, "hand-over") in page


def test_a_visitor_is_told_until_when_somebody_is_at_the_desk(office):
    ScheduleFactory(unit=office, workweek=True)
    opened, closed = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (3, 12))

    assert attended(office, now=opened) == Attended(datetime(2026, 11, 20, 8, 30, tzinfo=UTC), None, None)
    assert attended(office, now=closed) == Attended(None, datetime(2026, 11, 23, 1, tzinfo=UTC), None)


def test_the_figures_of_an_answer_can_be_taken_along_by_whom_they_were_shown_to(client, office):
    figure = {
        "cell": 7,
        "indicator": "IPM",
        "value": "70,33",
        "number": "70.33",
        "measure": "poin",
        "region": "=Kota Surabaya",
        "region_code": "3578",
        "period": "2025",
        "breakdown": "",
        "status": "",
        "source": "Contoh",
        "url": "",
        "as_of": "2026-11-20",
    }
    say(client, office, "Apa itu inflasi?")
    told = Turn.objects.get()
    told.answer |= {"figures": [figure]}
    told.save()

    taken = client.get(address(office, "figures", pk=told.pk))

    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(taken.content)).active]
    named = ["IPM", "=Kota Surabaya", "3578", "2025", None]
    assert rows[1:] == [[*named, 70.33, "poin", None, "Contoh", None, "2026-11-20"]]
    assert Client().get(address(office, "figures", pk=told.pk)).status_code == 404


def test_an_answer_that_no_source_gives_is_not_asserted(client, office):
    page = say(client, office, "Berapa harga tiket kereta ke Bandung?").content.decode()

    assert Turn.objects.get().known is False
    assert "Saya belum menemukan sumber yang menjawab pertanyaan ini." in page
    assert "Petugas dapat membantu" in page


def test_a_search_finds_figures_beside_texts_and_leads_on_to_aida(client):
    """What is typed may mean several figures: then each is a question; texts alone bring no figures."""
    load_units()
    load_regions()
    build_figures(now=datetime(2026, 11, 20, 3, tzinfo=UTC))
    talk = reverse("assistant:talk", args=["jatim"])

    found = client.get("/cari/?q=ipm+surabaya+2024&satker=jatim").content.decode()
    cell = Cell.objects.get(indicator__name="Indeks Pembangunan Manusia", indicator__unit__code="3500",
                            region__code="3578", period=202400)  # fmt: skip
    assert f"Kota Surabaya pada 2024: {cell.shown} poin." in found
    assert (f'action="{talk}"' in found, 'value="ipm surabaya 2024"' in found) == (True, True)

    several = client.get("/cari/?q=jumlah+penduduk+malang&satker=jatim").content.decode()
    assert [f'value="jumlah penduduk {one} Malang"' in several for one in ("Kabupaten", "Kota")] == [
        True,
        True,
    ]

    for query in ("ipm+surabaya+2024&satker=jatim&jenis=article", "cara+meminta+data"):
        assert 'id="angka"' not in client.get(f"/cari/?q={query}").content.decode()


def test_a_question_after_a_figure_builds_on_it_and_draws_what_it_compares(client):
    load_units()
    load_regions()
    build_figures(now=datetime(2026, 11, 20, 3, tzinfo=UTC))
    office = Unit.objects.get(code="3578")
    say(client, office, "ipm surabaya 2024")
    page = say(client, office, "kalau sidoarjo?").content.decode()

    first, second = Turn.objects.all()
    assert [one["region"] for one in first.answer["figures"]] == ["Kota Surabaya"]
    assert [one["region"] for one in second.answer["figures"]] == ["Kabupaten Sidoarjo"]
    assert second.answer["figures"][0]["value"] in page
    assert "bukan angka resmi" in page
    trend = say(client, office, "tren ipm surabaya lima tahun terakhir").content.decode()
    assert '<svg class="chart' in trend


def test_a_source_says_since_when_it_holds_and_a_chart_of_when_it_is(client):
    load_units()
    load_regions()
    build_figures(now=datetime(2026, 11, 20, 3, tzinfo=UTC))
    office = Unit.objects.get(code="3578")
    ScheduleFactory(unit=office, workweek=True)
    page = say(client, office, "bandingkan ipm surabaya dan sidoarjo 2023").content.decode()
    assert "Data per 20 November 2026" in page
    assert "<b>Indeks Pembangunan Manusia, 2023</b>" in page

    page = say(client, office, "jam layanan kantor").content.decode()
    today = medium_date(timezone.localdate(timezone.now(), office.tz))
    assert f"Per {today}" in page
    assert f"Terbit {today}" not in page


def test_long_names_of_regencies_are_short_beside_a_line():
    def drawn(*names):
        return [one.name for one in lines({"series": [(name, (1.0,)) for name in names]})]

    assert drawn("Kota Surabaya", "Kabupaten Tulungagung") == ["Kota Surabaya", "Kab. Tulungagung"]
    assert drawn("Kabupaten Ngawi") == ["Kabupaten Ngawi"]


def test_nobody_elses_browser_sees_the_conversation(client, office):
    say(client, office, "Apa itu inflasi?")
    client.cookies.clear()

    page = client.get(address(office)).content.decode()
    assert "Apa itu inflasi?" not in page
    assert (
        client.post(address(office, "judge", pk=Turn.objects.get().pk), {"verdict": "wrong"}).status_code
        == 404
    )


def test_a_conversation_of_one_office_is_not_shown_at_another(client, office):
    say(client, office, "Apa itu inflasi?")

    assert "Apa itu inflasi?" not in client.get(address(UnitFactory())).content.decode()


def test_numbers_that_lead_to_a_person_are_not_stored(client, office):
    say(client, office, "NIK 3578012345678901 telepon 0812-3456-7890 surel dwi@contoh.id apa itu inflasi?")

    assert (
        Turn.objects.get().question
        == "NIK [nomor identitas] telepon [telepon] surel [surel] apa itu inflasi?"
    )


def test_masks_longer_than_what_they_hide_do_not_break_a_long_question(client, office):
    answer = client.post(address(office), {"question": "a@b.c " * 83})

    assert answer.status_code == 302
    kept = Turn.objects.get().question
    assert (len(kept), "a@b.c" in kept) == (500, False)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("wa 0812.3456.7890", "wa [telepon]"),
        ("+62 812-3456-7890", "[telepon]"),
        ("nik 3578 0123 4567 8901", "nik [nomor identitas]"),
        ("NPWP 09.254.294.3-407.000", "NPWP [nomor identitas]"),
        ("Nama saya Dwi Lestari, minta data inflasi", "Nama saya [nama], minta data inflasi"),
        ("perkenalkan saya Dwi dari Unair", "perkenalkan saya [nama] dari Unair"),
        ("nama saya tidak penting", "nama saya tidak penting"),
    ],
)
def test_what_leads_to_a_person_is_masked_however_it_is_written(text, kept):
    assert masked(text) == kept


@pytest.mark.parametrize("text", ["jumlah penduduk 2874699", "PDRB 1.234.567,89 miliar", "tahun 2020-2024"])
def test_figures_are_not_taken_for_numbers_of_a_person(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    ("question", "sentence"),
    [("", "Tulis pertanyaan Anda dulu."), ("a" * 501, "Pertanyaan paling panjang 500 karakter.")],
)
def test_what_is_no_question_is_said_and_nothing_is_kept(client, office, question, sentence):
    answer = client.post(address(office), {"question": question})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Conversation.objects.exists()


def test_markup_in_a_question_is_shown_as_text(client, office):
    page = say(client, office, "<script>alert(1)</script> inflasi").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; inflasi" in page


def test_too_many_questions_are_refused_on_the_page_with_the_question_kept(client, office, settings):
    settings.ASKS_PER_MINUTE = 1
    say(client, office, "Apa itu inflasi?")
    answer = client.post(address(office), {"question": "Apa itu deflasi?"})

    assert answer.status_code == 429
    assert "Coba lagi sebentar lagi." in answer.content.decode()
    assert ">Apa itu deflasi?</textarea>" in answer.content.decode()
    assert Turn.objects.count() == 1


def test_who_asks_too_fast_is_told_kindly_and_others_of_the_network_go_on(client, office, settings):
    settings.CHATS_PER_MINUTE = 2
    answers = [client.post(address(office), {"question": "Apa itu inflasi?"}) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "terlalu cepat beruntun. Tunggu satu menit" in answers[-1].content.decode()
    assert Client().post(address(office), {"question": "Apa itu inflasi?"}).status_code == 302
    assert Turn.objects.count() == 3


def test_who_names_no_office_asks_the_nations(client):
    assert client.get("/aida/").url == reverse("assistant:talk", args=["pusat"])


def test_a_verdict_is_recorded_and_taken_back_by_saying_it_again(client, office):
    say(client, office, "Apa itu inflasi?")
    turn = Turn.objects.get()

    for expected in ("wrong", ""):
        client.post(address(office, "judge", pk=turn.pk), {"verdict": "wrong"})
        turn.refresh_from_db()
        assert turn.verdict == expected


def test_a_new_conversation_leaves_the_old_one_to_come_back_to(client, office):
    say(client, office, "Apa itu inflasi?")
    old = Conversation.objects.get()
    client.post(address(office, "another"))
    say(client, office, "Berapa harga tiket kereta?")
    page = client.get(address(office)).content.decode()
    assert 'class="bub"><span class="vh">Anda: </span>Apa itu inflasi?' not in page

    client.post(address(office, "another"), {"percakapan": old.pk})
    assert "Anda: </span>Apa itu inflasi?" in client.get(address(office)).content.decode()


def test_whoever_must_sign_in_first_comes_back_and_the_officer_gets_all_that_was_said(client, office):
    say(client, office, "Apa itu inflasi?")
    asked = client.post(address(office, "hand-over"))
    assert asked.url.startswith("/akun/masuk/?next=")

    session = client.session["aida"]
    visitor = UserFactory(name="Dwi")
    client.force_login(visitor)
    carried = client.session
    carried["aida"] = session
    carried.save()
    assert client.get(address(office, "hand-over")).status_code == 200
    sent = client.post(address(office, "hand-over"))

    case = Case.objects.get()
    assert sent.url == reverse("cases:my-case", kwargs={"number": case.number})
    assert (case.unit, case.visitor, case.subject) == (office, visitor, "Apa itu inflasi?")
    assert case.messages.get().body == "Apa itu inflasi?"
    assert Conversation.objects.get().case == case
    again = client.post(address(office, "hand-over"))
    assert again.status_code == 409
    assert Case.objects.count() == 1


def test_who_comes_back_to_aida_without_naming_an_office_finds_what_was_handed_over_and_left(client, office):
    visitor = UserFactory(name="Dwi")
    client.force_login(visitor)
    say(client, office, "Apa itu inflasi?")
    client.post(address(office, "hand-over"))
    number = Case.objects.get().number
    nation = HeadOfficeFactory()
    other = UnitFactory(slug="kotamalang", kind="kota", region="Kota Malang")
    say(client, other, "Apa arti deflasi?")

    page = client.get(reverse("assistant:national"), follow=True).content.decode()
    request = reverse("cases:my-case", kwargs={"number": number})
    assert f'href="{request}"' in page
    assert f"{office.name}, permintaan {number}" in page
    assert f'href="{address(other)}">{other.name}</a>' in page
    gone_on = client.get(address(other)).content.decode()
    assert ("Anda: </span>Apa arti deflasi?" in gone_on, request in gone_on) == (True, True)

    stranger = Client()
    stranger.force_login(UserFactory())
    for someone in (stranger, Client()):
        seen = someone.get(address(nation)).content.decode()
        assert (number in seen, other.name in seen) == (False, False)


def test_a_conversation_lands_with_the_officer_who_is_there_and_has_the_least_in_hand(client, office):
    people = [
        MembershipFactory(unit=office, user__name=name).user for name in ("Asri", "Bima", "Citra", "Dara")
    ]
    asri, bima, citra, dara = people
    CaseFactory(unit=office, officer=asri)
    today = timezone.now().astimezone(office.tz).date()
    LeaveFactory(expert__unit=office, expert__user=bima, first_day=today, last_day=today)
    tomorrow = today + timedelta(days=1)
    LeaveFactory(expert__unit=office, expert__user=dara, first_day=tomorrow, last_day=tomorrow)
    MembershipFactory(unit=office, role="kepala", user__name="Aan")
    visitor = UserFactory(name="Dwi")
    client.force_login(visitor)
    say(client, office, "Apa itu inflasi?")
    page = client.post(address(office, "hand-over"), follow=True).content.decode()

    assert "Percakapan diteruskan kepada Citra, yang menjawabnya di sini." in page
    assert Case.objects.get(visitor=visitor).officer == citra
    to = Notice.objects.filter(kind="cases.new").values_list("user", flat=True)
    assert set(to) == {citra.pk}


def test_what_nobody_allowed_to_keep_is_forgotten_after_a_day_and_the_rest_after_the_setting(settings):
    settings.AIDA_KEPT_DAYS = 30
    fresh = ConversationFactory(last_at=NOW - timedelta(hours=23), kept=False)
    TurnFactory(conversation=ConversationFactory(last_at=NOW - timedelta(hours=25), kept=False))
    kept = ConversationFactory(last_at=NOW - timedelta(days=29), kept=True)
    ConversationFactory(last_at=NOW - timedelta(days=31), kept=True)

    assert services.forget_conversations(now=NOW) == 2
    assert set(Conversation.objects.all()) == {fresh, kept}
    assert not Turn.objects.exists()


def test_officers_read_only_what_its_visitor_allowed_to_keep():
    kept = TurnFactory().conversation
    TurnFactory(conversation=ConversationFactory(unit=kept.unit, kept=False))
    officer = Actor(user_id=1, grants={"assistant.view": frozenset({kept.unit_id})})

    assert list(Conversation.objects.visible_to(officer)) == [kept]
    assert [turn.conversation for turn in Turn.objects.visible_to(officer)] == [kept]


def test_permission_to_keep_is_given_and_withdrawn(client, office):
    say(client, office, "Apa itu inflasi?")
    for word, kept in (("ya", True), ("tidak", False)):
        client.post(address(office, "keep"), {"boleh": word})
        assert Conversation.objects.get().kept is kept


def test_only_questions_that_can_be_answered_are_given_as_examples(client):
    office = UnitFactory(code="3578", region="Kota Surabaya")
    address = reverse("assistant:talk", args=[office.slug])
    nothing = client.post(address, {"question": "Apa itu kain layanan?"}, follow=True).content.decode()
    assert "Yang dapat dijawab AIDA" not in nothing

    region = RegionFactory(code="3578", name="Kota Surabaya", kind="kota")
    for name in ("Produksi Garam", "[Metode Baru] Indeks Pembangunan Manusia"):
        CellFactory(indicator=IndicatorFactory(unit=office, name=name), region=region)
    IndicatorFactory(unit=office, name="Persentase Penduduk Miskin")
    publish("Cara membaca gini ratio", "Gini ratio mengukur ketimpangan.")
    page = client.get(address).content.decode()
    given = re.findall(r'formnovalidate\s+name="question"\s+value="(.*?)"', page)

    assert given == [
        "Cara membaca gini ratio",
        "IPM Kota Surabaya",
        "Tren Produksi Garam Kota Surabaya lima tahun terakhir",
    ]
