"""Fetching an office's data from a WebAPI on loopback: what comes, what stays, what is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DataError

from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.errors import NotPermitted
from halopst.knowledge.models import (
    CatalogueItem,
    Cell,
    CellRevision,
    Document,
    Indicator,
    Sync,
    WebApiAccess,
)
from halopst.knowledge.queries import Filters, search
from halopst.knowledge.services import syncing
from halopst.knowledge.services.cell_references import add_regions_of_units
from halopst.knowledge.services.webapi_access import BadAddress, KeyMissing, set_access
from halopst.knowledge.webapi.client import Pace
from tests.knowledge import static_pages as pages
from tests.knowledge.figure_factories import READ
from tests.knowledge.webapi_server import KEY, table, variable
from tests.units.factories import HeadOfficeFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
Kind, State = Sync.Kind, Sync.State


@pytest.fixture
def unit():
    province = ProvinceFactory(code="3500", region="Jawa Timur", name="BPS Provinsi Jawa Timur")
    unit = UnitFactory(code="3578", region="Kota Surabaya", parent=province)
    UnitFactory(code="3573", region="Kota Malang", parent=province)
    add_regions_of_units()
    return unit


@pytest.fixture
def manager(unit):
    grants = {"knowledge.data": frozenset({unit.pk}), "knowledge.configure": frozenset({unit.pk})}
    return Actor(user_id=None, label="uji", grants=grants)


@pytest.fixture
def access(unit, manager, server):
    return set_access(
        manager, unit=unit, address=server.address, key=KEY, per_second=10, is_on=True, now=READ
    )


@pytest.fixture
def run(unit, manager, access, site):
    """Fetch one kind to its end, or to its failure, without waiting between requests."""

    def fetch(kind, now=READ, *, start=True):
        sync = (
            syncing.start_sync(manager, unit=unit, kind=kind, now=now)
            if start
            else Sync.objects.get(kind=kind)
        )
        for _slice in range(20):
            syncing.carry_on(sync.pk, clock=lambda: now, pace=Pace(10_000, sleep=lambda _seconds: None))
            sync.refresh_from_db()
            if sync.state != State.RUNNING:
                break
        return sync

    return fetch


def told(sync):
    return sync.state, sync.seen, sync.added, sync.changed, sync.skipped


def test_variables_become_indicators_and_a_second_time_change_nothing(site, run, unit):
    site.add(
        "3578",
        "var",
        *(variable(n, f"Tabel &lt;b&gt;ke&lt;/b&gt; {n}") for n in range(1, 13)),
        {"var_id": 99},
    )

    assert told(run(Kind.VARIABLES)) == ("resting", 13, 12, 0, 1)
    assert Indicator.objects.get(external_id="12").name == "Tabel ke 12"
    assert told(run(Kind.VARIABLES, READ + timedelta(days=7))) == ("resting", 13, 0, 0, 1)
    site.lists["3578", "var"][0]["title"] = "Tabel baru"
    assert told(run(Kind.VARIABLES, READ + timedelta(days=14)))[:4] == ("resting", 13, 0, 1)


def growing(site):
    """Two variables, the first with regions and a total, the second narrowed."""
    site.add(
        "3578",
        "var",
        variable(1, "Tingkat Pengangguran Terbuka"),
        variable(2, "Jumlah Penduduk", unit="Jiwa"),
    )
    site.add("3578", "th:1", {"th_id": 123, "th": 2023}, {"th_id": 124, "th": 2024})
    site.add("3578", "th:2", {"th_id": 124, "th": 2024})
    rows = [("9999", "Jumlah", 4.4), ("3573", "Sampang", 9)]
    for year in (2023, 2024):
        site.tables["3578", "1", str(year - 1900)] = table(1, [year], rows)
    site.tables["3578", "2", "124"] = table(
        2, [2024], [("9999", "Surabaya", {(2024, "1", "0"): 10, (2024, "2", "0"): 11, (2024, "3", "0"): 21})],
        narrower=(("1", "Laki-laki"), ("2", "Perempuan"), ("3", "Jumlah")), unit="Jiwa",
    )  # fmt: skip


def cells():
    rows = Cell.objects.order_by("indicator__external_id", "period", "region__code", "breakdown__label")
    return list(
        rows.values_list("indicator__external_id", "period", "region__code", "breakdown__label", "published")
    )


def test_figures_go_into_cells_by_region_period_and_breakdown(site, run):
    growing(site)
    run(Kind.VARIABLES)

    sync = run(Kind.FIGURES)

    assert told(sync) == ("resting", 7, 7, 0, 0)
    assert cells() == [
        ("1", 202300, "3578", "", "4.4"),
        ("1", 202300, "3578", "Sampang", "9"),
        ("1", 202400, "3578", "", "4.4"),
        ("1", 202400, "3578", "Sampang", "9"),
        ("2", 202400, "3578", "", "21"),
        ("2", 202400, "3578", "Laki-laki", "10"),
        ("2", 202400, "3578", "Perempuan", "11"),
    ]
    source = Cell.objects.first().source
    assert (source.title, source.link) == (
        "Tingkat Pengangguran Terbuka", "https://surabayakota.example/id/statistics-table/2/MSMy/",
    )  # fmt: skip


def test_growth_and_a_revision_between_two_runs(site, run):
    growing(site)
    run(Kind.VARIABLES)
    run(Kind.FIGURES)
    asked = len(site.asked)
    site.add("3578", "th:2", {"th_id": 125, "th": 2025})
    site.tables["3578", "2", "125"] = table(2, [2025], [("9999", "Surabaya", 22)], unit="Jiwa")
    site.tables["3578", "1", "124"] = table(1, [2024], [("9999", "Jumlah", Decimal("4.6"))]) | {
        "datacontent": {"9999101240": 4.6}
    }

    sync = run(Kind.FIGURES, READ + timedelta(days=1))

    assert (sync.added, sync.changed) == (1, 1)
    assert Cell.objects.get(indicator__external_id="1", period=202400, breakdown__label="").published == "4.6"
    assert CellRevision.objects.get().published == "4.4"
    assert len(site.asked) - asked == 7  # the site, two lists of years, their two newest years each


def test_figures_published_in_another_unit_do_not_stand_beside_older_ones(site, run):
    """A variable's list may name the new unit first: until its figures come, the old ones keep theirs."""
    growing(site)
    run(Kind.VARIABLES)
    run(Kind.FIGURES)
    site.lists["3578", "var"][0]["unit"] = "Orang"
    run(Kind.VARIABLES, READ + timedelta(days=8))
    assert Indicator.objects.get(external_id="1").measure == "Persen"
    for year in (2023, 2024):
        site.tables["3578", "1", str(year - 1900)] = table(1, [year], [("9999", "Jumlah", 7)], unit="Orang")

    run(Kind.FIGURES, READ + timedelta(days=8))

    assert Indicator.objects.get(external_id="1").measure == "Orang"
    assert [cell for cell in cells() if cell[0] == "1"] == [
        ("1", 202300, "3578", "", "7"),
        ("1", 202400, "3578", "", "7"),
    ]


