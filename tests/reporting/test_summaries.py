"""Daily summaries are derived from cases and ratings, and can be rebuilt at any time."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from halopst.accounts.actors import actor_for
from halopst.calendars.reference import load_service_hours
from halopst.cases.models import CasePause
from halopst.cases.rules import State
from halopst.core.actors import SYSTEM
from halopst.reporting import services
from halopst.reporting.models import DailySummary
from halopst.reporting.queries import dashboard, figures, helped_per_day
from tests.accounts.factories import MembershipFactory
from tests.cases.factories import MORNING, CaseFactory, CasePauseFactory
from tests.reporting.factories import DailySummaryFactory
from tests.satisfaction.factories import InstrumentFactory, RatingFactory
from tests.units.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
MONDAY = MORNING.date()


@pytest.fixture(autouse=True)
def reference():
    InstrumentFactory()
    load_service_hours()


def finished(**fields):
    return CaseFactory(
        **{
            "first_reply_at": MORNING + timedelta(hours=1),
            "finished_at": MORNING + timedelta(hours=2),
            "state": State.FINISHED,
            **fields,
        }
    )


def test_a_day_counts_what_came_was_answered_and_was_finished():
    unit = UnitFactory()
    finished(unit=unit)
    finished(unit=unit, first_reply_due_at=MORNING, due_at=MORNING)
    CaseFactory(unit=unit, submitted_at=MORNING + timedelta(days=1))
    finished()
    RatingFactory(unit=unit, score=4, invitation__case__submitted_at=MORNING - timedelta(days=9))

    row = services.summarise(unit, MONDAY)

    assert (row.requests, row.replied, row.replied_on_time, row.finished, row.finished_on_time) == (
        2,
        2,
        1,
        2,
        1,
    )
    assert (row.reply_seconds, row.finish_seconds) == (2 * 3600, 4 * 3600)
    assert row.rating_counts == [0, 0, 0, 1, 0]


def test_a_day_is_the_offices_own():
    """At 23.30 in Jakarta it is already tomorrow in Jayapura."""
    night = MORNING.replace(hour=16, minute=30)
    west, east = UnitFactory(), UnitFactory(zone="Asia/Jayapura")
    for unit in (west, east):
        CaseFactory(unit=unit, submitted_at=night)

    assert services.summarise(west, MONDAY).requests == 1
    assert services.summarise(east, MONDAY).requests == 0
    assert services.summarise(east, MONDAY + timedelta(days=1)).requests == 1


def test_counting_twice_changes_nothing():
    case = finished()

    for _ in range(2):
        services.summarise_case(case.pk)

    assert [(row.day, row.requests, row.finished) for row in DailySummary.objects.all()] == [(MONDAY, 1, 1)]


def test_a_reopened_case_leaves_the_day_it_was_first_finished():
    case = finished()
    services.summarise_case(case.pk)
    CasePauseFactory(case=case, reason=CasePause.Reason.ENDED, begins_at=case.finished_at, asked_at=None)
    case.state, case.finished_at, case.submitted_at = State.OPEN, None, MORNING - timedelta(days=5)
    case.save()

    services.summarise_case(case.pk)

    assert DailySummary.objects.get(day=MONDAY).finished == 0


def test_a_province_reads_its_regencies_and_no_one_elses():
    province = ProvinceFactory()
    below = UnitFactory(parent=province)
    for unit in (province, below, UnitFactory()):
        DailySummaryFactory(unit=unit, requests=2)
    head = actor_for(MembershipFactory(unit=province, role="kepala").user)

    report = dashboard(head, province, weeks=12, today=date(2026, 11, 20))

    assert report.figures.totals.requests == 4
    assert {line.unit: line.figures.totals.requests for line in report.lines} == {province: 2, below: 2}
    assert len(report.weeks) == 12
    assert sum(week.totals.requests for week in report.weeks.values()) == 4


@pytest.mark.parametrize("count", [1, 3])
def test_a_dashboard_of_many_offices_costs_as_many_queries_as_of_one(count, django_assert_num_queries):
    province = ProvinceFactory()
    for unit in UnitFactory.create_batch(count, parent=province):
        DailySummaryFactory(unit=unit)

    with django_assert_num_queries(3):
        dashboard(SYSTEM, province, weeks=12, today=date(2026, 11, 20))


def test_the_busiest_office_comes_first():
    province = ProvinceFactory()
    quiet, busy = UnitFactory.create_batch(2, parent=province)
    DailySummaryFactory(unit=busy, requests=5)

    report = dashboard(SYSTEM, province, weeks=12, today=date(2026, 11, 20))

    assert [line.unit for line in report.lines] == [busy, province, quiet]


def test_public_figures_are_the_offices_own_past_year():
    unit = UnitFactory()
    DailySummaryFactory(unit=unit, day=date(2026, 11, 20), requests=3, replied=2, replied_on_time=1)
    DailySummaryFactory(unit=unit, day=date(2025, 11, 20), requests=9)

    shown = figures(unit, today=date(2026, 11, 20))

    assert (shown.totals.requests, shown.reply_percent, shown.finish_percent, shown.rating) == (
        3,
        50,
        None,
        None,
    )


def test_the_cloth_is_woven_from_finished_requests_in_the_order_asked():
    unit = UnitFactory()
    DailySummaryFactory(unit=unit, day=date(2026, 11, 19), finished=4)

    assert helped_per_day(unit, days=[date(2026, 11, 18), date(2026, 11, 19)]) == [0, 4]


def read(client, unit, kind):
    address = reverse("reporting:export", kwargs={"kind": kind})
    return client.get(address, {"satker": unit.slug, "minggu": "52"})


def test_the_same_figures_come_as_csv_and_spreadsheet(client):
    unit = UnitFactory(name="=BPS Kota; Contoh")
    DailySummaryFactory(unit=unit, day=date.today(), requests=3, replied=2, replied_on_time=1)  # noqa: DTZ011
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    as_csv = list(csv.reader(StringIO(read(client, unit, "csv").content.decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(read(client, unit, "xlsx").content)).active
    as_xlsx = [
        ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
    ]

    assert as_csv[0][:2] == ["Kode satker", "Satker"]
    assert as_csv[1][1] == "'=BPS Kota; Contoh"
    assert as_csv[1][4:8] == ["3", "2", "50.0", "0.0"]
    assert [row[4:8] for row in as_xlsx][1] == ["3", "2", "50", "0"]
    assert sheet["B2"].data_type == "s"


@pytest.mark.parametrize("query", [{"minggu": "abc"}, {"minggu": "99999999999"}, {"minggu": "-1"}])
def test_an_odd_period_falls_back_to_the_first(client, query):
    client.force_login(MembershipFactory(role="kepala").user)

    page = client.get(reverse("reporting:dashboard"), query)

    assert page.status_code == 200
    assert page.context["weeks"] == 12
