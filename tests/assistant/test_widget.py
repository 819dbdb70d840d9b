"""AIDA in a frame on an office's own site: only where the office said so, and without any cookie."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from halopst.assistant.models import Conversation, OfficeChannels
from halopst.assistant.rules.conversation.widget_sites import origin, origins
from halopst.audit.models import Entry
from halopst.knowledge.services import reindex
from tests.accounts.factories import MembershipFactory
from tests.assistant.factories import OfficeChannelsFactory
from tests.assistant.model_server import says
from tests.assistant.worded import build_office, put_to_use
from tests.knowledge.factories import DocumentFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
SITE = "https://kota.example"


@pytest.fixture
def office():
    text = "Inflasi adalah kenaikan harga secara umum dan terus-menerus. Kebalikannya deflasi."
    secret = "Sandi lemari arsip ditulis di buku tamu bagian umum."
    unit = UnitFactory(slug="kota")
    reindex(
        [
            DocumentFactory(unit=None, state="published", title="Inflasi", text=text),
            DocumentFactory(unit=unit, state="published", title="Arsip", text=secret, audience="staff"),
        ]
    )
    OfficeChannelsFactory(unit=unit, origins=[SITE])
    return unit


def frame(office):
    return reverse("assistant:widget", args=[office.slug])


def test_only_the_named_site_may_show_the_frame_and_every_other_page_stays_closed(client, office):
    shown = client.get(frame(office))

    assert f"frame-ancestors {SITE};" in f"{shown.headers['Content-Security-Policy']};"
    assert "'none'" not in shown.headers["Content-Security-Policy"].partition("frame-ancestors")[2]
    assert "X-Frame-Options" not in shown.headers
    page = client.get(reverse("assistant:talk", args=[office.slug]))
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_an_office_that_named_no_site_has_no_frame(client):
    assert client.get(frame(UnitFactory())).status_code == 404


def test_the_conversation_goes_on_by_its_token_where_no_cookie_is_kept(office):
    strict = Client(enforce_csrf_checks=True)
    first = strict.post(frame(office), {"question": "Apa itu inflasi?"})
    assert first.cookies == {}
    strict.cookies.clear()
    strict.post(frame(office), {"question": "Apa itu deflasi?", "percakapan": first.context["token"]})
    strict.post(frame(office), {"question": "Halo", "percakapan": f"{first.context['token']}x"})

    assert [len(one.turns.all()) for one in Conversation.objects.order_by("pk")] == [2, 1]
    assert set(Conversation.objects.values_list("channel", flat=True)) == {"widget"}
    assert "kenaikan harga secara umum" in first.content.decode()


def test_whoever_is_signed_in_is_nobody_in_the_frame(client, office):
    client.force_login(MembershipFactory(unit=office).user)
    page = client.post(frame(office), {"question": "Di mana sandi lemari arsip ditulis?"}).content.decode()

    assert "buku tamu bagian umum" not in page


def test_what_is_no_question_is_said_and_begins_nothing(client, office):
    answer = client.post(frame(office), {"question": ""})

    assert (answer.status_code, Conversation.objects.count()) == (422, 0)
    assert "Tulis pertanyaan Anda dulu." in answer.content.decode()


def test_who_asks_too_fast_in_the_frame_is_told_so(client, office, settings):
    settings.CHATS_PER_MINUTE = 1
    token = client.post(frame(office), {"question": "Apa itu inflasi?"}).context["token"]
    answer = client.post(frame(office), {"question": "Apa itu deflasi?", "percakapan": token})

    assert answer.status_code == 429
    assert ">Apa itu deflasi?</textarea>" in answer.content.decode()


def judge(office, token, **said):
    turn = Conversation.objects.get().turns.get()
    return Client(enforce_csrf_checks=True).post(
        frame(office), {"percakapan": token, "jawaban": turn.pk, **said}
    )


def test_what_helped_and_what_was_wrong_is_said_in_the_frame_without_a_cookie(client, office):
    token = client.post(frame(office), {"question": "Apa itu inflasi?"}).context["token"]
    turn = Conversation.objects.get().turns.get()
    assert judge(office, token, verdict="helped").status_code == 200
    turn.refresh_from_db()
    assert turn.verdict == "helped"

    asked = judge(office, token, verdict="wrong").content.decode()
    assert "Apa yang kurang tepat?" in asked
    thanked = judge(office, token, reason="old", remark="Hubungi 081234567890 saja").content.decode()
    turn.refresh_from_db()
    assert (turn.verdict, turn.reason) == ("wrong", "old")
    assert "081234567890" not in turn.remark
    assert "Alasan Anda: Sudah lama." in thanked
    assert Conversation.objects.get().turns.count() == 1


def test_a_reason_that_is_none_or_of_no_wrong_answer_is_told_beside_it(client, office):
    token = client.post(frame(office), {"question": "Apa itu inflasi?"}).context["token"]

    assert "Tandai dulu jawaban ini kurang tepat" in judge(office, token, reason="old").content.decode()
    judge(office, token, verdict="wrong")
    assert "Pilih satu alasan" in judge(office, token, reason="xyz").content.decode()


@pytest.mark.parametrize("number", ["0", "x", "9" * 30])
def test_nobody_judges_an_answer_that_is_not_of_the_conversation(client, office, number):
    token = client.post(frame(office), {"question": "Apa itu inflasi?"}).context["token"]
    given = {"percakapan": token, "jawaban": number, "verdict": "wrong"}

    assert client.post(frame(office), given).status_code == 404


def test_carried_to_our_own_page_the_conversation_gets_a_new_secret(client, office):
    token = client.post(frame(office), {"question": "Apa itu inflasi?"}).context["token"]
    carry = reverse("assistant:carry-on", args=[office.slug, token])
    assert "Apa itu inflasi?" in client.get(carry).content.decode()
    assert "aida" not in client.session

    page = client.post(carry, follow=True).content.decode()
    assert "kenaikan harga secara umum" in page
    client.post(frame(office), {"question": "Halo", "percakapan": token})
    assert Conversation.objects.count() == 2
    assert Client().get(carry).status_code == 302


def test_the_script_names_no_address_but_its_own(client, office):
    script = client.get(reverse("assistant:widget-script"))

    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "http" not in script.content.decode()
    assert script.cookies == {}


def test_an_admin_names_the_sites_on_record_and_gets_the_line_to_paste(client, settings):
    admin = MembershipFactory(role="admin")
    client.force_login(admin.user)
    page = reverse("assistant:channels", args=[admin.unit.slug])
    given = {"whatsapp": "on", "origins": "https://Kota.example/beranda\nhttps://kota.example"}
    saved = client.post(page, given, follow=True).content.decode()

    kept = OfficeChannels.objects.get()
    assert (kept.unit, kept.whatsapp, kept.origins) == (admin.unit, True, [SITE])
    assert f'data-kantor="{admin.unit.slug}" async&gt;' in saved
    talk = f"{settings.PUBLIC_URL}{reverse('assistant:talk', args=[admin.unit.slug])}"
    assert f'&lt;noscript&gt;&lt;a href="{talk}"&gt;Tanya AIDA' in saved
    assert Entry.objects.get(action="assistant.channels-set").unit_id == admin.unit_id
    wrong = client.post(page, {"origins": "kota.example"})
    assert wrong.status_code == 422
    assert OfficeChannels.objects.get().origins == [SITE]


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("https://kota.bps.example", "https://kota.bps.example"),
        (" https://Kota.bps.example:8443/x?y ", "https://kota.bps.example:8443"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
    ],
)
def test_a_site_is_named_as_browsers_name_it(text, site):
    assert origin(text) == site


@pytest.mark.parametrize(
    "text",
    [
        "kota.example",
        "http://kota.example",
        "https://*",
        "https://*.example",
        "https://a;script-src *",
        "https://a'b.example",
        "javascript:alert(1)",
        "https://u:p@kota.example",
        "https://kota.example:99999",
        "https://",
    ],
)
def test_what_is_no_site_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        origin(text)


def test_an_office_has_at_most_twenty_sites():
    with pytest.raises(ValueError, match="21"):
        origins("\n".join(f"https://s{number}.example" for number in range(21)))


def test_keeping_is_asked_once_in_the_frame_and_can_be_taken_back(client, office):
    first = client.post(frame(office), {"question": "Apa itu inflasi?"})
    yes = client.post(frame(office), {"boleh": "ya", "percakapan": first.context["token"]})
    assert Conversation.objects.get().kept is True
    more = client.post(frame(office), {"question": "Apa itu deflasi?", "percakapan": yes.context["token"]})
    no = client.post(frame(office), {"boleh": "tidak", "percakapan": more.context["token"]})

    asked = [answer.content.decode().count("kami simpan?") for answer in (first, yes, more, no)]
    assert (asked, [yes.status_code, no.status_code]) == ([1, 0, 0, 0], [200, 200])
    assert (Conversation.objects.get().kept, len(Conversation.objects.get().turns.all())) == (False, 2)
    assert yes.cookies == no.cookies == {}


def test_what_is_known_nearby_and_an_appointment_are_offered_in_the_frame(client, office):
    page = client.post(frame(office), {"question": "Apa itu inflasi bulan lalu di Mars?"}).content.decode()

    assert reverse("consultations:experts", args=[office.slug]) in page


def test_what_can_be_answered_is_shown_in_the_frame_where_nothing_near_is_known(client, office):
    page = client.post(frame(office), {"question": "Berapa harga tiket kereta?"}).content.decode()

    assert 'value="Apa arti inflasi?"' in page
    known = client.post(frame(office), {"question": "Apa itu inflasi?"}).content.decode()
    assert 'value="Apa arti inflasi?"' not in known


def test_each_sentence_of_a_model_names_its_source_in_the_frame_too(model):
    office = build_office()
    put_to_use()
    OfficeChannelsFactory(unit=office, origins=[SITE])
    model.replies = [says(("Inflasi adalah kenaikan harga secara umum dan terus-menerus.", [1]))]
    page = Client().post(frame(office), {"question": "Apa itu inflasi?"}).content.decode()
    mark = re.search(r'terus-menerus\.<a\s+class="cite"\s+href="#(s\d+-1)"', page)

    assert f'id="{mark[1]}"' in page
    assert "Kalimatnya dirangkai model bahasa" in page