def test_a_strategic_indicator_in_another_unit_begins_anew(site, run):
    row = {"indicator_id": 7, "title": "IPM", "unit": "Persen", "value": "83.69", "periode": "2024"}
    site.add("3578", "indicators", row)
    run(Kind.INDICATORS)
    row |= {"unit": "Poin", "value": "84", "periode": "2025"}

    run(Kind.INDICATORS, READ + timedelta(days=1))

    assert (Indicator.objects.get().measure, cells()) == ("Poin", [("7", 202500, "3578", "", "84")])


def test_catalogue_rows_keep_the_page_not_the_file(site, run, unit):
    site.add("3578", "publication", {
        "pub_id": "abc", "title": "Dalam Angka &amp;amp; Peta", "abstract": "&lt;p&gt;Isi&lt;/p&gt;",
        "sch_date": "2026-02-27", "rl_date": "2026-02-28", "updt_date": None, "pdf": "https://x/download?token=1",
    })  # fmt: skip

    assert told(run(Kind.PUBLICATIONS)) == ("resting", 1, 1, 0, 0)

    item = CatalogueItem.objects.get()
    assert (item.title, item.body, item.unit) == ("Dalam Angka & Peta", "Isi", unit)
    assert item.link == "https://surabayakota.example/id/publication/2026/02/28/abc/"
    assert str(item.scheduled_on) == "2026-02-27"


