"""An activity over New Year: each month under the register and the cap of its own year."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from halopst.core.actors import SYSTEM
from halopst.core.constraints import violated
from halopst.core.wayback import leading_back
from halopst.partners import services
from halopst.partners.letter_kinds.contracts import about_activity
from halopst.partners.models import (
    ActivityPart,
    Approval,
    Assignment,
    BudgetLine,
    MonthTotal,
    Registration,
    Share,
)
from halopst.partners.queries.monitoring.progress import activity_lines
from halopst.partners.services.allocation.approving import approve
from halopst.partners.services.allocation.assigning import set_shares
from halopst.partners.services.allocation_refusals import (
    NoBudgetLine,
    NoCapOnRecord,
    NoSuchCell,
    OverCap,
    SharesDoNotAddUp,
)
from halopst.partners.services.contracts.texts import compose_activity_contract
from halopst.partners.services.planning.activities import ActivityInUse, LineOfAnotherYear
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import SignatoryFactory
from tests.partners.factories import (
    NOVEMBER,
    NOW,
    ActivityDutyFactory,
    BudgetLineFactory,
    HonorCapFactory,
    OfficeRulesFactory,
    ShareFactory,
    UnitPriceFactory,
)
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, an_office, give, head, lead

pytestmark = pytest.mark.django_db
FEBRUARY = date(2027, 2, 1)


@pytest.fixture
def unit():
    return an_office(cap=4_000_000)


@pytest.fixture
def duty(unit):
    """From 15 November to 31 January: 16, 31 and 31 days."""
    return a_duty(unit, price=100_000, begins=date(2026, 11, 15), ends=FEBRUARY)


@pytest.fixture
def later_duty(unit, duty):
    """The part of 2027: a line and a price of its own year."""
    line = BudgetLineFactory(unit=unit, year=2027, code="054.01.2027", valid_from=date(2026, 12, 15))
    services.set_budget_line(SYSTEM, duty.activity, year=2027, budget_line=line, now=NOW)
    price = duty.unit_price
    UnitPriceFactory(unit=unit, year=2027, name=price.name, volume_unit=price.volume_unit, amount=110_000)
    return services.carry_duties(SYSTEM, duty.activity, year=2027, today=date(2026, 11, 20))[0]


def used(duty, year):
    return BudgetLine.objects.get(parts__activity=duty.activity, parts__year=year).used


def shares_of(registration):
    return dict(Share.objects.filter(assignment__registration=registration).values_list("month", "amount"))


def next_year(mitra, **fields):
    return a_mitra(mitra.unit, person=mitra.person, year=2027, **fields)


def test_the_volume_of_a_year_is_paid_in_the_months_of_that_year(unit, duty):
    mitra = a_mitra(unit)

    give(mitra, duty, 47)

    assert shares_of(mitra) == {NOVEMBER: 1_600_000, DECEMBER: 3_100_000}


def test_january_stands_under_the_register_the_cap_the_price_and_the_line_of_its_year(unit, duty, later_duty):
    mitra = a_mitra(unit)
    later = next_year(mitra)
    give(mitra, duty, 47)

    with pytest.raises(NoCapOnRecord):
        give(later, later_duty, 10, month=JANUARY)
    HonorCapFactory(province=unit.parent, year=2027, amount=1_100_000)
    with pytest.raises(OverCap):
        give(later, later_duty, 11, month=JANUARY)
    give(later, later_duty, 10, month=JANUARY)

    assert shares_of(later) == {JANUARY: 1_100_000}
    assert shares_of(mitra) == {NOVEMBER: 1_600_000, DECEMBER: 3_100_000}
    totals = MonthTotal.objects.filter(person=mitra.person).order_by("month")
    assert [(row.total, row.cap) for row in totals if row.total] == [
        (1_600_000, 4_000_000),
        (3_100_000, 4_000_000),
        (1_100_000, 1_100_000),
    ]
    assert (used(duty, 2026), used(duty, 2027)) == (4_700_000, 1_100_000)
    with pytest.raises(NoSuchCell):
        give(later, duty, 1, month=JANUARY)


def test_without_a_month_the_part_of_the_mitra_s_year_is_meant(unit, later_duty):
    HonorCapFactory(province=unit.parent, year=2027)
    later = a_mitra(unit, year=2027)

    give(later, later_duty, 3, month=None)

    assert shares_of(later) == {JANUARY: 330_000}


def test_last_year_s_registration_is_not_on_this_year_s_sheet(unit, duty):
    HonorCapFactory(province=unit.parent, year=2027)

    with pytest.raises(NoSuchCell):
        give(a_mitra(unit), duty, 3, month=JANUARY)


def test_shares_as_agreed_stay_within_the_year(unit, duty):
    mitra = a_mitra(unit)
    row = give(mitra, duty, 10)

    with pytest.raises(SharesDoNotAddUp):
        set_shares(lead(unit), assignment=row, shares={DECEMBER: 600_000, JANUARY: 400_000}, now=NOW)
    set_shares(lead(unit), assignment=row, shares={NOVEMBER: 600_000, DECEMBER: 400_000}, now=NOW)

    assert shares_of(mitra) == {NOVEMBER: 600_000, DECEMBER: 400_000}


def test_the_database_keeps_months_and_registrations_of_a_year_together(unit, duty):
    mitra = a_mitra(unit)
    HonorCapFactory(province=unit.parent, year=2027)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ShareFactory(assignment__registration=mitra, assignment__duty=duty, month=JANUARY)
    assert violated(caught.value) == "a_share_is_of_the_year_of_its_registration"
    give(mitra, duty, 3)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Registration.objects.filter(pk=mitra.pk).update(year=2027)
    assert violated(caught.value) == "what_assignments_rest_on_keeps_its_terms"


def test_approval_contract_and_monitoring_follow_the_year(unit, duty, later_duty):
    HonorCapFactory(province=unit.parent, year=2027, amount=3_500_000, basis="SBML 2027 contoh")
    mitra = a_mitra(unit)
    later = next_year(mitra)
    give(mitra, duty, 47)
    give(later, later_duty, 31, month=JANUARY)

    for month in (NOVEMBER, DECEMBER, JANUARY):
        approve(head(unit), unit=unit, month=month, now=NOW)

    held = {row.month: row for row in Approval.objects.all()}
    assert {month: row.registration for month, row in held.items()} == {
        NOVEMBER: mitra,
        DECEMBER: mitra,
        JANUARY: later,
    }
    assert (held[JANUARY].cap, held[JANUARY].cap_basis) == (3_500_000, "SBML 2027 contoh")
    (line,) = activity_lines(unit, JANUARY)
    assert (line.honor, line.line.code) == (3_410_000, "054.01.2027")
    assert held[JANUARY].lines[0]["budget"] == "054.01.2027"
    assert held[DECEMBER].lines[0]["budget"] == duty.activity.line_of(2026).code
    spans = {month: (row.lines[0]["begins"], row.lines[0]["ends"]) for month, row in held.items()}
    assert spans[DECEMBER] == ("2026-11-15", "2027-01-01")
    assert spans[JANUARY] == ("2027-01-01", "2027-02-01")
    assert [(row.first_day, row.last_day) for row in Assignment.objects.order_by("registration__year")] == [
        (date(2026, 11, 15), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 31)),
    ]


def test_the_contract_of_an_activity_is_of_its_year(unit, duty):
    OfficeRulesFactory(unit=unit, contract_kind="kegiatan")
    SignatoryFactory(unit=unit)
    mitra = a_mitra(unit)
    give(mitra, duty, 47)
    for month in (NOVEMBER, DECEMBER):
        approve(head(unit), unit=unit, month=month, now=NOW)

    made = compose_activity_contract(about_activity(mitra.pk, duty.activity_id), NOW, hold=True)

    assert (made.data["mulai"], made.data["selesai"]) == ("2026-11-15", "2026-12-31")
    assert made.data["honor"] == 4_700_000


def test_the_january_sheet_shows_its_part_and_says_who_is_not_registered_yet(client, unit, duty, later_duty):
    HonorCapFactory(province=unit.parent, year=2027)
    mitra, waiting = a_mitra(unit), a_mitra(unit, "Budi Waskita")
    later = next_year(mitra)
    give(mitra, duty, 3)
    give(waiting, duty, 3)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    page = client.get(f"/mitra/{unit.slug}/alokasi/?bulan=2027-01").content.decode()

    assert f'name="v-{later.pk}-{later_duty.pk}"' in page
    assert f'name="v-{later.pk}-{duty.pk}"' not in page
    assert "belum punya MAK" not in page
    assert "bagian 2027" in page
    assert "1 mitra kegiatan yang mulai tahun lalu belum terdaftar tahun 2027" in page
    november = client.get(f"/mitra/{unit.slug}/alokasi/?bulan=2026-11").content.decode()
    assert "bagian 2026" in november
    assert "dibagi 2 bulan" in november
    assert "belum terdaftar" not in november


def test_without_next_year_s_line_the_sheet_says_so_and_leads_to_where_it_is_chosen(client, unit, duty):
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    sheet = f"/mitra/{unit.slug}/alokasi/?bulan=2027-01"
    here = f"/mitra/{unit.slug}/kegiatan/{duty.activity_id}/"

    page = client.get(sheet).content.decode()
    assert "belum punya MAK atau penugasan" in page
    assert f'href="{leading_back(f"{here}#tahun", sheet)}"' in page.replace("&amp;", "&")
    assert "belum punya MAK" not in client.get(sheet.replace("2027-01", "2026-12")).content.decode()

    line = BudgetLineFactory(unit=unit, year=2027, code="054.01.2027")
    old = BudgetLineFactory(unit=unit, year=2026)
    for wrong in (old.pk, "", 10**30, BudgetLineFactory(year=2027).pk):
        client.post(f"{here}tahun/2027/mak/", {"budget_line": wrong})
        assert duty.activity.parts.count() == 1
    assert client.post(f"{here}tahun/2027/mak/", {"budget_line": line.pk}).status_code == 302
    assert client.post(f"{here}tahun/2027/teruskan/").status_code == 409
    price = duty.unit_price
    UnitPriceFactory(
        unit=unit.parent, year=2027, name=price.name, volume_unit=price.volume_unit, amount=90_000
    )
    assert client.post(f"{here}tahun/2027/teruskan/").status_code == 302
    assert client.post(f"{here}tahun/2027/teruskan/").status_code == 409
    assert "054.01.2027" in client.get(here).content.decode()
    assert "belum punya MAK" not in client.get(sheet).content.decode()
    later = duty.activity.duties.get(unit_price__year=2027)
    assert (later.position, later.unit_price.amount) == (duty.position, 90_000)


def test_without_a_line_of_its_year_a_month_is_not_paid(unit, duty):
    HonorCapFactory(province=unit.parent, year=2027)
    price = UnitPriceFactory(unit=unit, year=2027)
    later_duty = ActivityDutyFactory(activity=duty.activity, unit_price=price)
    later = a_mitra(unit, year=2027)

    with pytest.raises(NoBudgetLine):
        give(later, later_duty, 3, month=JANUARY)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ShareFactory(assignment__registration=later, assignment__duty=later_duty, month=JANUARY)
    assert violated(caught.value) == "honor_has_a_budget_line_of_its_year"


def test_the_database_keeps_lines_prices_and_years_together(unit, duty, later_duty):
    HonorCapFactory(province=unit.parent, year=2027)
    later = a_mitra(unit, year=2027)
    parts = ActivityPart.objects.filter(activity=duty.activity, year=2027)
    for wrong in (BudgetLineFactory(unit=unit, year=2026), BudgetLineFactory(year=2027)):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            parts.update(budget_line=wrong)
        assert violated(caught.value) == "a_part_is_paid_from_its_years_line"
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Assignment.objects.create(registration=later, duty=duty, volume=0, price=1, value=0)
    assert violated(caught.value) == "an_assignment_is_priced_in_its_year"

    give(later, later_duty, 3, month=JANUARY)
    other = BudgetLineFactory(unit=unit, year=2027)
    for change in (lambda: parts.update(budget_line=other), parts.delete):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            change()
        assert violated(caught.value) == "what_assignments_rest_on_keeps_its_terms"
    with pytest.raises(ActivityInUse):
        services.set_budget_line(SYSTEM, duty.activity, year=2027, budget_line=other, now=NOW)


def test_a_line_of_another_year_is_declined_when_the_activity_is_written(unit):
    line = BudgetLineFactory(unit=unit, year=2027)
    days = {"first_day": date(2026, 12, 1), "last_day": date(2027, 1, 31)}
    with pytest.raises(LineOfAnotherYear):
        services.add_activity(SYSTEM, unit=unit, name="x", short_name="x", budget_line=line, **days)
