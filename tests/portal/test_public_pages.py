"""Finding an office, and what its home page says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertInHTML

from halopst.calendars.queries import hours_lines
from halopst.calendars.reference import load_national_holidays, load_service_hours
from halopst.core.actors import ANONYMOUS
from halopst.portal.queries import home, offices
from halopst.units.reference import load_units
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.reporting.factories import DailySummaryFactory
from tests.satisfaction.factories import InstrumentFactory
from tests.units.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
FRIDAY_NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def reference():
    cache.clear()
    InstrumentFactory()
    load_service_hours()


def names(found):
    return [office.name for office in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("surabaya", "BPS Kota Surabaya"),
        ("surabya", "BPS Kota Surabaya"),
        ("3374", "BPS Kota Semarang"),
        ("jatim", "BPS Provinsi Jawa Timur"),
        ("simeulue", "BPS Kabupaten Simeulue"),
    ],
)
def test_an_office_is_found_by_name_code_address_or_a_slip_of_the_fingers(typed, first):
    load_units()

    assert names(offices(ANONYMOUS, text=typed, province=""))[0] == first


def test_without_a_search_the_provinces_come_first():
    load_units()
    found = offices(ANONYMOUS, text="", province="")

    assert len(found) == 35
    assert names(found)[:2] == ["BPS Pusat", "BPS Provinsi Aceh"]


def test_aida_can_be_asked_before_an_office_is_chosen(client):
    load_units()
    assertInHTML('<a href="/aida/pusat/">AIDA</a>', client.get("/").content.decode())
    assert client.get("/aida/pusat/").status_code == 200


def test_a_province_opens_to_its_regencies():
    load_units()
    found = offices(ANONYMOUS, text="", province="jatim")

    assert len(found) == 39
    assert found[0].slug == "jatim"


@pytest.mark.parametrize(
    "query", [{"q": "\x00'; --"}, {"q": "x" * 5000}, {"provinsi": "tidak-ada"}, {"q": "zzzzzz"}]
)
def test_an_odd_search_finds_nothing_and_says_what_to_do(client, query):
    page = client.get("/", query)

    assert page.status_code == 200
    assert "Belum ada kantor yang cocok" in page.content.decode()


def test_typing_swaps_only_the_list(client):
    UnitFactory(name="BPS Kota Melati")

    part = client.get("/", {"q": "melati"}, headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div id="kantor"')
    assert "BPS Kota Melati" in part
    assert "1 hasil" in part


def test_the_home_page_says_whether_the_office_is_open(client):
    unit = UnitFactory()

    assert home(unit, now=FRIDAY_NOON).state.open
    page = client.get(f"/{unit.slug}/").content.decode()
    assert "PST hari ini" in page
    assert "Belum ada ahli yang dapat ditemui di kantor ini" in page


def test_the_cloth_is_woven_from_a_year_of_working_days():
    load_national_holidays()
    unit = UnitFactory()
    DailySummaryFactory(unit=unit, day=date(2026, 11, 19), finished=7)

    shown = home(unit, now=FRIDAY_NOON)

    assert (shown.cloth[-1], sum(shown.cloth)) == (7, 7)
    assert 220 < len(shown.cloth) < 262
    assert shown.cloth_speaks


def test_figures_are_public_only_as_aggregates(client):
    unit = UnitFactory()
    DailySummaryFactory(
        unit=unit,
        day=timezone.localdate(),
        requests=12,
        replied=10,
        replied_on_time=9,
        rating_counts=[0, 0, 0, 1, 3],
    )

    page = client.get(f"/{unit.slug}/").content.decode()

    assert "90%" in page
    assert "ditampilkan setelah 5 penilaian" in page


def test_service_hours_share_a_line_where_they_are_the_same():
    unit = UnitFactory()

    assert hours_lines(unit, now=FRIDAY_NOON) == ["Senin–Jumat 08.00–15.30 WIB"]


def test_an_office_that_closed_is_not_found(client):
    unit = UnitFactory(is_active=False)

    assert client.get(f"/{unit.slug}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_landing_page_costs_as_many_queries_for_many_offices(client, count, django_assert_num_queries):
    ProvinceFactory.create_batch(count)

    with django_assert_num_queries(1):
        client.get("/")


def test_the_menu_is_the_readers_own(client):
    unit = UnitFactory()
    anonymous = client.get("/").content.decode()
    assert reverse("account_login") in anonymous

    client.force_login(UserFactory(name="Pelita Rinjani"))
    assert "Pelita Rinjani" in client.get("/").content.decode()

    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    page = client.get(reverse("portal:manage")).content.decode()
    assert "Standar pelayanan" in page
    assert reverse("scheduling:experts", args=[unit.slug]) in page


def test_a_front_office_has_little_to_manage(client):
    client.force_login(MembershipFactory(role="front_office").user)

    page = client.get(reverse("portal:manage")).content.decode()

    assert "Jam layanan" in page
    assert "Jejak audit" not in page


def test_a_holiday_closes_the_office_and_says_why(client):
    load_national_holidays()
    unit = UnitFactory()
    shown = home(unit, now=datetime(2026, 12, 25, 3, tzinfo=UTC))

    assert not shown.state.open
    assert shown.state.reason
    assert shown.state.next_opening - datetime(2026, 12, 25, tzinfo=UTC) > timedelta(days=2)


@pytest.mark.parametrize(("role", "place"), [("petugas", "cases:inbox"), ("", "cases:my-cases")])
def test_signing_in_leads_to_ones_own_work(client, role, place):
    client.force_login(MembershipFactory(role=role).user if role else UserFactory())

    assert client.get(reverse("portal:start")).headers["Location"] == reverse(place)


@pytest.mark.parametrize(
    ("demo", "said", "unsaid"),
    [(True, "Peragaan, bukan situs resmi", "Situs resmi"), (False, "Situs resmi Badan", "Peragaan")],
)
def test_a_demonstration_never_looks_official(client, settings, demo, said, unsaid):
    settings.DEMO = demo
    page = client.get("/").content.decode()

    assert said in page
    assert unsaid not in page


def test_staff_of_a_demonstration_see_that_it_is_one(client, settings):
    settings.DEMO = True
    client.force_login(MembershipFactory(role="petugas").user)

    assert ">Peragaan</span>" in client.get(reverse("cases:inbox")).content.decode()


def test_opening_the_address_of_a_button_says_what_to_do(client):
    client.force_login(MembershipFactory(role="petugas").user)
    answer = client.get(reverse("notifications:read-all"))

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "hanya menerima kiriman formulir" in answer.content.decode()
