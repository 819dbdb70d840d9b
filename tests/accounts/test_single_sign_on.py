"""Single sign-on against a real OpenID Connect server on loopback (oidc-provider-mock)."""

import subprocess
import sys
import time

import httpx
import pytest
from django.core.cache import cache
from django.test import Client

from halopst.accounts.actors import actor_for
from halopst.accounts.models import Membership, StaffIdentity, User
from halopst.accounts.services import export
from halopst.audit.models import Entry
from tests.accounts.factories import MembershipFactory, OrganisationMappingFactory, UserFactory
from tests.ports import free_port
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db

MELVITA = {
    "email": "melvita@bps.go.id",
    "email_verified": True,
    "name": "Melvita",
    "username": "melvita",
    "nip": "200204222024122003",
    "nip-lama": "340012345",
    "organisasi": "35780",
    "kabupaten": "Kota Surabaya",
    "golongan": "III/a",
    "jabatan": "Pranata Komputer",
    "eselon": "-",
}


@pytest.fixture(scope="module")
def directory():
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://localhost:{port}/jwks")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(address, seconds=120):
    deadline = time.monotonic() + seconds
    while True:
        try:
            httpx.get(address).raise_for_status()
        except httpx.HTTPError:
            assert time.monotonic() < deadline, f"{address} does not answer"
            time.sleep(0.1)
        else:
            return


@pytest.fixture(autouse=True)
def _configured(settings, directory):
    cache.clear()

    def app(provider, **extra):
        details = {"server_url": directory, "strong_acr": ["gold"], "trust_email": False, **extra}
        return {
            "provider_id": provider,
            "name": "SSO",
            "client_id": "halopst",
            "secret": "s",
            "settings": details,
        }

    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app("pegawai"), app("pengunjung")]}
    }


def go(client, directory, sub="melvita", *, provider="pegawai", next_url="", **claims):
    """Through the whole dance, as a browser would; the answer of our callback."""
    httpx.put(f"{directory}/users/{sub}", json={**MELVITA, **claims}).raise_for_status()
    query = f"?next={next_url}" if next_url else ""
    away = client.post(f"/akun/masuk/sso/{provider}/{query}").headers["Location"]
    assert away.startswith(f"{directory}/oauth2/authorize")
    back = httpx.post(away, data={"sub": sub}).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def me(client):
    return client.session.get("_auth_user_id")


def test_the_sign_in_page_offers_each_server(client):
    page = client.get("/akun/masuk/?next=/tujuan/").content.decode()

    assert "/akun/masuk/sso/pegawai/?next=/tujuan/" in page
    assert "/akun/masuk/sso/pengunjung/?next=/tujuan/" in page


def test_unknown_staff_get_an_account_no_role_and_a_name_to_ask(client, directory):
    office = UnitFactory(code="3578", email="bps3578@bps.go.id")

    page = go(client, directory)

    assert page.headers["Location"] == "/akun/belum-punya-peran/"
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("melvita@bps.go.id", "Melvita", False)
    assert not Membership.objects.exists()
    shown = client.get(page.headers["Location"]).content.decode()
    assert office.name in shown
    assert "bps3578@bps.go.id" in shown


def test_what_the_directory_says_is_noted_and_follows_changes(client, directory):
    go(client, directory)
    identity = StaffIdentity.objects.get()
    assert (identity.nip, identity.nip_lama, identity.organisation, identity.regency) == (
        "200204222024122003",
        "340012345",
        "35780",
        "Kota Surabaya",
    )

    assert export(actor_for(identity.user))["akun"]["direktori pegawai"]["jabatan"] == "Pranata Komputer"

    go(Client(), directory, jabatan="Statistisi")

    identity.refresh_from_db()
    assert identity.position == "Statistisi"
    assert User.objects.count() == 1


def test_no_copy_of_the_claims_is_kept(client, directory):
    from allauth.socialaccount.models import SocialAccount, SocialToken  # noqa: PLC0415

    go(client, directory)
    go(Client(), directory)

    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


def test_someone_known_by_address_is_met_again(client, directory):
    known = MembershipFactory(user=UserFactory(email="melvita@bps.go.id")).user

    page = go(client, directory, next_url="/akun/nama/")

    assert page.headers["Location"] == "/akun/nama/"
    assert me(client) == str(known.pk)


