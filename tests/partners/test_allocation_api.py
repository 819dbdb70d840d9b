"""Allocation for programs: the same services and refusals, once per key."""

import json

import pytest

from halopst.partners.models import Approval, Assignment
from tests.accounts.factories import MembershipFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give

pytestmark = pytest.mark.django_db
BASE = "/api/v1/partners"


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def send(client, unit):
    """Posts as JSON under a key of its own, as the head of `unit`."""
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    def post(path, key="kunci-satu", **body):
        return client.post(
            f"{BASE}{path}",
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )

    return post


def test_a_volume_is_set_and_read_back(client, unit, send):
    mitra, duty = a_mitra(unit), a_duty(unit, price=68_000, name="Sakernas")

    answer = send("/assignments", registration=mitra.pk, duty=duty.pk, volume=20, month="2026-11")
    rows = client.get(f"{BASE}/units/{unit.slug}/assignments?month=2026-11").json()

    assert answer.status_code == 200
    assert rows == [answer.json()]
    assert (rows[0]["activity"], rows[0]["value"], rows[0]["shares"]) == (
        "Sakernas",
        1_360_000,
        {"2026-11": 1_360_000},
    )


def test_too_much_is_a_409_that_says_what_fills_the_cap(unit, send):
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000, name="Sakernas")

    answer = send("/assignments", registration=mitra.pk, duty=duty.pk, volume=5, month="2026-11")

    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    said = answer.json()
    assert (said["type"], said["total"], said["limit"], said["excess"]) == (
        "urn:halopst:over-cap",
        5_000_000,
        4_170_000,
        830_000,
    )
    assert said["lines"] == [{"activity": "Sakernas", "office": unit.name, "amount": 5_000_000}]


def test_the_same_key_acts_once(unit, send):
    mitra, duty = a_mitra(unit), a_duty(unit)
    body = {"registration": mitra.pk, "duty": duty.pk, "volume": 2, "month": "2026-11"}

    first = send("/assignments", **body)
    give(mitra, duty, 7)
    again = send("/assignments", **body)

    assert (again.json(), again["Idempotent-Replay"]) == (first.json(), "true")
    assert Assignment.objects.get().volume == 7


def test_of_many_volumes_those_that_fit_are_saved(unit, send):
    ayu, budi, duty = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_duty(unit, price=1_000_000)
    cells = [
        {"registration": ayu.pk, "duty": duty.pk, "volume": 4},
        {"registration": budi.pk, "duty": duty.pk, "volume": 5},
    ]

    answer = send(f"/units/{unit.slug}/assignments", month="2026-11", cells=cells)

    said = answer.json()
    assert said["saved"] == 1
    assert [(r["registration"], r["code"]) for r in said["refused"]] == [(budi.pk, "over-cap")]


def test_a_month_is_approved_read_and_taken_back(client, unit, send):
    mitra = a_mitra(unit, "Ayu")
    give(mitra, a_duty(unit), 5)

    waiting = client.get(f"{BASE}/units/{unit.slug}/approvals/waiting?month=2026-11").json()
    assert waiting == [{"registration": mitra.pk, "mitra": "Ayu", "honor": 250_000, "held": False}]
    shown = {str(row["registration"]): row["honor"] for row in waiting}
    done = send(f"/units/{unit.slug}/approvals", month="2026-11", shown=shown).json()
    listed = client.get(f"{BASE}/units/{unit.slug}/approvals?month=2026-11").json()
    back = send(f"/approvals/{done['approvals'][0]}/withdraw", key="kunci-dua")

    assert (done["total"], done["skipped"], listed[0]["total"]) == (250_000, {}, 250_000)
    assert client.get(f"{BASE}/units/{unit.slug}/approvals/waiting?month=2026-11").json() == waiting
    assert back.json()["withdrawn_at"] is not None
    assert Approval.objects.in_force().count() == 0


def test_monitoring_counts_the_office(client, unit, send):
    give(a_mitra(unit), a_duty(unit), 5)

    said = client.get(f"{BASE}/units/{unit.slug}/monitoring?month=2026-11").json()

    assert [(row["unit"], row["mitra"], row["honor"]) for row in said] == [(unit.slug, 1, 250_000)]


def test_what_is_not_a_month_is_refused(client, unit, send):
    for month in ("2026-13", "", "November"):
        assert client.get(f"{BASE}/units/{unit.slug}/monitoring?month={month}").status_code == 422
