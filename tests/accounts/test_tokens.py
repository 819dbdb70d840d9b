"""Tokens: at most what the person may, within their scope, until they end."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from halopst.accounts.actors import actor_for
from halopst.accounts.models import ApiToken
from halopst.accounts.services import (
    actor_from_token,
    create_token,
    deactivate,
    fresh_secret,
    revoke_token,
    take_role,
)
from halopst.accounts.services.tokens import TokenShape, TooManyTokens
from halopst.audit.models import Entry
from halopst.core.actors import ANONYMOUS
from halopst.core.errors import NotPermitted
from tests.accounts.factories import ApiTokenFactory, MembershipFactory, UserFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def token_of(user, *, scopes=("baca",), days=30):
    secret = fresh_secret()
    create_token(actor_for(user), name="Dasbor", scopes=scopes, days=days, secret=secret, now=NOW)
    return secret


def call(client, secret, method="get", path="/api/v1/accounts/me", **kwargs):
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "kunci-uji-token"}
    return getattr(client, method)(path, headers=headers, content_type="application/json", **kwargs)


def test_a_token_speaks_for_its_person():
    user = MembershipFactory(unit=(unit := UnitFactory()), role="admin").user

    holder = actor_from_token(token_of(user, scopes=["tulis"]), now=NOW)

    assert (holder.user, holder.may_write) == (user, True)
    assert holder.actor.grants == actor_for(user).grants
    assert holder.actor.label.startswith(f"user:{user.pk} token:")
    assert holder.actor.may("accounts.manage", unit.pk)


def test_a_reading_token_holds_only_what_lets_one_see():
    user = MembershipFactory(unit=(unit := UnitFactory()), role="admin").user

    actor = actor_from_token(token_of(user), now=NOW).actor

    assert actor.may("accounts.view", unit.pk)
    assert not actor.may("accounts.manage", unit.pk)
    assert {permission.rpartition(".")[2] for permission in actor.grants} == {"view"}


def test_a_token_follows_what_its_person_loses():
    unit = UnitFactory()
    admin = actor_for(MembershipFactory(unit=unit, role="admin").user)
    membership = MembershipFactory(unit=unit)
    secret = token_of(membership.user, scopes=["tulis"])

    take_role(admin, membership)
    assert actor_from_token(secret, now=NOW).actor.grants == {}

    MembershipFactory(unit=unit, user=membership.user)
    deactivate(admin, membership.user)
    assert actor_from_token(secret, now=NOW) is None


def test_a_token_ends_on_its_day():
    secret = token_of(UserFactory(), days=30)

    assert actor_from_token(secret, now=NOW + timedelta(days=30, seconds=-1))
    assert actor_from_token(secret, now=NOW + timedelta(days=30)) is None


def test_a_revoked_token_ends_at_once():
    user = UserFactory()
    secret = token_of(user)

    revoke_token(actor_for(user), ApiToken.objects.get(), now=NOW)
    revoke_token(actor_for(user), ApiToken.objects.get(), now=NOW + timedelta(days=1))

    assert actor_from_token(secret, now=NOW) is None
    assert ApiToken.objects.get().revoked_at == NOW
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "accounts.token-created",
        "accounts.token-revoked",
    ]


def test_nobody_revokes_anothers_token():
    with pytest.raises(NotPermitted):
        revoke_token(actor_for(UserFactory()), ApiTokenFactory(), now=NOW)


def test_the_secret_is_not_kept():
    secret = token_of(UserFactory())

    assert secret not in str(ApiToken.objects.values().get())


def test_last_use_is_noted_once_a_minute():
    secret = token_of(UserFactory())
    actor_from_token(secret, now=NOW)
    actor_from_token(secret, now=NOW + timedelta(seconds=59))
    assert ApiToken.objects.get().last_used_at == NOW

    later = NOW + timedelta(seconds=61)
    actor_from_token(secret, now=later)
    assert ApiToken.objects.get().last_used_at == later


@pytest.mark.parametrize(
    "wish", [{"name": " "}, {"scopes": []}, {"scopes": ["dewa"]}, {"days": 0}, {"days": 367}, {"days": 10**9}]
)
def test_a_token_needs_a_name_a_scope_and_an_end(wish):
    wanted = {"name": "Dasbor", "scopes": ["baca"], "days": 30, **wish}

    with pytest.raises(TokenShape):
        create_token(actor_for(UserFactory()), **wanted, secret=fresh_secret(), now=NOW)
    assert not ApiToken.objects.exists()


def test_strangers_get_none():
    with pytest.raises(NotPermitted):
        create_token(ANONYMOUS, name="x", scopes=["baca"], days=1, secret=fresh_secret(), now=NOW)


def test_twenty_are_enough():
    user = UserFactory()
    ApiTokenFactory.create_batch(20, user=user, expires_at=NOW + timedelta(days=1))

    with pytest.raises(TooManyTokens):
        token_of(user)


@pytest.fixture
def current(settings):
    """A token that is good today."""
    from django.utils import timezone as clock  # noqa: PLC0415

    def make(user, *scopes):
        secret = fresh_secret()
        create_token(actor_for(user), name="Uji", scopes=scopes, days=1, secret=secret, now=clock.now())
        return secret

    return make


def test_the_api_knows_a_token(client, current):
    user = UserFactory(name="Dwi")

    answer = call(client, current(user, "baca"))

    assert answer.status_code == 200
    assert (answer.json()["email"], answer.json()["name"]) == (user.email, "Dwi")


def test_a_reading_token_changes_nothing(client, current):
    user = UserFactory(name="Dwi")

    answer = call(client, current(user, "baca"), "put", data={"name": "Lain"})

    assert answer.status_code == 403
    assert "hanya untuk membaca" in answer.json()["title"]
    user.refresh_from_db()
    assert user.name == "Dwi"


def test_a_writing_token_does(client, current):
    user = UserFactory(name="Dwi")

    answer = call(client, current(user, "tulis"), "put", data={"name": "Lain"})

    assert answer.status_code == 200
    user.refresh_from_db()
    assert user.name == "Lain"


@pytest.mark.parametrize("secret", ["", "hpst_salah", "\x00", "é", "x" * 5000])
def test_a_wrong_token_is_401_even_beside_a_session(client, secret):
    client.force_login(UserFactory())

    answer = client.get("/api/v1/accounts/me", headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_makes_no_tokens(client, current):
    answer = call(
        client,
        current(UserFactory(), "tulis"),
        "post",
        "/api/v1/accounts/tokens",
        data={"name": "Anak", "scopes": ["tulis"]},
    )

    assert answer.status_code == 403
    assert ApiToken.objects.count() == 1


def test_the_same_request_makes_one_token_and_stores_no_secret(client):
    from halopst.core.models import IdempotencyKey  # noqa: PLC0415

    client.force_login(UserFactory())
    wish = {"name": "Dasbor", "scopes": ["baca"], "days": 30}
    ask = {"path": "/api/v1/accounts/tokens", "content_type": "application/json"}
    first, second = (
        client.post(**ask, data=wish, headers={"Idempotency-Key": "kunci-satu"}) for _time in range(2)
    )
    other = client.post(**ask, data={**wish, "name": "Lain"}, headers={"Idempotency-Key": "kunci-satu"})
    bare = client.post(**ask, data=wish)

    assert first.status_code == 201
    assert first.json() == second.json()
    assert actor_from_token(first.json()["secret"], now=datetime.now(UTC))
    assert (other.status_code, bare.status_code) == (422, 422)
    assert ApiToken.objects.count() == 1
    assert not IdempotencyKey.objects.exists()


def test_the_page_shows_a_new_token_once(client):
    client.force_login(UserFactory())

    page = client.post("/akun/token/", {"name": "Dasbor", "scopes": ["baca", "tulis"], "days": "90"})

    secret = page.content.decode().split('id="token-baru">')[1].split("<")[0]
    assert actor_from_token(secret, now=datetime.now(UTC)).may_write
    assert secret not in client.get("/akun/token/").content.decode()


def test_the_command_prints_a_token():
    user = UserFactory(email="dwi@contoh.id")
    out = StringIO()

    call_command("create_api_token", "DWI@contoh.id", "--scope", "tulis", "--days", "7", stdout=out)

    holder = actor_from_token(out.getvalue().strip(), now=datetime.now(UTC))
    assert (holder.user, holder.may_write) == (user, True)


def test_the_command_refuses_in_a_sentence():
    with pytest.raises(CommandError, match="Tidak ada akun aktif"):
        call_command("create_api_token", "siapa@contoh.id")
    UserFactory(email="dwi@contoh.id")
    with pytest.raises(CommandError, match="masa berlaku"):
        call_command("create_api_token", "dwi@contoh.id", "--days", "0")
