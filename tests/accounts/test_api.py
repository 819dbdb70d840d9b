"""The API's people are the pages' people, and its refusals are problems (RFC 9457)."""

import pytest
from django.test import Client

from halopst.accounts.models import Membership, User
from tests.accounts.factories import ApiTokenFactory, MembershipFactory, UserFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
HERE = "/api/v1/accounts"


@pytest.fixture
def office():
    return UnitFactory()


@pytest.fixture
def admin(client, office):
    user = MembershipFactory(unit=office, role="admin").user
    client.force_login(user)
    return user


def send(client, method, path, data=None, key="kunci-uji-api"):
    return getattr(client, method)(
        f"{HERE}{path}", data, content_type="application/json", headers={"Idempotency-Key": key}
    )


def problem(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    return answer.status_code, answer.json()["type"].removeprefix("urn:halopst:")


def test_my_profile_is_read_and_replaced(client, admin):
    answer = send(
        client, "put", "/me", {"name": "Dwi", "phone": "0812-3456-7890", "sex": "p", "birth_year": 1998}
    )

    assert answer.status_code == 200
    assert answer.json() == client.get(f"{HERE}/me").json()
    assert (answer.json()["phone"], answer.json()["sex"], answer.json()["birth_year"]) == (
        "6281234567890",
        "p",
        1998,
    )


def test_a_role_is_given_and_taken(client, admin, office):
    person = MembershipFactory(unit=office).user
    body = {"user_id": person.pk, "unit_code": office.code, "role": "auditor"}

    given = send(client, "post", "/memberships", body)
    listed = client.get(f"{HERE}/memberships?q={person.email}").json()
    taken = send(client, "delete", f"/memberships/{given.json()['id']}", key="kunci-cabut")

    assert (given.status_code, taken.status_code) == (201, 204)
    assert {row["role"] for row in listed} == {"petugas", "auditor"}
    assert list(Membership.objects.filter(user=person).values_list("role", flat=True)) == ["petugas"]


def test_my_tokens_are_mine(client, admin):
    mine = ApiTokenFactory(user=admin)
    ApiTokenFactory()

    assert [token["id"] for token in client.get(f"{HERE}/tokens").json()] == [mine.pk]
    assert send(client, "delete", f"/tokens/{mine.pk}").status_code == 204
    assert client.get(f"{HERE}/tokens").json() == []


def test_each_refusal_is_a_problem_with_its_own_code(client, admin, office):
    last = Membership.objects.get(user=admin)
    stranger = {"user_id": UserFactory().pk, "unit_code": office.code, "role": "auditor"}

    assert problem(Client().get(f"{HERE}/me")) == (401, "not-signed-in")
    assert problem(send(client, "delete", f"/memberships/{last.pk}", key="kunci-409")) == (409, "last-admin")
    assert problem(send(client, "post", "/memberships", stranger)) == (404, "not-found")
    assert problem(send(client, "put", "/me", {"name": ""}, key="kunci-422")) == (422, "invalid")
    assert problem(client.post(f"{HERE}/memberships", {}, content_type="application/json"))[0] == 422
    assert problem(send(client, "put", "/me", {"name": "a\x00b"}, key="kunci-nul")) == (400, "bad-request")
    assert problem(send(client, "put", "/me", {"name": "A", "phone": "12"}, key="kunci-hp")) == (
        422,
        "invalid",
    )
    client.force_login(MembershipFactory(unit=office).user)
    assert problem(client.get(f"{HERE}/memberships")) == (403, "not-permitted")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"null"])
def test_a_body_that_is_no_json_object_is_not_our_fault(client, admin, body):
    answer = client.put(
        f"{HERE}/me", body, content_type="application/json", headers={"Idempotency-Key": "kunci-rusak"}
    )

    assert problem(answer)[0] in {400, 422}


def test_something_broken_says_so_without_saying_what(client, admin, monkeypatch):
    monkeypatch.setattr("halopst.accounts.api._person", lambda *_args: 1 / 0)

    answer = client.get(f"{HERE}/me")

    assert problem(answer) == (500, "server-error")
    assert "Zero" not in answer.content.decode()


def test_a_page_session_needs_its_csrf_token(admin):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin)

    assert strict.get(f"{HERE}/me").status_code == 200
    answer = send(strict, "put", "/me", {"name": "Palsu"})

    assert problem(answer)[0] == 403
    assert not User.objects.filter(name="Palsu").exists()


def test_a_stranger_is_asked_to_sign_in_before_anything_else():
    answer = send(Client(enforce_csrf_checks=True), "put", "/me", {"name": "Palsu"})

    assert problem(answer) == (401, "not-signed-in")
