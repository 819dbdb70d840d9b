"""Two steps for staff: set up before work, asked at every sign-in, never lost with a phone."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache

from halopst.accounts.secrets import conceal, reveal
from tests.accounts.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "kopi-tubruk-manis"


@pytest.fixture(autouse=True)
def _required(settings):
    cache.clear()
    settings.STAFF_TOTP_REQUIRED = True


@pytest.fixture
def admin():
    user = MembershipFactory(role="admin").user
    user.set_password(PASSWORD)
    user.save()
    return user


def app_code(secret):
    """What the person's phone shows now; it is taken one step early and one late."""
    _early, now, _late = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def sign_in(client, user):
    return client.post("/akun/masuk/kata-sandi/", {"login": user.email, "password": PASSWORD})


def set_up(client, user):
    """Sign in and set the second factor up; the app's secret."""
    sign_in(client, user)
    page = client.get("/akun/dua-langkah/aktifkan/")
    if page.status_code == 302:
        client.post(page.headers["Location"], {"password": PASSWORD})
        page = client.get("/akun/dua-langkah/aktifkan/")
    secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page.content.decode())[1]
    done = client.post("/akun/dua-langkah/aktifkan/", {"code": app_code(secret)})
    assert done.headers["Location"] == "/akun/dua-langkah/kode-cadangan/"
    return secret


def test_staff_without_a_second_factor_are_led_to_set_it_up(client, admin):
    sign_in(client, admin)

    page = client.get("/akun/orang/?q=a")

    assert page.headers["Location"] == "/akun/dua-langkah/aktifkan/?next=%2Fakun%2Forang%2F%3Fq%3Da"
    assert client.get("/akun/").headers["Location"].startswith("/akun/dua-langkah/aktifkan/")


def test_until_then_the_api_gives_staff_nothing(client, admin):
    sign_in(client, admin)

    answer = client.get("/api/v1/accounts/memberships")

    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:halopst:second-factor-required"


def test_setting_it_up_opens_the_work_and_shows_spare_codes(client, admin):
    set_up(client, admin)

    assert client.get("/akun/orang/").status_code == 200
    codes = client.get("/akun/dua-langkah/kode-cadangan/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", codes)) == 10
    assert client.get("/akun/dua-langkah/kode-cadangan/unduh/").content.decode().count("\n") >= 10


def test_a_wrong_first_code_sets_nothing_up(client, admin):
    sign_in(client, admin)
    client.post(client.get("/akun/dua-langkah/aktifkan/").headers["Location"], {"password": PASSWORD})
    client.get("/akun/dua-langkah/aktifkan/")

    page = client.post("/akun/dua-langkah/aktifkan/", {"code": "000000"})

    assert "Kode tidak cocok" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_it_is_asked_at_the_next_sign_in(client, admin):
    secret = set_up(client, admin)
    client.post("/akun/keluar/")
    cache.clear()  # allauth takes a code once; this one was just used

    page = sign_in(client, admin)
    assert page.headers["Location"] == "/akun/masuk/dua-langkah/"
    assert client.session.get("_auth_user_id") is None
    wrong = client.post("/akun/masuk/dua-langkah/", {"code": "000000"})
    assert "Kode tidak cocok" in wrong.content.decode()
    right = client.post("/akun/masuk/dua-langkah/", {"code": app_code(secret)})

    assert right.status_code == 302
    assert client.get("/akun/orang/").status_code == 200


def test_a_mailed_code_does_not_replace_it(client, admin, sent_code):
    set_up(client, admin)
    client.post("/akun/keluar/")
    client.post("/akun/masuk/", {"email": admin.email})

    page = client.post("/akun/masuk/kode/", {"code": sent_code()})

    assert page.headers["Location"] == "/akun/masuk/dua-langkah/"
    assert client.session.get("_auth_user_id") is None


def test_a_spare_code_is_good_once(client, admin):
    set_up(client, admin)
    codes = re.findall(r"<li>(\d{8})</li>", client.get("/akun/dua-langkah/kode-cadangan/").content.decode())
    for _time, passes in enumerate((True, False)):
        client.post("/akun/keluar/")
        sign_in(client, admin)
        page = client.post("/akun/masuk/dua-langkah/", {"code": codes[0]})
        assert (page.status_code == 302) is passes


def test_five_wrong_codes_stop_the_guessing(client, admin):
    secret = set_up(client, admin)
    client.post("/akun/keluar/")
    sign_in(client, admin)
    for _time in range(5):
        client.post("/akun/masuk/dua-langkah/", {"code": "000000"})

    page = client.post("/akun/masuk/dua-langkah/", {"code": app_code(secret)})

    assert "Coba lagi 15 menit lagi" in page.content.decode()


def test_a_session_from_before_proves_the_app_it_has(client, admin):
    from django.test import Client  # noqa: PLC0415

    elsewhere = Client()
    elsewhere.force_login(admin)
    secret = set_up(client, admin)
    cache.clear()

    page = elsewhere.get("/akun/orang/")
    assert page.headers["Location"] == "/akun/konfirmasi/dua-langkah/?next=%2Fakun%2Forang%2F"
    page = elsewhere.post(page.headers["Location"], {"code": app_code(secret), "next": "/akun/orang/"})

    assert page.headers["Location"] == "/akun/orang/"
    assert elsewhere.get("/akun/orang/").status_code == 200


def test_staff_cannot_turn_it_off(client, admin):
    set_up(client, admin)

    page = client.post("/akun/dua-langkah/matikan/")

    assert "mewajibkan" in page.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_visitors_may_and_need_not(client, settings):
    client.force_login(UserFactory())

    assert client.get("/akun/").status_code == 200
    assert client.get("/akun/dua-langkah/").status_code == 200


def test_where_it_is_optional_staff_work_without(client, admin, settings):
    settings.STAFF_TOTP_REQUIRED = False
    sign_in(client, admin)

    assert client.get("/akun/orang/").status_code == 200


def test_the_secret_of_the_app_is_not_readable_in_the_database(client, admin):
    secret = set_up(client, admin)

    kept = str(Authenticator.objects.get(type="totp").data)
    assert secret not in kept
    assert reveal(conceal(secret)) == secret