def test_an_address_nobody_verified_proves_nothing(client, directory):
    known = UserFactory(email="melvita@bps.go.id")

    page = go(client, directory, sub="penipu", email_verified=False)

    assert page.headers["Location"] == "/akun/tanpa-surel/"
    assert me(client) is None
    assert list(User.objects.all()) == [known]
    assert client.get("/akun/tanpa-surel/").status_code == 200


def test_a_mapped_organisation_brings_its_role_and_takes_it_back(client, directory):
    mapping = OrganisationMappingFactory(organisation="35780", role="petugas")

    page = go(client, directory)

    assert page.headers["Location"] == "/mulai/"
    membership = Membership.objects.get()
    assert (membership.unit, membership.role, membership.source) == (mapping.unit, "petugas", "sso")

    page = go(Client(), directory, organisasi="18100")
    assert page.headers["Location"] == "/akun/belum-punya-peran/"
    assert not Membership.objects.exists()
    roles = Entry.objects.filter(action__startswith="accounts.role-").order_by("pk")
    assert list(roles.values_list("action", "actor_label", "unit_id")) == [
        ("accounts.role-given", "sistem", mapping.unit_id),
        ("accounts.role-taken", "sistem", mapping.unit_id),
    ]


def test_roles_given_by_people_are_not_the_directorys_to_take(client, directory):
    given = MembershipFactory(user=UserFactory(email="melvita@bps.go.id"), role="admin")

    go(client, directory)

    assert list(Membership.objects.all()) == [given]


def test_visitors_are_not_staff(client, directory):
    OrganisationMappingFactory(organisation="35780")

    page = go(client, directory, sub="warga", provider="pengunjung", email="warga@contoh.id")

    assert page.headers["Location"] == "/mulai/"
    assert not StaffIdentity.objects.exists()
    assert not Membership.objects.exists()


@pytest.mark.parametrize("claims", [{"amr": ["pwd", "otp"]}, {"acr": "gold"}])
def test_a_second_factor_at_the_directory_counts_here(client, directory, settings, claims):
    settings.STAFF_TOTP_REQUIRED = True
    MembershipFactory(user=UserFactory(email="melvita@bps.go.id"), role="admin")

    go(client, directory, sub=f"kuat-{next(iter(claims))}", **claims)

    assert client.get("/akun/orang/").status_code == 200


@pytest.mark.parametrize("claims", [{}, {"amr": ["pwd"]}, {"acr": "silver"}, {"amr": "otp"}])
def test_a_password_alone_at_the_directory_does_not(client, directory, settings, claims):
    settings.STAFF_TOTP_REQUIRED = True
    MembershipFactory(user=UserFactory(email="melvita@bps.go.id"), role="admin")

    go(client, directory, sub=f"lemah-{len(str(claims))}", **claims)

    assert client.get("/akun/orang/").headers["Location"].startswith("/akun/dua-langkah/aktifkan/")


def test_saying_no_at_the_directory_changes_nothing(client, directory):
    away = client.post("/akun/masuk/sso/pegawai/").headers["Location"]
    state = httpx.URL(away).params["state"]

    page = client.get(f"/akun/masuk/sso/pegawai/kembali/?error=access_denied&state={state}")

    assert page.headers["Location"] == "/akun/masuk/sso/batal/"
    assert "Tidak ada yang berubah" in client.get("/akun/masuk/sso/batal/").content.decode()


@pytest.mark.parametrize("query", ["", "?code=x&state=palsu", "?error=server_error", "?code=%00&state=%00"])
def test_a_forged_return_is_refused_in_words(client, query):
    page = client.get(f"/akun/masuk/sso/pegawai/kembali/{query}")

    assert page.status_code == 401
    assert "Belum berhasil masuk" in page.content.decode()
    assert me(client) is None


def test_a_directory_that_is_down_is_said_so(client, settings):
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"]["server_url"] = "http://localhost:9"

    page = client.post("/akun/masuk/sso/pegawai/")

    assert page.status_code == 503
    assert "Belum berhasil masuk" in page.content.decode()


def test_a_closed_account_stays_out(client, directory):
    UserFactory(email="melvita@bps.go.id", is_active=False)

    page = go(client, directory)

    assert page.headers["Location"] == "/akun/nonaktif/"
    assert me(client) is None