def test_what_an_office_publishes_is_found_by_search_and_changes_with_it(site, run, unit):
    release = {
        "brs_id": 5,
        "title": "Inflasi Oktober",
        "abstract": "Oktober 2026 terjadi inflasi beras 0,42 persen.",
    }
    site.add("3578", "pressrelease", release | {"rl_date": "2026-11-02"})
    run(Kind.PRESS_RELEASES)
    found = search(ANONYMOUS, "inflasi beras Oktober", filters=Filters(), limit=3).hits

    assert [(hit.document.title, hit.document.url) for hit in found] == [
        ("Inflasi Oktober", "https://surabayakota.example/id/pressrelease/2026/11/02/5/")
    ]
    site.lists["3578", "pressrelease"][0]["abstract"] = "Oktober 2026 terjadi deflasi cabai."
    run(Kind.PRESS_RELEASES, READ + timedelta(hours=1))
    assert Document.objects.get().versions.count() == 1
    assert (
        search(ANONYMOUS, "deflasi cabai", filters=Filters(), limit=3).hits[0].document == found[0].document
    )


def static(number, changed):
    return {"table_id": number, "title": f"Tabel {number}", "subj": "Contoh", "updt_date": changed}


def content(asemrowo):
    rows = "&lt;tr&gt;&lt;td&gt;Kecamatan&lt;/td&gt;&lt;td&gt;Luas&lt;/td&gt;&lt;/tr&gt;"
    return {"table": f"&lt;table&gt;{rows}<tr><td>1. Asemrowo</td><td>{asemrowo}</td></tr>&lt;/table&gt;"}


def test_a_static_table_is_found_by_what_it_says_and_read_again_only_when_it_changes(site, run):
    site.add("3578", "statictable", *(static(n, "2026-01-05") for n in range(1, 13)))
    site.views = {("3578", "statictable", str(n)): content(f"{n},5") for n in (2, 12)}

    assert told(run(Kind.STATIC_TABLES)) == ("resting", 12, 12, 0, 0)

    texts = dict(Document.objects.values_list("title", "text"))
    assert (texts["Tabel 2"], texts["Tabel 12"]) == ("Asemrowo: Luas 2,5.", "Asemrowo: Luas 12,5.")
    assert texts["Tabel 3"] == "Tabel 3"
    asked = len(site.asked)
    run(Kind.STATIC_TABLES, READ + timedelta(days=1))
    assert not any("/view/" in path for path in site.asked[asked:])
    site.lists["3578", "statictable"][1] = static(2, "2026-02-05")
    site.views["3578", "statictable", "2"] = content("7,25")
    site.faults = ["", "", 'body {"status": "Error", "message": "no"}']
    assert told(run(Kind.STATIC_TABLES, READ + timedelta(days=2))) == ("resting", 12, 0, 1, 1)
    assert Document.objects.get(title="Tabel 2").text == "Asemrowo: Luas 2,5."
    run(Kind.STATIC_TABLES, READ + timedelta(days=3))
    assert Document.objects.get(title="Tabel 2").text == "Asemrowo: Luas 7,25."


TITLE = "Jumlah Penduduk Menurut Kecamatan di Kota Surabaya (Jiwa), "


def districts(number, year, changed, html=pages.DISTRICTS):
    """A static table of a year in the list, and what the site says it holds."""
    listed = {"table_id": number, "title": f"{TITLE}{year}", "subj": "Penduduk", "updt_date": changed}
    return listed, pages.sent(html.replace("2024", year))


