"""The pages of those who keep an office's figures."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halopst.knowledge.models import DataRequest, Indicator, Sync
from halopst.knowledge.queries.figure_keeping import figures_as_of, kinds_of_data
from tests.accounts.factories import MembershipFactory
from tests.knowledge.factories import DataRequestFactory
from tests.knowledge.figure_factories import (
    CatalogueItemFactory,
    CellFactory,
    CellRevisionFactory,
    IndicatorFactory,
    SyncFactory,
    WebApiAccessFactory,
)
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def admin(client, unit):
    user = MembershipFactory(unit=unit, role="admin").user
    client.force_login(user)
    return client


def test_the_page_of_fetching_tells_how_it_stands(admin, unit):
    WebApiAccessFactory(unit=unit, is_on=True)
    SyncFactory(unit=unit, kind=Sync.Kind.NEWS, state=Sync.State.FAILED, error="busy")
    page = admin.get(reverse("figures:syncs", args=[unit.slug])).content.decode()

    assert "WebAPI sedang membatasi permintaan. Belum ada data yang tersimpan." in page
    assert "Belum ada angka yang diambil lewat WebAPI." in page
    assert page.count("Ambil sekarang") == len(Sync.Kind)


def test_the_last_data_are_said_to_be_used_only_where_there_are_some(admin, unit):
    SyncFactory(unit=unit, kind=Sync.Kind.NEWS, state=Sync.State.FAILED, error="unreachable")
    url = reverse("figures:syncs", args=[unit.slug])
    assert "Data terakhir tetap dipakai." not in admin.get(url).content.decode()

    CatalogueItemFactory(unit=unit, kind="news")
    page = admin.get(url).content.decode()
    assert "terputus. Data terakhir tetap dipakai. Bila berulang, minta admin memeriksa" in page
    assert "Belum ada data yang tersimpan." not in page


def test_figures_of_a_first_run_that_has_not_ended_are_not_called_none(admin, unit):
    SyncFactory(unit=unit, kind=Sync.Kind.FIGURES)
    CatalogueItemFactory(unit=unit, kind="static-table")
    url = reverse("figures:syncs", args=[unit.slug])
    assert "Belum ada angka yang diambil lewat WebAPI." in admin.get(url).content.decode()

    CellFactory(indicator=IndicatorFactory(unit=unit, origin="variable"))

    page = admin.get(url).content.decode()
    assert "Baru sebagian angka diambil lewat WebAPI; belum pernah lengkap." in page
    assert "Belum ada angka" not in page


def test_news_of_today_do_not_make_figures_of_last_week_new(admin, unit):
    today, before = datetime(2026, 11, 20, 3, tzinfo=UTC), datetime(2026, 11, 13, 3, tzinfo=UTC)
    SyncFactory(unit=unit, kind=Sync.Kind.NEWS, last_good_at=today)
    SyncFactory(unit=unit, kind=Sync.Kind.VARIABLES, last_good_at=today)
    assert figures_as_of(kinds_of_data(unit)) is None

    SyncFactory(unit=unit, kind=Sync.Kind.INDICATORS, last_good_at=today)
    SyncFactory(unit=unit, kind=Sync.Kind.FIGURES, last_good_at=before)
    for origin in ("variable", "strategic"):
        CellFactory(indicator=IndicatorFactory(unit=unit, origin=origin))
    assert figures_as_of(kinds_of_data(unit)) == before


def test_a_whole_kind_does_not_make_one_that_was_stopped_whole(unit):
    today = datetime(2026, 11, 20, 3, tzinfo=UTC)
    SyncFactory(unit=unit, kind=Sync.Kind.INDICATORS, last_good_at=today)
    SyncFactory(unit=unit, kind=Sync.Kind.FIGURES, state=Sync.State.STOPPED)
    CellFactory(indicator=IndicatorFactory(unit=unit, origin="strategic"))
    assert figures_as_of(kinds_of_data(unit)) == today

    CellFactory(indicator=IndicatorFactory(unit=unit, origin="variable"))
    assert figures_as_of(kinds_of_data(unit)) is None


def test_a_run_that_found_no_figure_gives_them_no_date(admin, unit):
    SyncFactory(unit=unit, kind=Sync.Kind.FIGURES, last_good_at=datetime(2026, 11, 20, 3, tzinfo=UTC))
    page = admin.get(reverse("figures:syncs", args=[unit.slug])).content.decode()

    assert "Belum ada angka yang diambil lewat WebAPI." in page
    assert "Data per" not in page


def test_the_sentence_above_the_table_follows_the_run_below_it(admin, unit):
    url = reverse("figures:syncs", args=[unit.slug])
    sync = SyncFactory(unit=unit, kind=Sync.Kind.FIGURES, state=Sync.State.RUNNING)
    CellFactory(indicator=IndicatorFactory(unit=unit, origin="variable"))
    polled = admin.get(url, headers={"hx-request": "true"}).content.decode()
    assert re.search(r'<p class="muted" id="kapan" hx-swap-oob="true">\s*Baru sebagian angka', polled)

    Sync.objects.filter(pk=sync.pk).update(last_good_at=datetime(2026, 11, 20, 3, tzinfo=UTC))
    polled = admin.get(url, headers={"hx-request": "true"}).content.decode()
    assert re.search(r'id="kapan" hx-swap-oob="true">\s*Data per Jumat, 20 November 2026', polled)
    assert admin.get(url).content.decode().count('id="kapan"') == 1
    assert "hx-swap-oob" not in admin.get(url).content.decode()


@pytest.mark.parametrize(("state", "due", "asks"), [
    ("running", None, True), ("resting", 2026, True), ("resting", 2099, False), ("failed", 2026, True),
    ("stopped", None, False),
])  # fmt: skip
def test_the_page_looks_again_by_itself_while_something_runs_or_is_due(admin, unit, state, due, asks):
    at = due and datetime(due, 1, 1, tzinfo=UTC)
    SyncFactory(unit=unit, kind=Sync.Kind.NEWS, state=state, next_at=at)
    page = admin.get(reverse("figures:syncs", args=[unit.slug])).content.decode()

    assert ('hx-trigger="every 3s"' in page) is asks


def test_a_stopped_run_says_how_it_goes_on(admin, unit):
    SyncFactory(unit=unit, kind=Sync.Kind.NEWS, state=Sync.State.STOPPED)
    page = admin.get(reverse("figures:syncs", args=[unit.slug])).content.decode()

    assert "Tidak diambil lagi sampai Anda menekan Ambil sekarang; yang terpotong diteruskan." in page


def test_a_key_is_never_shown_again(admin, unit):
    url = reverse("figures:access", args=[unit.slug])
    answer = admin.post(
        url, {"address": "https://webapi.example/api", "key": "rahasia-sekali", "per_second": "1"}
    )

    assert answer.status_code == 302
    assert "rahasia-sekali" not in admin.get(url).content.decode()
    wrong = admin.post(url, {"address": "http://webapi.example", "key": "rahasia-sekali", "per_second": "1"})
    assert wrong.status_code == 422
    assert "rahasia-sekali" not in wrong.content.decode()


def test_a_list_costs_the_same_at_one_row_and_three(admin, unit):
    url = reverse("figures:indicators", args=[unit.slug])
    CellFactory(indicator__unit=unit)
    admin.get(url)
    with CaptureQueriesContext(connection) as first:
        admin.get(url)
    CellFactory.create_batch(2, indicator__unit=unit)
    with CaptureQueriesContext(connection) as third:
        admin.get(url)
    assert len(first) == len(third)


@pytest.mark.parametrize(("state", "said"), [("running", True), ("resting", False)])
def test_an_indicator_whose_figures_are_coming_in_says_so(admin, unit, state, said):
    SyncFactory(unit=unit, kind=Sync.Kind.FIGURES, state=state)
    bare = IndicatorFactory(unit=unit, origin="variable")
    IndicatorFactory(unit=unit, origin="file")  # nothing of it is fetched

    listed = admin.get(reverse("figures:indicators", args=[unit.slug])).content.decode()
    page = admin.get(reverse("figures:indicator", args=[unit.slug, bare.pk])).content.decode()

    assert listed.count("Sedang mengambil") == int(said)
    assert ("Sedang mengambil angkanya." in page, "Belum ada angka." in page) == (said, not said)
    told = admin.get(f"/api/v1/knowledge/indicators?unit={unit.code}").json()
    assert [one["is_being_fetched"] for one in told] == [said, False]


def test_an_indicator_shows_its_figures_and_what_they_were(admin, unit):
    cell = CellFactory(indicator__unit=unit, indicator__name="<b>TPT</b>")
    CellRevisionFactory(cell=cell)
    page = admin.get(reverse("figures:indicator", args=[unit.slug, cell.indicator_id])).content.decode()

    assert "4,19" in page
    assert "4,2" in page
    assert "&lt;b&gt;TPT" in page
    assert "<b>TPT</b>" not in page


def test_other_names_and_release_dates_are_kept(admin, unit):
    indicator = IndicatorFactory(unit=unit)
    where = [unit.slug, indicator.pk]
    admin.post(reverse("figures:call", args=where), {"aliases": "satu\n\nsatu\ndua "})
    admin.post(reverse("figures:schedule", args=where), {"period": "TW II 2026", "due_on": "2026-08-05"})

    indicator.refresh_from_db()
    assert indicator.other_names == ("satu", "dua")
    assert list(indicator.releases.values_list("period", flat=True)) == [202632]
    wrong = admin.post(reverse("figures:schedule", args=where), {"period": "nanti", "due_on": "2026-08-05"})
    assert wrong.status_code == 422
    admin.post(reverse("figures:unschedule", args=[*where, indicator.releases.get().pk]))
    assert not indicator.releases.exists()
    assert Indicator.objects.count() == 1


def test_the_page_of_static_tables_says_which_became_figures_and_why_others_did_not(admin, unit):
    CatalogueItemFactory(
        unit=unit, kind="statictable", title="Luas <b>Wilayah</b>", read_as="cells", figures=12
    )
    CatalogueItemFactory(
        unit=unit, kind="statictable", title="Produksi Padi", read_as="text", why="row", why_detail="Kediri"
    )
    CatalogueItemFactory(unit=unit, kind="statictable", title="Belum dilihat")
    url = reverse("figures:tables", args=[unit.slug])

    page = admin.get(url).content.decode()

    assert "1 tabel jadi angka, 1 tetap teks." in page
    assert "Luas &lt;b&gt;Wilayah&lt;/b&gt;" in page
    assert "Ada baris yang wilayahnya tidak dikenal dengan pasti." in page
    assert "(Kediri)" in page
    assert "Belum dilihat" not in page
    assert "Luas" not in admin.get(url, {"jadi": "text"}).content.decode()
    assert "Produksi Padi" not in admin.get(url, {"q": "luas", "jadi": "lain"}).content.decode()
    assert "Tidak ada yang cocok" in admin.get(url, {"q": "zzz"}).content.decode()


def test_the_list_of_static_tables_costs_the_same_at_one_row_and_three(admin, unit):
    url = reverse("figures:tables", args=[unit.slug])
    counts = []
    for _more in range(2):
        CatalogueItemFactory.create_batch(2, unit=unit, kind="statictable", read_as="cells")
        admin.get(url)
        with CaptureQueriesContext(connection) as queries:
            admin.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_who_says_that_data_is_here_is_told_while_nobody_would_find_it(admin, unit):
    row = DataRequestFactory(unit=unit, topic="Jumlah layang-layang")
    close = reverse("figures:close-request", args=[unit.slug, row.pk])
    page = admin.post(close, {"hasil": "ada", "note": "Ada di publikasi."}, follow=True).content.decode()

    assert "Data ini belum dapat ditemukan: pertanyaannya masih belum terjawab." in page
    assert 'value="Ada di publikasi."' in page
    assert DataRequest.objects.get().state == "open"
    page = admin.post(close, {"hasil": "tetap", "note": "Ada di publikasi."}, follow=True).content.decode()
    assert "Ditutup. Selama belum terjawab, pertanyaannya dicoba lagi tiap malam." in page
    assert (DataRequest.objects.get().state, DataRequest.objects.get().note) == (
        "filled",
        "Ada di publikasi.",
    )


def beside(page, name):
    """What the page says at one field of a form."""
    return re.search(rf'id="id_{name}_error">.*?<span>(.*?)</span>', page, re.DOTALL)[1].strip()


def test_a_period_that_cannot_be_read_is_said_at_its_field(admin, unit):
    address = reverse("figures:schedule", args=[unit.slug, IndicatorFactory(unit=unit).pk])
    answer = admin.post(address, {"period": "kapan-kapan", "due_on": "2026-12-01"})

    assert answer.status_code == 422
    assert "Periode tidak terbaca." in beside(answer.content.decode(), "period")


def test_a_file_that_is_refused_is_one_thing_to_mend(admin, unit):
    empty = SimpleUploadedFile("kosong.csv", b"")
    page = admin.post(reverse("figures:files", args=[unit.slug]), {"file": empty}).content.decode()

    assert "Ada 1 isian yang perlu diperbaiki" in page
    assert "tidak memuat baris angka" in beside(page, "file")
    assert "Pilih sekali lagi" not in page


def test_access_says_at_its_field_what_is_wrong(admin, unit):
    address = reverse("figures:access", args=[unit.slug])
    first = admin.get(address).content.decode()
    given = {"address": "bukan alamat", "key": "", "per_second": 1}
    without = admin.post(address, given).content.decode()
    wrong = admin.post(address, {**given, "key": "kunci"}).content.decode()
    WebApiAccessFactory(unit=unit)
    known = admin.get(address).content.decode()

    assert "Isi kunci WebAPI." in beside(without, "key")
    assert "Alamat WebAPI diawali https://" in beside(wrong, "address")
    assert ("boleh dikosongkan" in first, "boleh dikosongkan" in known) == (False, True)
