"""What went beyond the cap is reported: in an office, its province and the nation."""

import pytest

from halopst.accounts.actors import actor_for
from halopst.partners.queries.monitoring import progress as monitoring
from halopst.partners.queries.monitoring.progress import exceptions_in_force, office_lines
from halopst.partners.queries.monitoring.provinces import by_province
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, CapOverrideFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give
from tests.units.factories import HeadOfficeFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nation():
    return HeadOfficeFactory()


@pytest.fixture
def unit(nation):
    return an_office(province=ProvinceFactory(parent=nation))


@pytest.fixture
def lifted(unit):
    mitra = a_mitra(unit, "Sri")
    row = CapOverrideFactory(unit=unit, person=mitra.person, granted=True)
    give(mitra, a_duty(unit, price=1_000_000), 5)
    return row


def test_each_level_counts_and_names_those_in_force_and_no_others(client, nation, unit, lifted):
    CapOverrideFactory(unit=unit)
    CapOverrideFactory(unit=an_office(province=ProvinceFactory(parent=nation)), granted=True)
    for level, found in ((unit, 1), (unit.parent, 1), (nation, 2)):
        client.force_login(MembershipFactory(unit=level, role="kepala").user)
        url = f"/mitra/{level.slug}/pantauan/"

        page = client.get(f"{url}?bulan=2026-11")
        file = client.get(f"{url}pengecualian.csv?bulan=2026-11").content.decode()

        html = page.content.decode()
        assert page.context["total"].exceptions == found
        assert len(page.context["exceptions"]) == found
        assert "Rp5.000.000" in html
        assert lifted.reason in html
        assert str(lifted.confirmed_by) in html
        assert file.count("kepulauan") == found
        assert "Sri,5000000,5000000" in file.replace(";", ",")


def test_a_list_cut_short_says_so(client, nation, lifted, monkeypatch):
    CapOverrideFactory(unit=an_office(province=ProvinceFactory(parent=nation)), granted=True)
    client.force_login(MembershipFactory(unit=nation, role="kepala").user)
    url, said = f"/mitra/{nation.slug}/pantauan/?bulan=2026-11", "1 dari 2 pengecualian tampil di sini"
    assert said not in client.get(url).content.decode()

    monkeypatch.setattr("halopst.partners.views.monitoring.MOST_LISTED", 1)

    assert said in client.get(url).content.decode()


def test_a_province_counts_its_offices_for_the_nation(nation, unit, lifted):
    actor = actor_for(MembershipFactory(unit=nation, role="kepala").user)

    lines = by_province(office_lines(actor, nation, NOVEMBER), nation, monitoring.total)

    assert {line.unit: line.exceptions for line in lines if line.exceptions} == {unit.parent: 1}
    assert [row.honor for row in exceptions_in_force(actor, nation, NOVEMBER)] == [5_000_000]
    assert lifted.person.name == "Sri"
