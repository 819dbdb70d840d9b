import pytest
from django.urls import reverse

from halopst.notifications.models import Contact, Delivery, Notice, Preference, QuietHours, Text
from halopst.notifications.services.consent import opt_in
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.notifications.factories import MORNING, DeliveryFactory, NoticeFactory, PreferenceFactory
from tests.notifications.test_outbox import VALUES, tell
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
INBOX, OUTBOX, CHOICES = (reverse(f"notifications:{name}") for name in ("inbox", "outbox", "preferences"))


@pytest.fixture
def wening(client):
    user = UserFactory(name="Wening", phone="0812-3456-7890")
    client.force_login(user)
    return user


@pytest.fixture
def admin(client):
    membership = MembershipFactory(role="admin")
    client.force_login(membership.user)
    return membership


def test_the_inbox_shows_ones_own_notices_newest_first(client, wening):
    NoticeFactory(user=wening, subject="Pertama")
    NoticeFactory(user=wening, subject="Kedua")
    NoticeFactory(subject="Milik orang lain")

    page = client.get(INBOX).content.decode()
    assert page.index("Kedua") < page.index("Pertama")
    assert "Milik orang lain" not in page


def test_the_inbox_is_searched_and_narrowed_to_what_is_new(client, wening):
    NoticeFactory(user=wening, subject="Jadwal disetujui", read_at=MORNING)
    NoticeFactory(user=wening, subject="Data inflasi")

    assert b"Data inflasi" not in client.get(INBOX, {"q": "jadwal"}).content
    assert b"Jadwal disetujui" not in client.get(INBOX, {"lihat": "baru"}).content
    assert "Tidak ada yang cocok" in client.get(INBOX, {"q": "\0 zzz"}).content.decode()


def test_a_notice_is_text_whatever_its_values_hold(client, wening):
    NoticeFactory(user=wening, body="<script>alert(1)</script>")

    assert b"<script>alert" not in client.get(INBOX).content


