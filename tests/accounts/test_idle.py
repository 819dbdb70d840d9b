"""Staff who stop working are signed out; what they had typed waits for them, and for nobody else."""

import pytest
from django.core.cache import cache

from halopst.accounts.models import User
from tests.accounts.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def away(client, minutes):
    """Let that long pass since the last request."""
    session = client.session
    session["seen_at"] = session["seen_at"] - minutes * 60
    session.save()


@pytest.fixture
def officer(client):
    user = MembershipFactory().user
    client.force_login(user)
    client.get("/akun/")
    return user


def test_twenty_minutes_are_fine(client, officer):
    away(client, 19)

    assert client.get("/akun/").status_code == 200


def test_longer_is_not_and_the_way_back_is_kept(client, officer):
    away(client, 21)

    page = client.get("/akun/token/?a=1")

    assert page.headers["Location"] == "/akun/masuk/?next=%2Fakun%2Ftoken%2F%3Fa%3D1"
    assert "keluar otomatis" in client.get(page.headers["Location"]).content.decode()


def test_each_request_starts_the_wait_again(client, officer):
    for _time in range(3):
        away(client, 15)
        assert client.get("/akun/").status_code == 200


def test_the_limit_is_the_offices_to_set(client, officer, settings):
    settings.STAFF_IDLE_MINUTES = 60
    away(client, 59)

    assert client.get("/akun/").status_code == 200


def test_visitors_may_take_their_time(client):
    client.force_login(UserFactory())
    client.get("/akun/")
    away(client, 24 * 60)

    assert client.get("/akun/").status_code == 200


def test_streams_and_polls_do_not_count_as_work(client, officer):
    away(client, 15)
    client.get("/akun/", headers={"Accept": "text/event-stream"})
    client.get("/akun/", headers={"Halo-Background": "1"})
    away(client, 6)

    assert client.get("/akun/").status_code == 302


def test_what_was_being_sent_waits_and_is_sent_after_signing_in(client, officer, sent_code):
    away(client, 30)
    text = "Nama <b>baru</b>\nbaris dua"

    page = client.post("/akun/nama/", {"name": text, "csrfmiddlewaretoken": "x", "password": "rahasia"})
    assert page.headers["Location"] == "/akun/masuk/?next=%2Fakun%2Flanjutkan%2F"
    client.post("/akun/masuk/", {"email": officer.email, "next": "/akun/lanjutkan/"})
    page = client.post("/akun/masuk/kode/", {"code": sent_code()})
    shown = client.get(page.headers["Location"])

    body = shown.content.decode()
    assert 'action="/akun/nama/"' in body
    assert "Nama &lt;b&gt;baru&lt;/b&gt;" in body
    assert "rahasia" not in body
    assert User.objects.get(pk=officer.pk).name == officer.name


def test_it_waits_for_nobody_else(client, officer):
    away(client, 30)
    client.post("/akun/nama/", {"name": "Rahasia kantor"})
    client.force_login(UserFactory())

    page = client.get("/akun/lanjutkan/")

    assert page.status_code == 302
    assert "draft" not in client.session


def test_lost_files_are_admitted(client, officer, sent_code):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    away(client, 30)
    client.post("/akun/nama/", {"name": "Dwi", "berkas": SimpleUploadedFile("a.pdf", b"%PDF")})
    client.force_login(officer)

    assert "Lampirkan lagi" in client.get("/akun/lanjutkan/").content.decode()


def test_a_fragment_request_sends_the_whole_page_to_sign_in(client, officer):
    away(client, 30)

    page = client.get("/akun/", headers={"HX-Request": "true"})

    assert page.headers["HX-Redirect"].startswith("/akun/masuk/")


def test_the_api_says_401(client, officer):
    away(client, 30)

    answer = client.get("/api/v1/accounts/me")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_forged_post_from_elsewhere_leaves_nothing(officer, settings):
    from django.test import Client  # noqa: PLC0415

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    strict.get("/akun/")
    away(strict, 30)

    assert strict.post("/akun/nama/", {"name": "Palsu"}).status_code == 403
    assert "draft" not in strict.session
