"""What a mitra is in an activity: rows with their time and basis, from the nation down to the office."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from psycopg.types.range import DateRange

from halopst.core.actors import SYSTEM
from halopst.partners.models import ActivityDuty, HonorCap, Position
from halopst.partners.reference import load_positions
from halopst.partners.services import (
    NoSuchPosition,
    PositionForOtherWork,
    PositionNotHeld,
    PositionsDoNotFit,
    StillUsed,
    add_duty,
    edit_activity,
    end_position,
    remove_row,
)
from tests.accounts.factories import MembershipFactory
from tests.constraints import refused_as
from tests.partners.factories import (
    ActivityDutyFactory,
    ActivityFactory,
    HonorCapFactory,
    PositionFactory,
    UnitPriceFactory,
    a_position,
)
from tests.partners.offices import CAP, DECEMBER, a_duty, a_mitra, an_office, give
from tests.units.factories import HeadOfficeFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
AUTUMN = DateRange(date(2026, 11, 15), date(2027, 2, 1))


def begin(unit, code="pcl_ppl", *, today=TODAY, **fields):
    """A new activity's duty, through the service."""
    activity = ActivityFactory(unit=unit, **{"period": AUTUMN, **fields})
    price = UnitPriceFactory(unit=unit, year=min(today.year, activity.last_day.year))
    return add_duty(SYSTEM, activity, duty=code, unit_price=price, today=today)


def test_the_nation_s_positions_are_there_from_the_start_and_loading_again_changes_nothing():
    head = HeadOfficeFactory()
    load_positions()
    entry = Position.objects.get(unit=head, code="entri")
    end_position(SYSTEM, entry, last_day=date(2026, 12, 31), basis="Surat contoh")

    load_positions()

    assert Position.objects.get(code="entri").last_day == date(2026, 12, 31)
    assert entry.counts_as.code == "pengolahan"
    assert Position.objects.get(code="koseka").kinds == ["sensus"]
    assert all(row.basis for row in Position.objects.all())


def test_a_code_means_one_thing_at_a_time():
    first = PositionFactory(code="ppl", period=DateRange(date(2026, 1, 1), date(2026, 7, 1)))

    PositionFactory(code="ppl", name="Petugas lapangan", period=DateRange(date(2026, 7, 1), None))
    PositionFactory(unit=UnitFactory(), code="ppl")
    with refused_as("one_position_per_code_at_a_time"):
        PositionFactory(unit=first.unit, code="ppl", period=DateRange(date(2026, 6, 30), date(2026, 7, 1)))


def test_a_position_ends_and_is_not_rewritten():
    row = a_position()

    for change in ({"name": "Lain"}, {"code": "lain"}, {"period": DateRange(date(2021, 1, 1), None)}):
        with refused_as("a_position_is_ended_not_rewritten"):
            Position.objects.filter(pk=row.pk).update(**change)
    end_position(SYSTEM, row, last_day=TODAY, basis="Surat contoh")
    with refused_as("a_position_is_ended_not_rewritten"):
        Position.objects.filter(pk=row.pk).update(period=DateRange(row.first_day, None))


def test_a_position_that_ends_within_an_activity_is_given_until_then_and_what_is_there_stays():
    unit = an_office()
    duty, mitra = begin(unit), a_mitra(unit)
    end_position(SYSTEM, duty.position, last_day=date(2026, 12, 31), basis="Surat contoh")

    begin(unit, today=date(2026, 12, 31))
    with (
        translation.override("id"),
        pytest.raises(PositionNotHeld, match=r"berakhir pada 31 Desember 2026"),
    ):
        begin(unit, today=date(2027, 1, 1))
    assert begin(unit, today=date(2027, 1, 1), period=DateRange(date(2026, 8, 1), date(2026, 9, 1)))

    HonorCapFactory(province=unit.parent, year=2027, position=_next(duty.position), amount=CAP)
    assert give(mitra, duty, 3).volume == 3


def _next(ended):
    """The row that follows it, under the same code."""
    later = DateRange(date(2027, 1, 1), None)
    return PositionFactory(unit=ended.unit, code=ended.code, name="Petugas baru", period=later)


def test_a_position_is_for_its_kind_of_work_and_its_offices():
    unit, other = an_office(), an_office()
    PositionFactory(code="koseka", for_survey=False)
    own = PositionFactory(unit=other, code="setempat")

    assert begin(unit, "koseka", kind="sensus")
    with pytest.raises(PositionForOtherWork):
        begin(unit, "koseka")
    with pytest.raises(NoSuchPosition):
        begin(unit, "setempat")
    with pytest.raises(NoSuchPosition):
        begin(unit, "\x00")
    with refused_as("a_position_is_for_the_work"):
        ActivityDutyFactory(activity__unit=unit, position=own)


def test_an_activity_does_not_leave_its_positions_behind():
    unit = an_office()
    PositionFactory(code="koseka", for_survey=False)
    activity = begin(unit, "koseka", kind="sensus").activity
    fields = {"first_day": activity.first_day, "last_day": activity.last_day}

    with pytest.raises(PositionsDoNotFit):
        edit_activity(SYSTEM, activity, **fields, kind="survei")


def test_the_office_s_own_row_comes_before_what_is_handed_down():
    unit = an_office()
    own = PositionFactory(unit=unit, code="pcl_ppl", name="Pencacah setempat")

    assert begin(unit).position == own
    duty = begin(unit, period=DateRange(date(2026, 11, 1), DECEMBER))
    assert give(a_mitra(unit), duty, 1).value, "its cap is found by the code"


