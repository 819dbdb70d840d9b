"""An office of an earlier release, imports and all: it migrates forward, starts, and tells the truth."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg.types.range import DateRange

from halopst.audit.models import Entry
from halopst.core.actors import SYSTEM
from halopst.letters.models import Classification, NumberPattern, Signatory
from halopst.letters.reference import load_classifications
from halopst.letters.services import CannotCompose
from halopst.partners import services
from halopst.partners.letter_kinds.contracts import MONTHLY_CONTRACT, about_month
from halopst.partners.models import Activity, Approval, BudgetLine, ImportRun, Share
from halopst.partners.services.allocation.approving import approve
from halopst.partners.services.contracts.contracting import readiness
from halopst.partners.services.contracts.texts import compose_contract
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.partners.factories import NOW, BudgetLineFactory, PersonFactory, RegistrationFactory
from tests.partners.offices import DECEMBER, JANUARY, head
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
BEFORE = [("partners", "0011_import_pieces"), ("letters", "0005_signed_and_checked")]


def settle():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def unit():
    """An office of that release, brought to this one."""
    executor = MigrationExecutor(connection)
    settle()
    executor.migrate(BEFORE)
    settle()
    apps = executor.loader.project_state(BEFORE).apps
    unit = UnitFactory()
    _letters_of_then(apps, unit)
    _imports_of_then(apps, unit)
    _work_of_then(apps, unit)
    settle()
    call_command("migrate", verbosity=0)
    settle()
    return unit


def _letters_of_then(apps, unit):
    words = {
        "code": "VS.330",
        "title": "Pengumpulan Data",
        "basis": "Peraturan Kepala BPS Nomor 99 Tahun 2018",
    }
    apps.get_model("letters", "Classification").objects.create(**words)
    apps.get_model("letters", "Signatory").objects.create(
        unit_id=unit.pk,
        role="ppk",
        name="Budi Contoh",
        nip="199001012015031001",
        title="PPK",
        period=DateRange(date(2026, 1, 1), None),
    )
    apps.get_model("letters", "NumberPattern").objects.create(
        unit_id=unit.pk,
        kind=MONTHLY_CONTRACT.code,
        counter="SPK",
        pattern="{urut:03}{sisip}/{unit}/{klasifikasi}/{tahun}",
        classification="VS.330",
        valid_from=date(2026, 1, 1),
        basis="",
    )


def _imports_of_then(apps, unit):
    for state in ("done", "checked"):
        apps.get_model("partners", "ImportRun").objects.create(
            unit_id=unit.pk,
            asked_by_id=UserFactory().pk,
            year=2026,
            name=f"mitra-{state}.xlsx",
            headers=["NIK", "Nama"],
            header_row=2,
            mapping={"nik": 0, "name": 1},
            state=state,
            total=7,
        )


def _work_of_then(apps, unit):
    """An activity over New Year, both of its months paid from the one line of 2026 it had."""

    def make(model, /, **fields):
        return apps.get_model("partners", model).objects.create(**fields)

    line = make(
        "BudgetLine",
        unit_id=unit.pk,
        year=2026,
        code="054.01",
        name="Honor",
        ceiling=9_000_000,
        basis="POK 3",
    )
    details = {"before": 5_000_000, "after": 9_000_000, "basis": "POK 3"}
    subject = {"subject_type": "partners.budgetline", "subject_id": line.pk, "unit_id": unit.pk}
    Entry.objects.create(action="partners.ceiling-revised", actor_label="admin", details=details, **subject)
    for year in (2026, 2027):
        make(
            "HonorCap",
            province_id=unit.parent_id,
            year=year,
            activity_kind="survei",
            duty="pcl_ppl",
            amount=4_000_000,
            basis="SBML contoh",
            valid_from=date(year, 1, 1),
        )
    period = DateRange(DECEMBER, date(2027, 2, 1))
    survey = make("Activity", unit_id=unit.pk, name="Survei", short_name="S", period=period, budget_line=line)
    price = {"volume_unit": "dokumen", "amount": 100_000, "basis": "SHKS contoh"}
    price = make("UnitPrice", unit_id=unit.pk, year=2026, name="Cacah", valid_from=date(2026, 1, 1), **price)
    duty = make("ActivityDuty", activity=survey, duty="pcl_ppl", unit_price=price)
    person = PersonFactory(name="Citra Maharani")
    for month in (DECEMBER, JANUARY):
        mitra = RegistrationFactory(unit=unit, person=person, year=month.year)
        fields = {"volume": 10, "price": 100_000, "value": 1_000_000}
        row = make("Assignment", registration_id=mitra.pk, duty=duty, **fields)
        make("Share", assignment=row, person_id=person.pk, month=month, amount=1_000_000)


def test_what_was_entered_before_says_what_is_known_of_it(unit):
    code = Classification.objects.get(code="VS.330")
    assert (code.first_day, code.last_day, code.unit) == (date(2019, 1, 1), None, None)
    load_classifications()
    assert Classification.objects.filter(code="VS.330").count() == 1
    said = "Dimasukkan sebelum dasar penetapan diminta"
    assert Signatory.objects.get().basis == NumberPattern.objects.get(unit=unit).basis == said

    line = BudgetLine.objects.get(code="054.01")
    (kept,) = line.revisions.all()
    assert (kept.revision, kept.ceiling, kept.basis) == (1, 9_000_000, "POK 3")
    assert (
        kept.valid_from == Entry.objects.get(action="partners.ceiling-revised").at.astimezone(unit.tz).date()
    )
    states = {row.state: [table["mapping"] for table in row.tables] for row in ImportRun.objects.all()}
    assert states == {"done": [{"nik": 0, "name": 1}], "failed": [{"nik": 0, "name": 1}]}


def test_the_pages_open(client, unit):
    client.force_login(MembershipFactory(role="admin", unit=unit).user)
    activity = Activity.objects.get()
    here = f"/mitra/{unit.slug}/"
    for page in ("impor/", "alokasi/?bulan=2027-01", f"kegiatan/{activity.pk}/", "acuan/mak/?tahun=2026"):
        assert client.get(here + page).status_code == 200, page
    for page in ("klasifikasi", "nomor", "penanda-tangan"):
        assert client.get(f"/surat/{page}/{unit.slug}/").status_code == 200, page


def test_january_stays_on_the_old_line_until_the_new_one_is_chosen_and_then_goes_over(unit):
    old, activity = BudgetLine.objects.get(code="054.01"), Activity.objects.get()
    assert old.used == 2_000_000
    assert set(Share.objects.values_list("budget_line", flat=True)) == {old.pk}
    approve(head(unit), unit=unit, month=JANUARY, now=NOW)
    january = Approval.objects.get().registration
    trouble = readiness(unit, JANUARY, now=NOW).troubles[-1]
    assert "MAK tahun 2026" in trouble.sentence
    assert trouble.repair_url == f"/mitra/{unit.slug}/kegiatan/{activity.pk}/#tahun"
    with pytest.raises(CannotCompose) as refused:
        compose_contract(about_month(january.pk, JANUARY), NOW, hold=True)
    assert (str(refused.value.message), refused.value.repair_url) == (trouble.sentence, trouble.repair_url)

    new = BudgetLineFactory(unit=unit, year=2027)
    services.set_budget_line(SYSTEM, activity, year=2027, budget_line=new, now=NOW)

    assert [BudgetLine.objects.get(pk=line.pk).used for line in (old, new)] == [1_000_000, 1_000_000]
    assert not Approval.objects.in_force().exists()
    approve(head(unit), unit=unit, month=JANUARY, now=NOW)
    assert Approval.objects.in_force().get().lines[0]["budget"] == new.code
    troubles = readiness(unit, JANUARY, now=NOW).troubles
    assert "MAK tahun 2026" not in "".join(one.sentence for one in troubles)
