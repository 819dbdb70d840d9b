"""Which tax policy holds where, and what its page says it would keep."""

from datetime import date

import pytest

from halopst.partners.models import TaxPolicy
from halopst.partners.queries import examples, policy_for
from halopst.partners.reference import load_tax_policy
from halopst.partners.rules.tax import surcharge_in_words
from halopst.partners.services.payments import paying
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW, PersonFactory, TaxPolicyFactory
from tests.partners.payers import a_paying_office, payer, ready
from tests.partners.programs import sent
from tests.units.factories import HeadOfficeFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOVEMBER_30 = date(2026, 11, 30)
ALLOWANCE = {"ptkp_month": 4_500_000, "brackets": [{"up_to": None, "rate": "5"}]}


def test_the_nearest_office_decides_and_of_its_policies_the_newest_begun():
    head = HeadOfficeFactory()
    province = ProvinceFactory(parent=head)
    unit = UnitFactory(parent=province)
    handed_down = TaxPolicyFactory(unit=head, valid_from=date(2026, 11, 1))
    of_province = TaxPolicyFactory(unit=province)

    assert policy_for(unit, NOVEMBER_30) == of_province
    own = TaxPolicyFactory(unit=unit, valid_from=date(2026, 3, 1))
    newer = TaxPolicyFactory(unit=unit, valid_from=date(2026, 11, 30))
    assert policy_for(unit, NOVEMBER_30) == newer
    assert policy_for(unit, date(2026, 11, 29)) == own
    assert policy_for(unit, date(2026, 2, 28)) == of_province
    assert policy_for(UnitFactory(), NOVEMBER_30) == handed_down
    assert policy_for(unit, date(2027, 1, 2)) is None


def test_the_policy_every_office_begins_with_is_loaded_once_and_names_its_law():
    head = HeadOfficeFactory()

    load_tax_policy()
    load_tax_policy()

    policy = TaxPolicy.objects.get()
    assert (policy.unit, policy.method, policy.valid_from) == (head, "ter", date(2026, 1, 1))
    assert "PMK 168/2023" in policy.basis
    assert [one.tax for one in examples(policy)] == [0, 0, 0, 0]


def test_without_a_head_office_nothing_is_loaded():
    load_tax_policy()

    assert not TaxPolicy.objects.exists()


@pytest.mark.usefixtures("in_november")
def test_the_page_shows_what_each_policy_keeps_of_well_known_amounts(client):
    unit = UnitFactory()
    TaxPolicyFactory(unit=unit, parameters=ALLOWANCE)
    TaxPolicyFactory(unit=unit, parameters={}, valid_from=date(2026, 1, 2))
    client.force_login(MembershipFactory(unit=unit, role="auditor").user)

    page = client.get(f"/mitra/{unit.slug}/acuan/pajak/?tahun=2026").content.decode()

    assert "Rp25.000" in page
    assert "Rp4.975.000" in page
    assert page.count("Berlaku hari ini") == 1


def test_a_new_year_takes_over_the_policy_of_the_last_and_shows_it(client):
    unit = UnitFactory()
    last = TaxPolicyFactory(
        unit=HeadOfficeFactory(), parameters=ALLOWANCE, method="bebas_ptkp", basis="PMK 1"
    )
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    url = f"/mitra/{unit.slug}/acuan/pajak/"
    empty = client.get(f"{url}?tahun=2027").content.decode()
    assert f"?tahun=2027&amp;salin={last.pk}#tambah" in empty

    begun = client.get(f"{url}?tahun=2027&salin={last.pk}").context["form"].initial
    assert begun["valid_from"] == date(2027, 1, 1)
    saved = client.post(url, {**begun, "valid_from": "2027-01-01"})

    assert saved["Location"] == f"{url}?tahun=2027"
    taken = TaxPolicy.objects.get(unit=unit)
    assert (taken.method, taken.parameters, taken.basis) == (last.method, last.parameters, "PMK 1")
    removed = client.post(f"{url}{taken.pk}/hapus/")
    assert removed["Location"] == f"{url}?tahun=2027"


@pytest.mark.parametrize("asked", ["", "x", "0", "9" * 30, "-1"])
def test_a_policy_nobody_knows_is_not_taken_over(client, asked):
    unit = UnitFactory()
    client.force_login(MembershipFactory(unit=unit, role="admin").user)

    page = client.get(f"/mitra/{unit.slug}/acuan/pajak/?tahun=2027&salin={asked}")

    assert (page.status_code, page.context["form"].initial) == (200, {})


