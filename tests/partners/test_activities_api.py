"""Activities and their duties, kept by programs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.partners import services
from halopst.partners.models import Activity, ActivityDuty
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import (
    ActivityDutyFactory,
    ActivityFactory,
    AssignmentFactory,
    BudgetLineFactory,
    TeamFactory,
    UnitPriceFactory,
    a_position,
)
from tests.partners.programs import BASE, refused, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    membership = MembershipFactory(role="admin")
    client.force_login(membership.user)
    return membership.unit


@pytest.fixture
def at(office):
    return f"/units/{office.slug}/activities"


@pytest.fixture
def body(office):
    return {
        "name": "Survei Angkatan Kerja Nasional",
        "short_name": "Sakernas Nov",
        "kind": "survei",
        "first_day": "2026-11-01",
        "last_day": "2026-11-30",
        "budget_line": BudgetLineFactory(unit=office, year=2026).pk,
    }


@pytest.mark.usefixtures("in_november")
def test_an_activity_with_a_duty_from_nothing_to_closed(client, office, at, body):
    made = sent(client, "post", at, body)
    one = f"{at}/{made.json()['id']}"
    price = UnitPriceFactory(unit=office.parent, amount=68_000)
    duty = sent(client, "post", f"{one}/duties", {"duty": a_position().code, "unit_price": price.pk})

    assert (made.status_code, made.json()["is_open"], made.json()["duties"]) == (201, True, [])
    assert (duty.status_code, duty.json()["price"], duty.json()["duty"]) == (201, 68_000, "pcl_ppl")
    whole = client.get(f"{BASE}{one}").json()
    assert [row["id"] for row in whole["duties"]] == [duty.json()["id"]]
    assert [row["duty_count"] for row in client.get(f"{BASE}{at}?year=2026&q=sakernas").json()] == [1]
    assert refused(
        sent(client, "post", f"{one}/duties", {"duty": a_position().code, "unit_price": price.pk})
    ) == (
        409,
        str(services.DutyExists.message),
    )

    closed = sent(client, "patch", one, {"is_open": False, "version": whole["version"]}).json()

    assert (closed["is_open"], closed["name"], closed["last_day"]) == (False, body["name"], "2026-11-30")
    assert sent(client, "delete", f"{one}/duties/{duty.json()['id']}").status_code == 204
    assert not ActivityDuty.objects.exists()


@pytest.mark.usefixtures("in_november")
@pytest.mark.parametrize(
    "wrong",
    [
        {"last_day": "2026-10-01"},
        {"budget_line": 10**9},
        {"budget_line": 10**30},
        {"team": 10**9},
        {"kind": "pesta"},
        {"name": ""},
        {"short_name": "x" * 25},
        {"first_day": "kapan-kapan"},
        {"is_open": "mungkin"},
    ],
    ids=str,
)
def test_an_activity_that_cannot_be_is_told(client, at, body, wrong):
    answer = sent(client, "post", at, {**body, **wrong})

    assert (answer.status_code, answer.json()["errors"][0]["at"][-1]) == (422, next(iter(wrong)))
    assert not Activity.objects.exists()


def test_lines_teams_and_prices_of_another_office_are_not_offered(client, office, at, body):
    answers = [
        sent(client, "post", at, {**body, "budget_line": BudgetLineFactory(year=2026).pk}),
        sent(client, "post", at, {**body, "team": TeamFactory().pk}),
        sent(
            client,
            "post",
            f"{at}/{ActivityFactory(unit=office).pk}/duties",
            {"duty": a_position().code, "unit_price": UnitPriceFactory().pk},
        ),
    ]

    assert [answer.status_code for answer in answers] == [422] * 3


def test_an_activity_of_another_office_is_not_there(client, at):
    other = ActivityDutyFactory()
    one = f"{at}/{other.activity_id}"

    assert client.get(f"{BASE}{one}").status_code == 404
    assert sent(client, "patch", one, {"is_open": False}).status_code == 404
    assert sent(client, "delete", f"{one}/duties/{other.pk}").status_code == 404


def test_what_money_rests_on_stays(client, office, at):
    duty = ActivityDutyFactory(activity__unit=office)
    AssignmentFactory(duty=duty, registration__unit=office)
    one = f"{at}/{duty.activity_id}"

    assert refused(sent(client, "patch", one, {"kind": "sensus"})) == (
        409,
        str(services.ActivityInUse.message),
    )
    assert refused(sent(client, "delete", f"{one}/duties/{duty.pk}")) == (
        409,
        str(services.DutyInUse.message),
    )
    assert sent(client, "patch", one, {"name": "Nama lain"}).json()["name"] == "Nama lain"


def test_a_change_to_what_somebody_else_has_changed_is_declined(client, office, at):
    one = f"{at}/{ActivityFactory(unit=office).pk}"
    version = client.get(f"{BASE}{one}").json()["version"]
    sent(client, "patch", one, {"name": "Nama lain"})

    answer = sent(client, "patch", one, {"is_open": False, "version": version})

    assert answer.json()["type"] == "urn:halopst:changed-meanwhile"
    assert Activity.objects.get().is_open


@pytest.mark.parametrize("path", ["", "/{pk}"])
def test_activities_are_as_cheap_with_three_duties_as_with_one(client, office, at, path):
    duty = ActivityDutyFactory(activity__unit=office)
    year = duty.activity.first_day.year

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{BASE}{at}{path.format(pk=duty.activity_id)}?year={year}")
        return len(queries)

    asked()
    one = asked()
    ActivityDutyFactory.create_batch(2, activity=duty.activity)
    ActivityDutyFactory(activity__unit=office)

    assert asked() == one
