"""Programs read published figures and bring in files of them, looked at before they are taken in."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import MULTIPART_CONTENT
from django.test.utils import CaptureQueriesContext

from halopst.knowledge.models import Cell
from halopst.knowledge.services.cell_references import add_regions_of_units
from tests.accounts.factories import MembershipFactory
from tests.knowledge.figure_factories import (
    BreakdownFactory,
    CellFactory,
    IndicatorFactory,
    RegionFactory,
)
from tests.programs import sender
from tests.units.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
BASE = "/api/v1/knowledge"
HEADS = "indikator,satuan,wilayah,periode,rincian,nilai,sumber\n"


@pytest.fixture
def unit():
    province = ProvinceFactory(code="3500", region="Jawa Timur")
    unit = UnitFactory(code="3573", region="Kota Malang", parent=province)
    add_regions_of_units()
    return unit


@pytest.fixture
def keeper(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    return unit


@pytest.fixture
def sends(client):
    return sender(client, BASE)


def give(sends, unit, *rows):
    file = SimpleUploadedFile("angka.csv", (HEADS + "\n".join(rows)).encode())
    return sends("post", f"/units/{unit.slug}/figure-files", {"file": file}, content_type=MULTIPART_CONTENT)


def test_a_file_is_looked_at_then_taken_in_and_read_by_anybody(client, keeper, sends):
    row = 'TPT,Persen,3573,2024,,"4,19*",Tabel TPT'
    seen = give(sends, keeper, row, "TPT,Persen,Antah,2024,,5,Tabel TPT")
    told = seen.json()
    assert (seen.status_code, told["state"], told["good"], told["bad"]) == (201, "checked", 1, 1)
    assert (told["faults"][0]["cell"], told["preview"][0]["value"]) == ("C3", "4,19*")
    assert not Cell.objects.exists()

    done = sends("post", f"/units/{keeper.slug}/figure-files/{told['id']}/take-in", {}).json()
    assert (done["state"], done["added"], done["same"]) == ("done", 1, 0)
    again = sends("post", f"/units/{keeper.slug}/figure-files/{told['id']}/take-in", {})
    assert (again.status_code, again.json()["type"]) == (409, "urn:halopst:import-closed")

    client.logout()
    one = client.get(f"{BASE}/indicators?unit=3573&q=tpt").json()[0]
    assert (one["name"], one["figures"], one["latest_period"], one["origin"]) == ("TPT", 1, "2024", "file")
    cell = client.get(f"{BASE}/indicators/{one['id']}/cells").json()[0]
    assert {name: cell[name] for name in ("value", "number", "status", "region_code", "period")} == {
        "value": "4,19", "number": "4.19", "status": "sementara", "region_code": "3573", "period": "2024",
    }  # fmt: skip


def test_a_corrected_figure_keeps_what_it_was(client, keeper, sends):
    for value in ("4,19", "4,25"):
        made = give(sends, keeper, f'TPT,Persen,3573,2024,,"{value}",Tabel').json()
        sends("post", f"/units/{keeper.slug}/figure-files/{made['id']}/take-in", {})

    assert made["corrections"][0]["before"] == "4,19"
    before = client.get(f"{BASE}/cells/{Cell.objects.get().pk}/revisions").json()
    assert [one["value"] for one in before] == ["4,19"]
    files = client.get(f"{BASE}/units/{keeper.slug}/figure-files").json()
    assert [one["id"] for one in files] == [made["id"], made["id"] - 1]
    older = client.get(f"{BASE}/units/{keeper.slug}/figure-files?before={made['id']}").json()
    assert [one["id"] for one in older] == [made["id"] - 1]


def test_doubtful_figures_come_in_only_when_that_is_said(keeper, sends):
    made = give(sends, keeper, "Gini,Persen,3573,2024,,4190,Tabel").json()
    path = f"/units/{keeper.slug}/figure-files/{made['id']}/take-in"
    assert (made["doubtful"], made["doubts"][0]["said"][:20]) == (1, "Lebih dari 1.000 per")

    assert sends("post", path, {}).json()["type"] == "urn:halopst:only-doubtful"
    assert sends("post", path, {"with_doubtful": True}).json()["added"] == 1


def test_a_missing_file_is_refused_and_a_cancelled_one_changes_nothing(keeper, sends):
    none = sends("post", f"/units/{keeper.slug}/figure-files", content_type=MULTIPART_CONTENT)
    assert (none.status_code, none.json()["errors"]) == (
        422, [{"at": ["body", "file"], "problem": "Pilih satu berkas dulu."}],
    )  # fmt: skip
    made = give(sends, keeper, "TPT,Persen,3573,2024,,4,Tabel").json()
    path = f"/units/{keeper.slug}/figure-files/{made['id']}/cancel"

    assert sends("post", path).json()["state"] == "cancelled"
    assert not Cell.objects.exists()


def test_cells_are_narrowed_by_region_period_and_breakdown_and_go_on(client):
    one, men = IndicatorFactory(), BreakdownFactory(label="Laki-laki")
    east = RegionFactory(code="3501", parent_code="3500")
    made = [
        CellFactory(indicator=one, region=east, period=period, value=Decimal(n))
        for n, period in enumerate((202200, 202300, 202432))
    ]
    narrow = CellFactory(indicator=one, region=RegionFactory(code="3601"), breakdown=men, period=202300)

    def listed(query):
        return [row["id"] for row in client.get(f"{BASE}/indicators/{one.pk}/cells?{query}").json()]

    assert listed("region=3501") == listed("within=3500") == [row.pk for row in made]
    assert listed("period=2023&breakdown=") == [made[1].pk]
    assert listed("breakdown=laki-laki") == listed("region=3601") == [narrow.pk]
    assert listed("period=Triwulan%20II%202024") == listed("first_year=2024") == [made[2].pk]
    assert listed("last_year=2022") == [made[0].pk]
    assert listed(f"after={made[1].pk}") == [made[2].pk, narrow.pk]


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("period=kapan", "period", "Periode tidak terbaca. Contoh: 2024"),
        ("first_year=2O24", "first_year", "harus bilangan bulat"),
        ("last_year=99999", "last_year", "paling besar 2100"),
        ("after=-1", "after", "paling kecil 0"),
        ("after=99999999999999999999999", "after", "harus kurang dari"),
        ("region=35780000000000", "region", "paling banyak 10 huruf"),
    ],
)
def test_an_odd_narrowing_is_told_in_one_sentence(client, query, field, said):
    one = CellFactory().indicator

    answer = client.get(f"{BASE}/indicators/{one.pk}/cells?{query}", headers={"Accept-Language": "id"})

    assert (answer.status_code, [fault["at"] for fault in answer.json()["errors"]]) == (
        422, [["query", field]],
    )  # fmt: skip
    assert said in answer.json()["errors"][0]["problem"]


@pytest.mark.parametrize("path", ["/indicators/0", "/indicators/9/cells", f"/cells/{9**40}/revisions"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(BASE + path).json()["type"] == "urn:halopst:not-found"


def test_an_office_nobody_knows_is_told(client):
    answer = client.get(f"{BASE}/indicators?unit=9999")

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:halopst:unknown-unit")


@pytest.mark.parametrize("path", ["/indicators", "/indicators/{}/cells"])
def test_lists_cost_the_same_queries_at_one_row_and_three(client, path):
    one = IndicatorFactory()

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(BASE + path.format(one.pk))
        return len(asked)

    CellFactory(indicator=one)
    cost()  # what is read once in a process
    first = cost()
    for period in (202300, 202200):
        CellFactory(indicator=one, period=period)
        CellFactory()

    assert cost() == first


def test_names_and_due_days_are_the_keepers(client, keeper, sends):
    one = IndicatorFactory(unit=keeper, name="Tingkat Pengangguran Terbuka")
    path = f"/units/{keeper.slug}/indicators/{one.pk}"

    named = sends("put", f"{path}/names", {"aliases": ["TPT", "en: Unemployment Rate"]}).json()
    assert named["aliases"] == ["TPT", "en: Unemployment Rate"]
    due = sends("post", f"{path}/releases", {"period": "Maret 2026", "due_on": "2026-07-01"})
    assert (due.status_code, due.json()["period"], due.json()["due_on"]) == (201, "Maret 2026", "2026-07-01")
    unknown = sends("post", f"{path}/releases", {"period": "kapan", "due_on": "2026-07-01"})
    assert (unknown.status_code, unknown.json()["type"]) == (422, "urn:halopst:period-unknown")
    assert len(client.get(f"{BASE}/indicators/{one.pk}").json()["releases"]) == 1

    assert sends("delete", f"{path}/releases/{due.json()['id']}").status_code == 204
    assert client.get(f"{BASE}/indicators/{one.pk}").json()["releases"] == []
