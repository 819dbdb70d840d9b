"""The demonstration is lived through the services, so it cannot say what they would not."""

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from halopst.accounts.models import Membership, User
from halopst.audit.models import Entry
from halopst.cases.models import Case
from halopst.consultations.models import Consultation
from halopst.core.reference import load_all
from halopst.demo import history, measuring
from halopst.demo.cast import MAIL_DOMAIN, OFFICES
from halopst.demo.mitra import OFFICE
from halopst.demo.models import HistoryWeek
from halopst.demo.offices import VISITOR, build_offices
from halopst.notifications.models import Delivery
from halopst.reporting.models import DailySummary
from halopst.scheduling.models import Expert
from halopst.units.models import ServiceStandard

pytestmark = pytest.mark.django_db


def silence(_line):
    """The loaders announce their names to nobody here."""


@pytest.fixture
def offices():
    load_all(silence)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE units_unit")
    return build_offices(password="kata-sandi-uji", now=timezone.now())


def test_the_offices_have_people_experts_and_published_promises(offices):
    staff = [officer for office in OFFICES for officer in office.staff]

    assert Membership.objects.count() == len(staff) + 1
    assert Expert.objects.count() == sum(bool(officer.fields) for officer in staff)
    assert ServiceStandard.objects.filter(state="published").count() == 6 * len(OFFICES)
    assert {account.email.rpartition("@")[2] for account in offices} == {MAIL_DOMAIN}


def test_a_week_of_history_leaves_cases_and_their_counts(offices, waiting_jobs):
    history.invite_visitors()
    now = timezone.now()
    week = next(
        week for week in history.plan(now=now) if week.unit.code == "3578" and week.monday < now.date()
    )
    earlier = HistoryWeek.objects.filter(unit=week.unit).order_by("-monday")[2]

    history.write_week(earlier.pk, now=now)

    consultations = Consultation.objects.filter(case__unit=earlier.unit)
    assert consultations.filter(state="selesai").exists()
    assert Case.objects.filter(unit=earlier.unit).count() == sum(
        row.requests for row in DailySummary.objects.filter(unit=earlier.unit)
    )
    assert Entry.objects.filter(action="consultations.finished").exists()
    assert not Delivery.objects.exclude(state="skipped").exists()
    assert waiting_jobs() == []


def test_the_visitor_one_can_sign_in_as_has_requests(offices):
    history.invite_visitors()
    now = timezone.now()
    weeks = [week for week in history.plan(now=now) if week.unit.code == "3578"]
    for week in weeks[:2]:
        history.write_week(week.pk, now=now)

    theirs = Case.objects.filter(visitor__email=VISITOR)
    assert theirs.exists()
    assert Case.objects.count() > 3 * theirs.count()


def test_a_week_is_written_once(offices):
    history.invite_visitors()
    week = history.plan(now=timezone.now())[-1]
    history.write_week(week.pk, now=timezone.now())
    cases = Case.objects.count()

    history.write_week(week.pk, now=timezone.now())

    assert Case.objects.count() == cases
    assert history.progress() == (1, history.WEEKS * len(OFFICES))


def test_measuring_multiplies_rows_and_can_be_repeated(offices):
    history.invite_visitors()
    week = history.plan(now=timezone.now())[-1]
    history.write_week(week.pk, now=timezone.now())
    cases, consultations = Case.objects.count(), Consultation.objects.count()

    for _ in range(2):
        measuring.multiply(5, announce=silence)

    assert (Case.objects.count(), Consultation.objects.count()) == (5 * cases, 5 * consultations)
    assert all(reverse("cases:case-detail", args=[case.number]) for case in Case.objects.all())
    assert Consultation.objects.filter(pk__gt=measuring.STEP, case__pk__lt=measuring.STEP).count() == 0


def test_the_command_notes_the_accounts_for_their_owner_alone(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    load_all(silence)
    monkeypatch.setattr("halopst.demo.management.commands.demo.AT_ONCE", 1)

    call_command("demo", stdout=StringIO())

    accounts = Path(tmp_path / "demo-accounts.txt")
    for address in ("admin.pusat", f"seruni.{OFFICE}"):
        assert f"{address}@{MAIL_DOMAIN}" in accounts.read_text()
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    assert User.objects.filter(email__endswith=MAIL_DOMAIN).count() == User.objects.count()


def test_no_demonstration_where_messages_leave_the_house(settings):
    settings.SMTP_URL = "smtp://127.0.0.1:2525"

    with pytest.raises(CommandError, match="sungguhan sudah terpasang"):
        call_command("demo")
    assert not User.objects.exists()
