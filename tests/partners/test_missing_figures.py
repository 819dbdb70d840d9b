"""Who plans an activity without a budget line or a price is told before typing, and where to add it."""

import pytest

from halopst.core.wayback import leading_back
from halopst.partners.models import UnitPrice
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import ActivityFactory, BudgetLineFactory, UnitPriceFactory
from tests.units.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(parent=ProvinceFactory())


@pytest.fixture
def page(client, unit):
    def ask(path, role="kepala"):
        client.force_login(MembershipFactory(unit=unit, role=role).user)
        return client.get(f"/mitra/{unit.slug}/{path}").content.decode().replace("&amp;", "&")

    return ask


def led(unit, figure, back):
    there = leading_back(
        f"/mitra/{unit.slug}/acuan/{figure}/?tahun=2026#tambah", f"/mitra/{unit.slug}/{back}"
    )
    return f'<a href="{there}">'


def test_an_activity_without_any_budget_line_is_told_before_typing(page, unit):
    told = "Belum ada MAK yang dapat dipilih"

    leads, asks = page("kegiatan/tambah/"), page("kegiatan/tambah/", role="ketua_tim")
    assert told in leads
    assert f"{led(unit, 'mak', 'kegiatan/tambah/')}Tambah MAK</a>" in leads
    assert told in asks
    assert "Minta admin atau kepala satker menambahkannya." in asks
    BudgetLineFactory(unit=unit)
    assert told not in page("kegiatan/tambah/")


def test_a_duty_without_any_price_is_told_before_typing(page, unit):
    activity = ActivityFactory(unit=unit)
    UnitPrice.objects.all().delete()
    path, told = f"kegiatan/{activity.pk}/", "Belum ada harga satuan 2026 yang dapat dipilih."

    leads = page(path)
    assert told in leads
    assert f"{led(unit, 'harga', path)}Tambah harga</a>" in leads
    assert "Minta admin atau kepala satker menambahkannya." in page(path, role="ketua_tim")
    UnitPriceFactory(unit=unit)
    assert told not in page(path)


@pytest.mark.parametrize(
    ("figure", "filled"),
    [("harga", 'value="2027-01-01"'), ("batas", 'value="2027-01-01"'), ("mak", 'value="2027"')],
)
def test_the_year_one_was_led_to_is_filled_in(client, unit, figure, filled):
    place = unit.parent if figure == "batas" else unit
    client.force_login(MembershipFactory(unit=place, role="admin").user)

    form = client.get(f"/mitra/{place.slug}/acuan/{figure}/?tahun=2027").content.decode()

    assert filled in form.split('id="tambah"')[1]