def test_another_offices_own_policy_is_not_taken_over(client):
    unit, theirs = UnitFactory(), TaxPolicyFactory(unit=UnitFactory())
    client.force_login(MembershipFactory(unit=unit, role="admin").user)

    page = client.get(f"/mitra/{unit.slug}/acuan/pajak/?salin={theirs.pk}")

    assert page.context["form"].initial == {}


def test_a_month_without_a_policy_leads_to_those_of_its_year(client):
    unit = UnitFactory()
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    page = client.get(f"/mitra/{unit.slug}/pembayaran/?bulan=2027-01").content.decode()

    assert f"/mitra/{unit.slug}/acuan/pajak/?tahun=2027" in page


@pytest.mark.usefixtures("ready_to_print")
def test_more_for_who_has_no_npwp_is_set_with_its_law_and_withheld(client):
    office = a_paying_office()
    unit = office.parent
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    given = {
        "method": "bukan_pegawai",
        "base_percent": "50",
        "rates": "5",
        "valid_from": "2026-01-02",
        "basis": "Contoh PMK",
        "surcharge_percent": "12,5",
    }
    url = f"/mitra/{unit.slug}/acuan/pajak/?tahun=2026"
    refused = client.post(url, given)
    client.post(url, {**given, "surcharge_basis": "Contoh UU"})
    ready(office, "Ayu Pratiwi")
    with_npwp = PersonFactory(name="Budi Santosa", npwp_hash="1" * 64)
    ready(office, person=with_npwp)

    row = paying.make_list(payer(office), unit=office, month=NOVEMBER, now=NOW)

    assert (refused.status_code, "Tulis dasar hukum tambahan itu." in refused.content.decode()) == (422, True)
    assert [(line.name, line.tax) for line in row.lines.all()] == [
        ("Ayu Pratiwi", 38_250),
        ("Budi Santosa", 34_000),
    ]
    assert "ditambah 12,5% dari pajaknya. Contoh UU" in " ".join(client.get(url).content.decode().split())
    letter = paying.issue_list(payer(office), row, now=NOW)
    assert letter.data["dasar"] == "Contoh PMK; tanpa NPWP pajaknya ditambah 12,5% (Contoh UU)"


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({"method": "ter", "ptkp_month": 4_500_000}, "ptkp_month"),
        ({"method": "ter", "base_percent": 50}, "base_percent"),
        ({"method": "bukan_pegawai", "base_percent": 50, "ptkp_month": 4_500_000}, "ptkp_month"),
        ({"method": "bebas_ptkp", "ptkp_month": 4_500_000, "base_percent": 50}, "base_percent"),
        ({"method": "ter", "surcharge_basis": "Contoh UU"}, "surcharge_percent"),
    ],
)
def test_a_figure_the_method_does_not_use_is_refused_not_ignored(client, figures, field):
    unit = UnitFactory()
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    body = {**figures, "rates": [{"up_to": None, "rate": "5"}], "valid_from": "2026-01-02", "basis": "PMK"}

    told = sent(client, "post", f"/units/{unit.slug}/tax-policies", body)
    page = client.post(f"/mitra/{unit.slug}/acuan/pajak/?tahun=2026", {**body, "rates": "5"})

    assert (told.status_code, told.json()["errors"][0]["at"]) == (422, ["body", field])
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not TaxPolicy.objects.exists()


def test_a_percentage_is_kept_as_people_write_it(client):
    unit = UnitFactory()
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    typed = {"base_percent": "5E+1", "surcharge_percent": "12.50", "rates": [{"up_to": None, "rate": "1E+1"}]}
    body = {"method": "bukan_pegawai", "surcharge_basis": "UU", "valid_from": "2026-01-02", "basis": "PMK"}

    kept = sent(client, "post", f"/units/{unit.slug}/tax-policies", {**body, **typed}).json()

    assert (kept["base_percent"], kept["surcharge_percent"]) == ("50", "12.5")
    assert kept["rates"] == [{"up_to": None, "rate": "10"}]
    assert "ditambah 12,5% (UU)" in surcharge_in_words(TaxPolicy.objects.get().parameters)