def test_a_static_table_becomes_cells_with_its_title_and_page_and_twice_changes_nothing(site, run):
    listed, holds = districts(16, "2024", "2026-01-05")
    site.add("3578", "statictable", listed, static(17, "2026-01-05"))
    site.views = {("3578", "statictable", "16"): holds, ("3578", "statictable", "17"): content("7,25")}

    run(Kind.STATIC_TABLES)

    indicator = Indicator.objects.get()
    assert (indicator.origin, indicator.name, indicator.measure, indicator.subject) == (
        "static", "Jumlah Penduduk Menurut Kecamatan", "Jiwa", "Penduduk",
    )  # fmt: skip
    cell = Cell.objects.select_related("source").get(breakdown__label="")
    assert (cell.published, cell.value, cell.period) == ("2.859.124", 2859124, 202400)
    assert cell.source.title == f"{TITLE}2024"
    assert cell.source.link == "https://surabayakota.example/id/statistics-table/1/MTYjMQ/"
    assert list(CatalogueItem.objects.order_by("pk").values_list("read_as", "figures", "why")) == [
        ("cells", 7, ""),
        ("text", 0, "title"),
    ]
    before = list(Cell.objects.values_list("pk", "published", "retrieved_at"))
    CatalogueItem.objects.update(read_as="", why="")
    run(Kind.STATIC_TABLES, READ + timedelta(days=40))
    assert list(Cell.objects.values_list("pk", "published", "retrieved_at")) == before


def test_a_static_table_with_signs_no_database_keeps_is_kept_without_them(site, run):
    """Else its run would break at this table again and again, and never come to the next."""
    site.add("3578", "statictable", {"table_id": 1, "title": "Penduduk", "updt_date": "2025-01-01"})
    html = "<table><tr><td>Wil\0ayah</td><td>\ud800ini</td></tr></table>"
    site.views["3578", "statictable", "1"] = {"table_id": 1, "table": html}

    assert told(run(Kind.STATIC_TABLES))[0] == "resting"
    assert "\0" not in CatalogueItem.objects.get().body


def test_what_the_database_cannot_hold_is_a_failure_that_is_told(site, run, monkeypatch):
    growing(site)

    def breaks(*_given):
        raise DataError

    monkeypatch.setattr("halopst.knowledge.services.catalogue.keep_variables", breaks)
    sync = run(Kind.VARIABLES)

    assert (sync.state, sync.error) == ("failed", "malformed")


def test_tables_of_other_years_are_history_and_an_older_table_does_not_undo_a_newer_one(site, run):
    newest, holds = districts(18, "2024", "2026-03-01")
    older, held = districts(16, "2023", "2025-03-01", pages.DISTRICTS.replace("24.123", "23.111"))
    again = {**older, "table_id": 15, "title": f"{TITLE}2024", "updt_date": "2025-02-01"}
    site.add("3578", "statictable", newest, older, again)
    site.views = {
        ("3578", "statictable", "18"): holds,
        ("3578", "statictable", "16"): held,
        ("3578", "statictable", "15"): pages.sent(pages.DISTRICTS.replace("24.123", "22.000")),
    }

    run(Kind.STATIC_TABLES)

    cells = Cell.objects.filter(breakdown__label="Kecamatan Asemrowo · Laki-laki").order_by("period")
    assert list(cells.values_list("period", "published")) == [(202300, "23.111"), (202400, "24.123")]
    assert not CellRevision.objects.exists()


def test_a_table_that_can_no_longer_be_read_with_certainty_keeps_its_figures_and_says_why(site, run):
    listed, holds = districts(16, "2024", "2026-01-05")
    site.add("3578", "statictable", listed)
    site.views["3578", "statictable", "16"] = holds
    run(Kind.STATIC_TABLES)
    site.lists["3578", "statictable"][0] = {**listed, "updt_date": "2026-02-05"}
    site.views["3578", "statictable", "16"] = pages.sent(pages.DISTRICTS.replace("24.123", "<table></table>"))

    run(Kind.STATIC_TABLES, READ + timedelta(days=1))

    assert CatalogueItem.objects.values_list("read_as", "why").get() == ("text", "broken")
    assert Cell.objects.count() == 7


