"""The way in: by code, by password, and nothing that tells a stranger who has an account."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from halopst.accounts.models import User
from halopst.audit.models import Entry
from tests.accounts.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "kopi-tubruk-manis"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def me(client):
    return client.session.get("_auth_user_id")


def test_the_sign_in_page_is_where_everyone_expects_it():
    assert reverse("account_login") == "/akun/masuk/"


def test_a_newcomer_signs_in_by_code_says_a_name_and_goes_on(client, sent_code):
    page = client.post("/akun/masuk/", {"email": "dwi@contoh.id", "next": "/bahasa-tujuan/"})
    assert page.headers["Location"] == "/akun/masuk/kode/"
    page = client.post("/akun/masuk/kode/", {"code": f" {sent_code()[:3]} {sent_code()[3:]} "})
    assert page.headers["Location"] == "/akun/nama/?next=%2Fbahasa-tujuan%2F"
    page = client.post(page.headers["Location"], {"name": "Dwi", "next": "/bahasa-tujuan/"})

    assert page.headers["Location"] == "/bahasa-tujuan/"
    assert User.objects.get().name == "Dwi"
    assert me(client) == str(User.objects.get().pk)


def test_someone_known_goes_straight_on(client, sent_code):
    user = UserFactory(email="dwi@contoh.id")
    client.post("/akun/masuk/", {"email": "dwi@contoh.id"})

    page = client.post("/akun/masuk/kode/", {"code": sent_code()})

    assert page.headers["Location"] == "/mulai/"
    assert me(client) == str(user.pk)


def test_the_session_key_rotates_and_its_contents_stay(client, sent_code):
    session = client.session
    session["holder"] = "pemegang"
    session.save()
    before = session.session_key
    client.post("/akun/masuk/", {"email": "dwi@contoh.id"})

    client.post("/akun/masuk/kode/", {"code": sent_code()})

    assert client.session.session_key != before
    assert client.session["holder"] == "pemegang"


def test_known_and_unknown_addresses_see_the_same_pages(client):
    UserFactory(email="dikenal@contoh.id")
    pages = []
    for email in ("dikenal@contoh.id", "asing-----@contoh.id"):
        asked = client.post("/akun/masuk/", {"email": email})
        shown = client.get("/akun/masuk/kode/")
        wrong = client.post("/akun/masuk/kode/", {"code": "000000"})
        pages.append(
            [(r.status_code, r.headers.get("Location"), len(r.content)) for r in (asked, shown, wrong)]
        )

    assert pages[0][0] == pages[1][0]
    assert [page[0] for page in pages[0]] == [page[0] for page in pages[1]] == [302, 200, 422]


def test_a_strange_next_address_is_not_followed(client, sent_code):
    UserFactory(email="dwi@contoh.id")
    client.post("/akun/masuk/", {"email": "dwi@contoh.id", "next": "https://jahat.example/"})

    assert client.post("/akun/masuk/kode/", {"code": sent_code()}).headers["Location"] == "/mulai/"


@pytest.mark.parametrize("email", ["", "bukan-surel", "a@b", "x" * 300 + "@contoh.id", "nul\x00@contoh.id"])
def test_a_bad_address_gets_a_sentence(client, email, mailoutbox):
    page = client.post("/akun/masuk/", {"email": email})

    assert page.status_code == 422
    assert mailoutbox == []


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "1" * 4000, "12345\x00", "\uff11" * 6])
def test_a_bad_code_gets_a_sentence(client, code):
    client.post("/akun/masuk/", {"email": "dwi@contoh.id"})

    assert client.post("/akun/masuk/kode/", {"code": code}).status_code == 422


def test_too_many_codes_keep_the_address_on_the_page(client):
    for _time in range(3):
        client.post("/akun/masuk/", {"email": "dwi@contoh.id"})

    page = client.post("/akun/masuk/", {"email": "dwi@contoh.id"})

    assert page.status_code == 409
    assert "Coba lagi 10 menit lagi" in page.content.decode()
    assert "dwi@contoh.id" in page.content.decode()


def test_a_password_signs_in(client):
    user = UserFactory(email="dwi@contoh.id")
    user.set_password(PASSWORD)
    user.save()

    page = client.post(
        "/akun/masuk/kata-sandi/", {"login": "DWI@contoh.id", "password": PASSWORD, "next": "/akun/nama/"}
    )

    assert page.headers["Location"] == "/akun/nama/"
    assert me(client) == str(user.pk)


def test_five_wrong_passwords_lock_the_address_and_say_when_to_return(client):
    user = UserFactory(email="dwi@contoh.id")
    user.set_password(PASSWORD)
    user.save()
    for _time in range(5):
        page = client.post("/akun/masuk/kata-sandi/", {"login": "dwi@contoh.id", "password": "salah"})
        assert "tidak cocok" in page.content.decode()

    page = client.post("/akun/masuk/kata-sandi/", {"login": "dwi@contoh.id", "password": PASSWORD})

    assert "Coba lagi 15 menit lagi" in page.content.decode()
    assert me(client) is None


def test_wrong_passwords_say_the_same_of_known_and_unknown_addresses(client):
    UserFactory(email="dikenal@contoh.id")
    pages = [
        client.post("/akun/masuk/kata-sandi/", {"login": email, "password": "salah"}).content.decode()
        for email in ("dikenal@contoh.id", "asing-----@contoh.id")
    ]

    assert "Surel atau kata sandi tidak cocok" in pages[0]
    assert "Surel atau kata sandi tidak cocok" in pages[1]


def test_a_closed_account_does_not_get_in_by_password(client):
    user = UserFactory(email="dwi@contoh.id", is_active=False)
    user.set_password(PASSWORD)
    user.save()

    page = client.post("/akun/masuk/kata-sandi/", {"login": "dwi@contoh.id", "password": PASSWORD})

    assert page.headers["Location"] == "/akun/nonaktif/"
    assert me(client) is None
    assert "dinonaktifkan" in client.get("/akun/nonaktif/").content.decode()


def test_a_colleagues_sign_ins_are_on_the_offices_record_and_a_visitors_are_not(client):
    visitor, membership = UserFactory(), MembershipFactory()
    for user in (visitor, membership.user):
        user.set_password(PASSWORD)
        user.save()
        for password in ("salah", PASSWORD):
            client.post("/akun/masuk/kata-sandi/", {"login": user.email, "password": password})
        client.post("/akun/keluar/")

    assert list(Entry.objects.order_by("pk").values_list("action", "actor_id", "subject_id", "unit_id")) == [
        ("accounts.sign-in-failed", None, membership.user_id, membership.unit_id),
        ("accounts.signed-in", membership.user_id, membership.user_id, membership.unit_id),
    ]


def test_signing_out_asks_first_and_then_ends_the_session(client):
    client.force_login(UserFactory())

    assert "Keluar dari HaloPST?" in client.get("/akun/keluar/").content.decode()
    assert client.post("/akun/keluar/").headers["Location"] == "/"
    assert me(client) is None


def test_changing_the_password_signs_other_devices_out(client, django_user_model):
    from django.test import Client  # noqa: PLC0415

    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    other = Client()
    client.force_login(user)
    other.force_login(user)

    page = client.post(
        "/akun/kata-sandi/",
        {"oldpassword": PASSWORD, "password1": "teh-poci-hangat", "password2": "teh-poci-hangat"},
    )

    assert page.status_code == 302
    assert client.get("/akun/nama/").status_code == 200
    assert other.get("/akun/nama/").headers["Location"].startswith("/akun/masuk/")


@pytest.mark.parametrize(
    ("smtp", "demo", "told", "led"),
    [("", True, True, True), ("", False, True, False), ("smtp://localhost", False, False, False)],
)
def test_without_a_mail_server_the_page_says_so_and_a_demo_shows_the_way(
    client, settings, smtp, demo, told, led
):
    settings.SMTP_URL, settings.DEMO = smtp, demo
    client.post("/akun/masuk/", {"email": "dwi@contoh.id"})

    page = client.get("/akun/masuk/kode/").content.decode()

    assert ("belum terhubung ke server surel" in page) is told
    assert (reverse("notifications:outbox") in page) is led


def test_every_page_of_signing_in_is_ours_and_no_other_exists():
    """Each template allauth may draw is found in our package; what we do not use has no address."""
    from django.template.loader import get_template  # noqa: PLC0415
    from django.urls import NoReverseMatch  # noqa: PLC0415

    drawn = [
        "account/login.html",
        "account/logout.html",
        "account/account_inactive.html",
        "account/reauthenticate.html",
        "account/password_change.html",
        "account/password_set.html",
        "mfa/authenticate.html",
        "mfa/reauthenticate.html",
        "mfa/index.html",
        "mfa/totp/activate_form.html",
        "mfa/totp/deactivate_form.html",
        "mfa/recovery_codes/index.html",
        "mfa/recovery_codes/generate.html",
        "mfa/recovery_codes/download.txt",
        "socialaccount/login.html",
        "socialaccount/authentication_error.html",
        "socialaccount/login_cancelled.html",
        "429.html",
    ]
    assert [n for n in drawn if "/halopst/accounts/templates/" not in get_template(n).origin.name] == []
    for name in ("account_signup", "account_email", "account_reset_password", "socialaccount_connections"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


ALLAUTH_PAGES = [
    "account_password_login",
    "mfa_authenticate",
    "socialaccount_login_cancelled",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
]


@pytest.mark.parametrize("name", ALLAUTH_PAGES)
@pytest.mark.parametrize("person", ["stranger", "visitor", "with password"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_of_signing_in_breaks_for_anyone(client, name, person, method):
    if person != "stranger":
        user = UserFactory()
        if person == "with password":
            user.set_password(PASSWORD)
            user.save()
        client.force_login(user)

    page = getattr(client, method)(reverse(name))

    assert page.status_code in {200, 302, 403, 404, 405, 422}
    if person == "stranger" and name.startswith(("mfa_", "account_change", "account_set", "account_reauth")):
        assert page.headers["Location"].startswith("/akun/masuk/")