def test_opening_a_notice_reads_it_and_leads_on(client, wening):
    notice = NoticeFactory(user=wening, link="/permintaan/7/")

    response = client.post(reverse("notifications:open", args=[notice.pk]))
    assert (response.status_code, response.headers["Location"]) == (302, "/permintaan/7/")
    notice.refresh_from_db()
    first = notice.read_at
    assert first is not None

    client.post(reverse("notifications:open", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.read_at == first


def test_everything_is_read_at_once_and_only_ones_own(client, wening):
    NoticeFactory.create_batch(3, user=wening)
    other = NoticeFactory()
    client.post(reverse("notifications:read-all"))

    assert list(Notice.objects.filter(read_at=None)) == [other]


@pytest.mark.parametrize("url", [INBOX, OUTBOX])
def test_the_lists_cost_the_same_at_one_row_and_three(client, admin, url, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(30) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    def one():
        DeliveryFactory(notice=NoticeFactory(user=admin.user, unit=admin.unit))

    one()
    client.get(url)
    single = cost()
    one()
    one()
    assert cost() == single


def test_the_outbox_shows_what_was_told_and_how_far_it_got(client, admin):
    DeliveryFactory(
        notice=NoticeFactory(unit=admin.unit, subject="Jadwal disetujui", name="Laras"),
        state="failed",
        error="Alamat surel tidak ada.",
        ended_at=MORNING,
    )
    NoticeFactory(subject="Satker lain")
    page = client.get(OUTBOX).content.decode()

    assert "Jadwal disetujui" in page
    assert "Gagal" in page
    assert "Alamat surel tidak ada." in page
    assert "Satker lain" not in page
    assert "Jadwal disetujui" not in client.get(OUTBOX, {"keadaan": "sent"}).content.decode()
    assert "Jadwal disetujui" in client.get(OUTBOX, {"keadaan": "'; --", "q": "laras"}).content.decode()


def test_no_office_reads_sign_in_codes(client, admin):
    NoticeFactory(unit=None, user=None, kind="platform.mail", subject="Kode masuk 123456")

    assert b"123456" not in client.get(OUTBOX).content


def test_a_demonstration_shows_everyone_what_would_have_been_sent(client, settings):
    settings.DEMO = True
    NoticeFactory(unit=None, user=None, kind="platform.mail", subject="Kode masuk 123456")

    page = client.get(OUTBOX).content.decode()
    assert "Kode masuk 123456" in page
    assert "Mode peragaan: pesan tidak dikirim." in page


def test_a_demonstration_that_sends_shows_nothing_to_strangers(client, settings, smtp):
    settings.DEMO = True

    assert client.get(OUTBOX).status_code == 302


def test_a_failed_message_is_sent_again_by_hand(client, admin, smtp, work):
    delivery = DeliveryFactory(
        notice=NoticeFactory(unit=admin.unit), state="failed", error="x", ended_at=MORNING, unknowns=1
    )
    url = reverse("notifications:again", args=[delivery.pk])
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 409

    delivery.refresh_from_db()
    work(delivery.next_at.replace(hour=3))
    assert Delivery.objects.get().state in {"queued", "sent"}


def test_a_reminder_whose_time_has_passed_is_not_sent_again(client, admin, smtp):
    delivery = DeliveryFactory(
        notice=NoticeFactory(unit=admin.unit, send_before=MORNING),
        state="failed",
        error="x",
        ended_at=MORNING,
    )
    response = client.post(reverse("notifications:again", args=[delivery.pk]))

    assert response.status_code == 409
    assert "Batas waktu pesan ini sudah lewat" in response.content.decode()


def choices(**changes):
    boxes = {
        f"{group}-{channel}": "on" for group in ("layanan", "pengingat") for channel in ("email", "whatsapp")
    }
    return boxes | {"phone": "", "quiet_starts": "20:00", "quiet_ends": "06:00"} | changes


def test_preferences_are_kept_and_followed(client, wening, smtp, work):
    data = choices()
    del data["layanan-email"]
    assert client.post(CHOICES, data).status_code == 302

    assert set(Preference.objects.values_list("group", "channel", "wanted")) == {
        ("layanan", "email", False),
        ("penilaian", "email", False),
        ("penilaian", "whatsapp", False),
        ("kabar", "email", False),
        ("kabar", "whatsapp", False),
    }
    tell(wening)
    assert not Delivery.objects.exists()
    assert Notice.objects.get().user == wening

    assert client.post(CHOICES, choices()).status_code == 302
    tell(wening, key="2")
    assert Delivery.objects.get().channel == "email"


def test_consent_to_whatsapp_is_given_with_a_number_and_taken_back(client, wening):
    client.post(CHOICES, choices(whatsapp="on", phone="0812 3456 7890"))
    contact = Contact.objects.get()
    assert (contact.phone, contact.user, contact.agrees, contact.opted_in_how) == (
        "6281234567890",
        wening,
        True,
        "preferences",
    )

    client.post(CHOICES, choices(phone="0812 3456 7890"))
    contact.refresh_from_db()
    assert not contact.agrees


@pytest.mark.parametrize("phone", ["", "abc", "021-555", "\0"])
def test_consent_without_a_usable_number_is_refused_and_nothing_is_lost(client, wening, phone):
    response = client.post(CHOICES, choices(whatsapp="on", phone=phone, own_hours="on", quiet_starts="21:30"))

    assert response.status_code == 422
    assert "21:30" in response.content.decode()
    assert not Contact.objects.exists()
    assert not QuietHours.objects.exists()


def test_ones_own_quiet_hours_are_kept_and_given_up(client, wening):
    client.post(CHOICES, choices(own_hours="on", quiet_starts="22:00", quiet_ends="05:00"))
    assert str(QuietHours.objects.get(user=wening)) == "22.00-05.00"

    client.post(CHOICES, choices())
    assert not QuietHours.objects.exists()


def test_the_foot_of_a_news_mail_stops_that_news_without_signing_in(client, smtp, work, settings):
    settings.PUBLIC_URL = "http://testserver"
    user = UserFactory()
    tell(user, kind="tests.news", context={"nama": VALUES["nama"]})
    work(MORNING)
    link = smtp.mails[0]["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")

    assert client.get(link).status_code == 200
    assert not Preference.objects.exists()
    assert client.post(link).status_code == 200
    preference = Preference.objects.get()
    assert (preference.user, preference.group, preference.channel, preference.wanted) == (
        user,
        "kabar",
        "email",
        False,
    )
    assert "tidak dikirim lagi" in client.post(link).content.decode()


def test_a_made_up_link_stops_nothing(client):
    assert client.post(reverse("notifications:unsubscribe", args=["palsu"])).status_code == 409


def test_declined_news_does_not_come_back_as_a_fallback(cloud, smtp, work):
    user = UserFactory(phone="0812-3456-7890")
    PreferenceFactory(user=user, group="kabar", channel="email")
    cloud.errors = [(131026, 400)]
    opt_in(user, phone=user.phone, how="preferences", now=MORNING)
    tell(user, kind="tests.news", context={"nama": "Wening"})
    work(MORNING)

    assert list(Delivery.objects.values_list("channel", "state")) == [("whatsapp", "failed")]
    assert smtp.mails == []


def text_url(unit, kind="tests.greeting", language="id"):
    return reverse("notifications:text", args=[unit.slug, kind, language])


def test_an_admin_drafts_previews_publishes_and_withdraws(client, admin):
    url, words = text_url(admin.unit), {"subject": "Sugeng {nama}", "body": "Jadwal: {waktu}"}
    client.post(url, words | {"aksi": "simpan"})
    page = client.get(url).content.decode()
    assert "Sugeng Wening" in page
    assert "Jadwal: Senin, 23 November 2026, 10.00 WIB" in page

    client.post(url, words | {"aksi": "terbit"})
    assert Text.objects.get().state == "terbit"
    client.post(url, words | {"aksi": "tarik"})
    assert Text.objects.get().state == "ditarik"


def test_a_wrong_variable_is_answered_beside_the_text_which_stays(client, admin):
    response = client.post(text_url(admin.unit), {"subject": "Halo", "body": "Temui {ahli}"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "{ahli} tidak dikenal di pesan ini" in page
    assert "Temui {ahli}" in page


@pytest.mark.parametrize(("kind", "language"), [("tidak.ada", "id"), ("tests.greeting", "jv")])
def test_an_unknown_kind_or_language_is_not_there(client, admin, kind, language):
    assert client.get(text_url(admin.unit, kind, language)).status_code == 404


def test_the_list_of_texts_names_every_kind_and_has_a_search(client, admin):
    page = client.get(reverse("notifications:texts")).content.decode()

    assert 'type="search"' in page
    assert "Mendesak" in page


def test_quiet_hours_of_an_office_are_set_and_recorded(client, admin):
    url = reverse("notifications:quiet-hours", args=[admin.unit.slug])
    client.post(url, {"starts": "21:00", "ends": "05:30"})
    hours = QuietHours.objects.get()
    assert (hours.unit, str(hours), hours.urgent_may_pass) == (admin.unit, "21.00-05.30", False)

    client.post(url, {"starts": "jam sembilan", "ends": ""})
    hours.refresh_from_db()
    assert str(hours) == "21.00-05.30"


def test_who_leads_many_offices_chooses_one_with_a_search(client):
    head = MembershipFactory(role="admin", unit=UnitFactory().parent)
    client.force_login(head.user)
    page = client.get(reverse("notifications:texts")).content.decode()

    assert 'id="pilih-satker-q"' in page
