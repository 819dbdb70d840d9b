import json
from datetime import date

import pytest

from halopst.calendars.models import Holiday, HolidayDecree, JointLeave, Schedule
from halopst.calendars.reference import load_national_holidays, load_service_hours
from tests.access.people import World
from tests.accounts.factories import MembershipFactory
from tests.calendars.factories import HolidayFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
CALENDARS = "/api/v1/calendars"
MORNING = {"weekday": 0, "opens": "08:00", "closes": "12:00"}
HOURS = {"title": "Jam layanan", "effective_from": "2026-11-23", "hours": [MORNING]}


@pytest.fixture
def unit():
    load_service_hours()
    return UnitFactory(zone="Asia/Makassar")


@pytest.fixture
def send(client, unit):
    keys = iter(range(1000))
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    World(unit=unit, elsewhere=unit).trust(client)

    def call(method, path, body=None):
        headers = {"Idempotency-Key": f"kunci-nomor-{next(keys)}"}
        return getattr(client, method)(
            f"{CALENDARS}{path}", json.dumps(body), content_type="application/json", headers=headers
        )

    return call


def test_anyone_asks_when_an_office_is_open(client, unit):
    HolidayFactory(decree__unit=unit, date=date(2026, 11, 24), name="Hari jadi")
    days = client.get(f"{CALENDARS}/{unit.slug}/days", {"first": "2026-11-22", "last": "2026-11-24"}).json()

    assert [day["reason"] for day in days] == ["tidak ada layanan pada hari Minggu", None, "Hari jadi"]
    assert days[1]["open"] == [{"opens": "2026-11-23T00:00:00Z", "closes": "2026-11-23T07:30:00Z"}]
    now = client.get(f"{CALENDARS}/{unit.slug}/now").json()
    assert set(now) == {"open", "until", "next_opening", "reason"}


@pytest.mark.parametrize(
    "period",
    [
        {},
        {"first": "2026-11-22"},
        {"first": "besok", "last": "2026-11-24"},
        {"first": "2026-11-22", "last": "2026-11-21"},
        {"first": "2026-01-01", "last": "2026-12-31"},
        {"first": "0001-01-01", "last": "0001-01-02"},
        {"first": "9999-12-30", "last": "9999-12-31"},
    ],
)
def test_a_period_that_makes_no_sense_is_refused(client, unit, period):
    assert client.get(f"{CALENDARS}/{unit.slug}/days", period).status_code == 422


def test_anyone_reads_the_holidays_of_a_year(client, unit):
    load_national_holidays()
    HolidayFactory(decree__unit=unit, date=date(2026, 11, 24), name="Hari jadi")
    assert len(client.get(f"{CALENDARS}/{unit.slug}/holidays", {"year": 2026}).json()) == 26
    assert len(client.get(f"{CALENDARS}/nasional/holidays", {"year": 2025}).json()) == 28
    assert client.get(f"{CALENDARS}/nasional/holidays", {"year": 10**30}).json() == []


def test_an_admin_keeps_the_calendar_by_program(send, unit):
    assert send("put", f"/{unit.slug}/hours", HOURS).status_code == 200
    assert send("put", f"/{unit.slug}/joint-leave", {"is_closed": False}).status_code == 204
    special = {"title": "Tutup", "first": "2026-12-21", "last": "2026-12-31", "hours": []}
    made = send("post", f"/{unit.slug}/special-hours", special)
    assert made.status_code == 201
    assert send("post", f"/{unit.slug}/special-hours", special).status_code == 409
    assert send("delete", f"/special-hours/{made.json()['id']}").status_code == 204
    decree = {"title": "Pilkada", "number": "1/KEP", "decided_on": "2026-11-02"}
    pk = send("post", f"/{unit.slug}/decrees", decree).json()["id"]
    day = {"date": "2026-11-25", "name": "Pilkada", "kind": "libur_lokal"}
    holiday = send("post", f"/decrees/{pk}/holidays", day).json()["id"]
    assert Holiday.objects.get(pk=holiday).name == "Pilkada"
    assert send("post", f"/decrees/{pk}/holidays", {**day, "kind": "libur_nasional"}).status_code == 422
    assert send("delete", f"/holidays/{holiday}").status_code == 204
    assert send("delete", f"/decrees/{pk}").status_code == 204

    assert JointLeave.objects.get().is_closed is False
    assert Schedule.objects.filter(unit=unit).count() == 1
    assert not HolidayDecree.objects.exists()


@pytest.mark.parametrize(
    "hours",
    [
        [],
        [{**MORNING, "closes": "07:00"}],
        [MORNING, MORNING],
        [{**MORNING, "weekday": 7}],
        [{**MORNING, "opens": "pagi"}],
        [{"weekday": 0, "opens": f"{hour:02d}:00", "closes": f"{hour:02d}:30"} for hour in range(8, 12)],
    ],
)
def test_hours_that_make_no_sense_are_refused(send, unit, hours):
    assert send("put", f"/{unit.slug}/hours", {**HOURS, "hours": hours}).status_code == 422
    assert not Schedule.objects.filter(unit=unit).exists()