def test_honor_of_a_position_may_be_held_under_another_s_cap():
    unit = an_office(duties=("pengolahan",))
    PositionFactory(code="entri", counts_as=a_position("pengolahan"))
    duty = begin(unit, "entri", period=DateRange(date(2026, 11, 1), DECEMBER))

    assert give(a_mitra(unit), duty, 1).value
    with refused_as("a_cap_is_for_a_position_of_its_province"):
        HonorCapFactory(province=unit.parent, position=duty.position)


def test_what_rests_on_a_position_keeps_it():
    duty = a_duty(an_office())

    with pytest.raises(StillUsed):
        remove_row(SYSTEM, duty.position)


def test_the_choices_of_before_become_rows():
    """Back to before positions were rows, an office's data, and forward again."""
    executor = MigrationExecutor(connection)
    _settle()
    executor.migrate([("partners", "0013_handed_over_on_paper")])
    state = executor.loader.project_state([("partners", "0013_handed_over_on_paper")])
    unit, cap, duty = _of_before(state.apps)
    _settle()

    call_command("migrate", verbosity=0)

    row = ActivityDuty.objects.get(pk=duty.pk)
    assert (row.position.code, row.position.title) == ("koseka", "Koordinator sensus kecamatan (Koseka)")
    assert row.position.unit == unit.parent.parent
    assert HonorCap.objects.get(pk=cap.pk).position == row.position
    with connection.cursor() as cursor:
        cursor.execute("SELECT partners_cap_of(%s, '2026-08-01')", [duty.pk])
        assert cursor.fetchone() == (cap.pk,)


def _settle():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _of_before(apps):
    """A cap and a duty as the release before kept them."""
    unit = UnitFactory()
    cap = apps.get_model("partners", "HonorCap").objects.create(
        province_id=unit.parent_id,
        year=2026,
        activity_kind="survei",
        duty="koseka",
        amount=CAP,
        basis="Contoh",
        valid_from=date(2026, 1, 1),
    )
    line = apps.get_model("partners", "BudgetLine").objects.create(
        unit_id=unit.pk, year=2026, code="054.01", name="Honor", ceiling=CAP, basis="DIPA contoh"
    )
    activity = apps.get_model("partners", "Activity").objects.create(
        unit_id=unit.pk, name="Survei", short_name="Survei", period=AUTUMN, budget_line_id=line.pk
    )
    price = UnitPriceFactory(unit=unit)
    duty = apps.get_model("partners", "ActivityDuty").objects.create(
        activity_id=activity.pk, duty="koseka", unit_price_id=price.pk
    )
    return unit, cap, duty


POSITION = {
    "code": "taskforce",
    "name": "Taskforce",
    "name_en": "Task force",
    "counts_as": "pcl_ppl",
    "for_survey": "on",
    "valid_from": "2026-01-01",
    "basis": "Surat Edaran contoh",
}


def test_an_admin_adds_a_position_ends_it_and_reads_it_back(client):
    unit = an_office()
    client.force_login(MembershipFactory(role="admin", unit=unit).user)
    path = f"/mitra/{unit.slug}/acuan/jabatan/"

    assert client.post(path, {**POSITION, "code": "Task Force"}).status_code == 422
    assert client.post(path, {**POSITION, "for_survey": ""}).status_code == 422
    assert client.post(path, {**POSITION, "last_day": "2025-12-31"}).status_code == 422
    assert client.post(path, {**POSITION, "counts_as": "tidak-ada"}).status_code == 422
    assert client.post(path, POSITION).status_code == 302
    assert client.post(path, POSITION).status_code == 409

    row = Position.objects.get(code="taskforce")
    end = f"{path}{row.pk}/"
    assert client.post(end, {"last_day": "2025-12-31", "basis": "x"}).status_code == 422
    assert client.post(end, {"last_day": "2026-06-30", "basis": "Surat penutup"}).status_code == 302
    assert client.post(end, {"last_day": "2026-07-30", "basis": "Surat penutup"}).status_code == 409
    page = client.get(path).content.decode()
    assert "1 Januari 2026 sampai 30 Juni 2026" in page
    assert "Bersama Petugas pcl_ppl" in page

    read = client.get(f"/api/v1/partners/units/{unit.slug}/positions").json()
    assert [(one["code"], one["counts_as"], one["last_day"], one["is_held"]) for one in read] == [
        ("pcl_ppl", None, None, True),
        ("taskforce", "pcl_ppl", "2026-06-30", False),
    ]


def test_an_office_cannot_end_or_remove_the_nation_s_position(client):
    unit = an_office()
    row = a_position()
    client.force_login(MembershipFactory(role="admin", unit=unit).user)
    path = f"/mitra/{unit.slug}/acuan/jabatan/{row.pk}/"

    assert client.post(path, {"last_day": "2026-12-31", "basis": "x"}).status_code == 404
    assert client.post(f"{path}hapus/").status_code == 404


def test_a_cap_says_why_a_position_cannot_have_it(client):
    unit = an_office()
    PositionFactory(code="entri", counts_as=a_position())
    client.force_login(MembershipFactory(role="admin", unit=unit.parent).user)
    cap = {"activity_kind": "survei", "employment": "non_organik", "amount": "1.000", "basis": "Contoh"}
    cap |= {"duty": "entri", "valid_from": "2026-02-01"}

    answer = client.post(f"/mitra/{unit.parent.slug}/acuan/batas/", cap)

    assert answer.status_code == 409
    assert "dibatasi bersama Petugas pcl_ppl" in answer.content.decode()
    assert client.post(f"/mitra/{unit.parent.slug}/acuan/batas/", {**cap, "duty": "x"}).status_code == 422