def test_strategic_indicators_are_figures_of_the_office_itself(site, run):
    ipm = {"indicator_id": 7, "title": "IPM", "unit": "Persen", "value": "83.69", "periode": "2024"}
    timeless = {"indicator_id": 8, "title": "Tanpa periode", "unit": "", "value": "1", "periode": ""}
    site.add("3578", "indicators", {**ipm, "data_source": "BPS"}, timeless)

    assert told(run(Kind.INDICATORS)) == ("resting", 2, 1, 0, 1)
    assert cells() == [("7", 202400, "3578", "", "83.69")]


def test_a_failure_keeps_the_last_good_copy_and_goes_on_from_there(site, run):
    site.add("3578", "var", *(variable(n, f"Tabel {n}") for n in range(1, 25)))
    site.faults = ["", "", "500", "500", "500", "500"]

    failed = run(Kind.VARIABLES)

    assert (failed.state, failed.error, failed.added, failed.last_good_at) == ("failed", "server", 10, None)
    assert failed.next_at == READ + syncing.AGAIN_AFTER
    assert Indicator.objects.count() == 10
    again = run(Kind.VARIABLES, READ + timedelta(hours=1))
    assert (again.state, again.error, again.added, again.seen) == ("resting", "", 24, 24)
    assert again.last_good_at == READ + timedelta(hours=1)
    assert sum("page/1/" in path for path in site.asked) == 1


def test_a_list_of_offices_that_comes_empty_once_takes_no_link_away(site, run):
    site.add("3578", "news", {"news_id": 7, "title": "Berita", "news": "Isi.", "rl_date": "2025-03-03"})
    run(Kind.NEWS)
    link = CatalogueItem.objects.get().link
    site.faults = ['body {"status": "OK", "data": ""}']

    assert told(run(Kind.NEWS))[1:4] == (1, 0, 0)
    assert link.startswith("https://surabayakota.example/")
    assert CatalogueItem.objects.get().link == link


EMPTY_ONCE = 'body {"status": "OK", "data": ""}'


def test_a_page_that_comes_empty_in_the_middle_is_told_and_those_behind_it_are_fetched(site, run):
    site.add("3578", "var", *(variable(n, f"Tabel {n}") for n in range(1, 35)))
    site.faults = ["", "", EMPTY_ONCE]

    assert told(run(Kind.VARIABLES)) == ("resting", 24, 24, 0, 1)
    assert told(run(Kind.VARIABLES, READ + timedelta(days=7))) == ("resting", 30, 10, 0, 0)


def test_two_pages_that_come_empty_end_the_run(site, run):
    site.add("3578", "var", *(variable(n, f"Tabel {n}") for n in range(1, 55)))
    site.faults = ["", "", EMPTY_ONCE, EMPTY_ONCE]

    assert told(run(Kind.VARIABLES)) == ("resting", 10, 10, 0, 2)
    assert len(site.asked) == 4


def test_a_mended_key_is_tried_at_once(site, run, unit, manager, access, server):
    site.faults = ["403"]
    assert run(Kind.NEWS).next_at > READ

    set_access(manager, unit=unit, address=server.address, key=KEY, per_second=1, is_on=True, now=READ)

    assert Sync.objects.get(kind=Kind.NEWS).next_at == READ


def test_one_table_the_server_will_not_give_does_not_keep_the_others_out(site, run):
    growing(site)
    run(Kind.VARIABLES)
    site.faults = ["", "", 'body {"status": "Error", "message": "no"}']

    assert told(run(Kind.FIGURES))[0] == "resting"
    assert {period for _id, period, *_rest in cells()} == {202300, 202400}


def test_a_killed_worker_leaves_a_run_that_is_taken_up_again(site, run, waiting_jobs, monkeypatch):
    site.add("3578", "var", *(variable(n, f"Tabel {n}") for n in range(1, 25)))
    died = []

    def die(*args, **kwargs):
        if len(site.asked) == 3 and not died:
            died.append(True)
            raise KeyboardInterrupt
        return kept(*args, **kwargs)

    kept = syncing._keep
    monkeypatch.setattr(syncing, "_keep", die)
    with pytest.raises(KeyboardInterrupt):
        run(Kind.VARIABLES)
    assert Indicator.objects.count() == 10
    Sync.objects.update(updated_at=READ)

    assert syncing.start_due(now=READ + timedelta(hours=1)) == 1 + (len(Kind) - 1)
    assert run(Kind.VARIABLES, start=False).added == 24


