"""Programs that keep what an office knows: synonyms, what is missing, and where data is fetched from."""

import pytest

from halopst.audit.models import Entry
from halopst.core.models import IdempotencyKey
from halopst.knowledge.models import DataRequest, Sync, Synonym, WebApiAccess
from tests.accounts.factories import MembershipFactory
from tests.knowledge.factories import DataRequestFactory, SynonymFactory
from tests.knowledge.figure_factories import CatalogueItemFactory, SyncFactory
from tests.programs import sender
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
BASE = "/api/v1/knowledge"
ACCESS = {"address": "https://webapi.example/api", "per_second": 1, "is_on": True}


@pytest.fixture
def unit(client):
    membership = MembershipFactory(role="admin")
    client.force_login(membership.user)
    return membership.unit


@pytest.fixture
def sends(client):
    return sender(client, BASE)


def lists(client, path, **asked):
    return client.get(f"{BASE}{path}", asked).json()


def test_a_synonym_is_proposed_by_one_and_approved_by_another(client, unit, sends):
    given = {"unit": unit.code, "phrase": " angka  nganggur ", "means": "tingkat pengangguran terbuka"}
    proposed = sends("post", "/synonyms", given)
    one = proposed.json()
    assert (proposed.status_code, one["state"], one["phrase"]) == (201, "proposed", "angka nganggur")
    again = sends("post", "/synonyms", given)
    assert (again.status_code, again.json()["type"]) == (409, "urn:halopst:synonym-there")
    own = sends("post", f"/synonyms/{one['id']}/approve")
    assert (own.status_code, own.json()["type"]) == (409, "urn:halopst:second-person-needed")

    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    approved = sends("post", f"/synonyms/{one['id']}/approve").json()
    withdrawn = sends("post", f"/synonyms/{one['id']}/withdraw").json()

    assert (approved["state"], withdrawn["state"]) == ("approved", "withdrawn")
    assert sends("post", f"/synonyms/{one['id']}/withdraw").status_code == 409
    assert Entry.objects.filter(action__startswith="knowledge.synonym-").count() == 3


@pytest.mark.parametrize(
    ("given", "field"),
    [({"phrase": ""}, "phrase"), ({"phrase": "x" * 101}, "phrase"), ({"means": "x" * 201}, "means")],
)
def test_a_synonym_that_cannot_be_names_the_field(unit, sends, given, field):
    body = {"unit": unit.code, "phrase": "angka nganggur", "means": "pengangguran", **given}

    answer = sends("post", "/synonyms", body)

    assert (answer.status_code, answer.json()["errors"][0]["at"]) == (422, ["body", field])
    assert not Synonym.objects.exists()


def test_synonyms_are_listed_newest_first_and_go_on(client, unit):
    first, second = SynonymFactory(unit=unit), SynonymFactory(unit=unit, state="withdrawn")
    SynonymFactory(unit=UnitFactory())

    assert [one["id"] for one in lists(client, "/synonyms")] == [second.pk, first.pk]
    assert [one["id"] for one in lists(client, "/synonyms", before=second.pk)] == [first.pk]
    assert [one["id"] for one in lists(client, "/synonyms", state="withdrawn")] == [second.pk]
    assert client.get(f"{BASE}/synonyms?state=entah").status_code == 422


def test_what_is_asked_for_is_closed_once(client, unit, sends):
    row = DataRequestFactory(unit=unit)
    path = f"/units/{unit.slug}/data-requests"
    assert [one["id"] for one in lists(client, path, state="open")] == [row.pk]

    unsaid = sends("post", f"{path}/{row.pk}/close", {"note": "Sudah."})
    assert (unsaid.status_code, unsaid.json()["errors"][0]["at"]) == (422, ["body", "filled"])
    long = sends("post", f"{path}/{row.pk}/close", {"filled": True, "note": "x" * 301})
    assert (long.status_code, long.json()["errors"][0]["at"]) == (422, ["body", "note"])
    closed = sends("post", f"{path}/{row.pk}/close", {"filled": False, "note": "Tidak dikumpulkan."}).json()

    assert (closed["state"], closed["note"]) == ("declined", "Tidak dikumpulkan.")
    assert sends("post", f"{path}/{row.pk}/close", {"filled": True}).json()["type"] == (
        "urn:halopst:already-closed"
    )
    assert DataRequest.objects.get().state == "declined"


def test_the_fetching_stands_where_it_stands_and_is_stopped_and_started(client, unit, sends):
    sync = SyncFactory(unit=unit, kind="figures", state="failed", error="timeout")
    path = f"/units/{unit.slug}/fetches"

    shown = {one["kind"]: one for one in lists(client, path)}
    assert set(shown) == set(Sync.Kind.values)
    assert (shown["figures"]["state"], shown["figures"]["said"][:24]) == (
        "failed",
        "WebAPI terlalu lama menj",
    )
    assert shown["news"]["state"] == ""
    sends("put", f"/units/{unit.slug}/webapi-access", {**ACCESS, "key": "rahasia-webapi"})
    begun = {one["kind"]: one for one in sends("post", f"{path}/figures/start").json()}
    assert begun["figures"]["state"] == "running"
    assert sends("post", f"{path}/figures/start").json()["type"] == "urn:halopst:sync-moved"
    stopped = {one["kind"]: one for one in sends("post", f"{path}/figures/stop").json()}
    assert stopped["figures"]["state"] == "stopped"
    assert sends("post", f"{path}/entah/start").status_code == 404
    sync.refresh_from_db()
    assert sync.state == "stopped"


def test_nothing_is_fetched_without_an_address(unit, sends):
    answer = sends("post", f"/units/{unit.slug}/fetches/figures/start")

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:halopst:no-access")


def test_the_key_is_kept_sealed_told_to_nobody_and_in_no_answer_that_is_kept(client, unit, sends):
    path = f"/units/{unit.slug}/webapi-access"
    assert client.get(f"{BASE}{path}").status_code == 404
    keyless = sends("put", path, ACCESS)
    assert (keyless.status_code, keyless.json()["type"]) == (422, "urn:halopst:key-missing")

    said = sends("put", path, {**ACCESS, "key": "rahasia-webapi"})

    assert said.json() == {**ACCESS, "has_key": True}
    assert lists(client, path) == {**ACCESS, "has_key": True}
    assert sends("put", path, {**ACCESS, "is_on": False}).json()["has_key"]
    assert "rahasia" not in WebApiAccess.objects.get().sealed_key
    assert not IdempotencyKey.objects.exists()
    away = sends("put", path, {**ACCESS, "address": "http://jauh.example"})
    assert (away.status_code, away.json()["type"]) == (422, "urn:halopst:bad-address")


def test_static_tables_say_what_became_of_them(client, unit):
    cells = CatalogueItemFactory(unit=unit, kind="statictable", read_as="cells", figures=31)
    text = CatalogueItemFactory(unit=unit, kind="statictable", read_as="text", why="no-unit")
    path = f"/units/{unit.slug}/static-tables"

    assert [one["id"] for one in lists(client, path)] == [cells.pk, text.pk]
    assert [one["why"] for one in lists(client, path, read_as="text")] == ["Satuannya tidak disebut."]
    assert [one["id"] for one in lists(client, path, after=cells.pk)] == [text.pk]
