import json

import pytest

from halopst.units.models import ServiceKind, Unit
from halopst.units.reference import load_services
from tests.access.people import World
from tests.accounts.factories import MembershipFactory
from tests.units.factories import HeadOfficeFactory, ServiceStandardFactory, UnitFactory
from tests.units.subjects import CONTACT, NEW_UNIT

pytestmark = pytest.mark.django_db
UNITS = "/api/v1/units"


@pytest.fixture
def send(client):
    """Send JSON as an admin of a unit; a fresh idempotency key each time."""
    keys = iter(range(1000))

    def call(method, path, body, *, unit):
        client.force_login(MembershipFactory(unit=unit, role="admin").user)
        World(unit=unit, elsewhere=unit).trust(client)
        headers = {"Idempotency-Key": f"kunci-nomor-{next(keys)}"}
        return getattr(client, method)(
            f"{UNITS}{path}", json.dumps(body), content_type="application/json", headers=headers
        )

    return call


def test_anyone_finds_an_office(client):
    city = UnitFactory(name="BPS Kota Surabaya", region="Kota Surabaya", slug="surabayakota")
    UnitFactory(name="BPS Kota Malang", region="Kota Malang")

    found = client.get(UNITS, {"q": "surabya"}).json()
    assert [(row["slug"], row["parent_code"]) for row in found] == [("surabayakota", city.parent.code)]
    assert client.get(f"{UNITS}/surabayakota").json()["name"] == "BPS Kota Surabaya"
    assert len(client.get(UNITS, {"kind": "kota"}).json()) == 2
    assert len(client.get(UNITS, {"parent": city.parent.code}).json()) == 1
    assert len(client.get(UNITS, {"limit": 1, "offset": 1}).json()) == 1
    assert client.get(UNITS, {"kind": "negara"}).status_code == 422
    assert client.get(UNITS, {"limit": -5, "offset": -5}).status_code == 200
    assert client.get(f"{UNITS}/tidak-ada").status_code == 404


def test_the_list_costs_the_same_at_one_and_three_rows(client, django_assert_num_queries):
    for _ in range(2):
        UnitFactory()
        with django_assert_num_queries(1):
            client.get(UNITS)


def test_anyone_reads_what_an_office_offers_and_promises(client):
    load_services()
    unit = UnitFactory()

    ServiceStandardFactory(published=True, unit=unit, kind=ServiceKind.objects.get(code="konsultasi"))
    services = client.get(f"{UNITS}/{unit.slug}/services").json()
    assert [row["code"] for row in services][:2] == ["konsultasi", "perpustakaan"]
    own, default, *_ = client.get(f"{UNITS}/{unit.slug}/standards").json()
    assert (own["promise_value"], own["version"], len(own["components"])) == (5, 1, 14)
    assert own["components"][0] == {"label": "Persyaratan", "lines": ["Isi komponen"]}
    assert (default["promise_value"], default["version"], default["components"]) == (3, None, [])


def test_an_admin_changes_contact_and_services(send):
    load_services()
    unit = UnitFactory()
    changed = send("put", f"/{unit.slug}/contact", CONTACT, unit=unit)
    assert (changed.status_code, changed.json()["phone"]) == (200, "62243546413")
    wrong = send("put", f"/{unit.slug}/contact", {**CONTACT, "phone": "halo"}, unit=unit)
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["at"] == ["body", "phone"]
    opened = send("put", f"/{unit.slug}/services", {"services": ["konsultasi"]}, unit=unit)
    assert [row["code"] for row in opened.json()] == ["konsultasi"]
    assert send("put", f"/{unit.slug}/services", {"services": ["x"]}, unit=unit).status_code == 422


def test_the_head_office_adds_and_renames_an_office(send):
    head = HeadOfficeFactory()
    made = send("post", "", NEW_UNIT, unit=head)
    assert (made.status_code, made.json()["parent_code"]) == (201, "0000")
    again = send("post", "", NEW_UNIT, unit=head)
    assert again.status_code == 422
    assert {error["at"][1] for error in again.json()["errors"]} == {"code", "slug", "case_prefix"}
    renamed = send("put", "/papuaselatan/identity", {**NEW_UNIT, "name": "BPS Papua Selatan"}, unit=head)
    assert renamed.json()["name"] == "BPS Papua Selatan"
    assert send("post", "", {**NEW_UNIT, "parent": "9999"}, unit=head).status_code == 422
    assert Unit.objects.count() == 2