def test_two_workers_on_one_run_do_its_steps_once(site, run, unit, manager, access):
    site.add("3578", "var", *(variable(n, f"Tabel {n}") for n in range(1, 5)))
    sync = syncing.start_sync(manager, unit=unit, kind=Kind.VARIABLES, now=READ)
    stale = Sync.objects.get(pk=sync.pk)
    run(Kind.VARIABLES, start=False)
    done = Sync.objects.get(pk=sync.pk)

    assert syncing._keep(stale, None, now=READ) is None
    assert Sync.objects.get(pk=sync.pk).seen == done.seen == 4


def test_stopped_is_stopped_until_someone_starts_it_again(site, run, unit, manager, access):
    site.add("3578", "var", *(variable(n, f"Tabel {n}") for n in range(1, 5)))
    sync = syncing.start_sync(manager, unit=unit, kind=Kind.VARIABLES, now=READ)
    syncing.stop_sync(manager, sync, now=READ)

    assert run(Kind.VARIABLES, start=False).state == State.STOPPED
    assert (site.asked, Indicator.objects.count()) == ([], 0)
    with pytest.raises(syncing.SyncMoved):
        syncing.stop_sync(manager, sync, now=READ)
    assert run(Kind.VARIABLES).state == State.RESTING


def test_what_is_due_begins_by_itself_and_nothing_without_an_address(site, unit, waiting_jobs, access):
    assert syncing.start_due(now=READ) == len(Kind)
    assert waiting_jobs() == ["halopst.knowledge.tasks.carry_on_sync"] * len(Kind)
    assert syncing.start_due(now=READ) == 0


def test_nothing_is_asked_of_a_network_that_is_switched_off(site, unit, manager, access):
    WebApiAccess.objects.update(is_on=False)

    assert syncing.start_due(now=READ) == 0
    with pytest.raises(syncing.NoAccess):
        syncing.start_sync(manager, unit=unit, kind=Kind.NEWS, now=READ)
    assert site.asked == []


def test_the_head_offices_key_serves_who_has_none(site, unit, server):
    head = HeadOfficeFactory()
    actor = Actor(grants={"knowledge.configure": {head.pk}, "knowledge.data": {unit.pk}})
    set_access(actor, unit=head, address=server.address, key=KEY, per_second=5, is_on=True, now=READ)

    assert syncing.start_sync(actor, unit=unit, kind=Kind.NEWS, now=READ).state == State.RUNNING


def test_the_key_is_sealed_and_an_address_may_not_carry_it(unit, manager, server, site):
    values = {"unit": unit, "per_second": 1, "is_on": True, "now": READ}
    with pytest.raises(KeyMissing):
        set_access(manager, address="https://webapi.example/api", key="", **values)
    for address in ("http://webapi.example", "https://", "ftp://x", "https://x/key/abc/", "https://a:b@x/"):
        with pytest.raises(BadAddress):
            set_access(manager, address=address, key="rahasia", **values)
    access = set_access(manager, address="https://webapi.example/api/", key="rahasia", **values)

    assert "rahasia" not in access.sealed_key
    assert (
        set_access(manager, address="https://lain.example/api", key="", **values).sealed_key
        == access.sealed_key
    )


def test_only_who_keeps_the_data_starts_and_stops(unit, access, site):
    stranger = Actor(grants={"knowledge.view": {unit.pk}})
    sync = Sync.objects.get(kind=Kind.NEWS)
    with pytest.raises(NotPermitted):
        syncing.start_sync(stranger, unit=unit, kind=Kind.NEWS, now=READ)
    with pytest.raises(NotPermitted):
        syncing.stop_sync(stranger, sync, now=READ)
