"""Days go by: silence is warned about and closed, deadlines are warned about and recorded."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from halopst.audit.models import Entry
from halopst.calendars.models import Schedule
from halopst.cases import services
from halopst.cases.models import Case, FollowUpPolicy
from halopst.cases.queries import policies_on, policy_for
from halopst.cases.services.recomputing import recompute_deadlines
from halopst.notifications.models import Notice
from tests.calendars.factories import HolidayDecreeFactory, HolidayFactory
from tests.cases.conftest import wib
from tests.cases.factories import FollowUpPolicyFactory

MONDAY = wib(2, 9)


@pytest.fixture
def waiting(office):
    case = office.open(now=MONDAY)
    services.ask_visitor(office.as_officer, case, body="Tahun berapa?", now=MONDAY)
    Notice.objects.all().delete()
    return case


def follow_up(now):
    """What the hourly job does, twice: the second time must find nothing left."""
    done = services.follow_up_silence(now=now)
    assert services.follow_up_silence(now=now) == (0, 0)
    return done


def kinds():
    return sorted(Notice.objects.values_list("kind", flat=True))


def test_silence_is_warned_on_the_fifth_day_and_closed_on_the_seventh(waiting, waiting_jobs):
    assert follow_up(MONDAY + timedelta(days=5, seconds=-1)) == (0, 0)
    assert follow_up(MONDAY + timedelta(days=5)) == (1, 0)
    assert follow_up(MONDAY + timedelta(days=7, seconds=-1)) == (0, 0)
    assert follow_up(MONDAY + timedelta(days=7)) == (0, 1)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.finished_at) == ("closed_silent", MONDAY + timedelta(days=7))
    assert waiting.pauses.get().ends_at == MONDAY + timedelta(days=7)
    assert kinds() == ["cases.closed_silent", "cases.silence_warning"]
    assert "Senin, 9 November 2026, 09.00 WIB" in Notice.objects.get(kind="cases.silence_warning").body


def test_nobody_is_closed_without_two_days_of_warning(waiting):
    """The worker was down for ten days."""
    assert follow_up(MONDAY + timedelta(days=10)) == (1, 0)
    assert follow_up(MONDAY + timedelta(days=12, seconds=-1)) == (0, 0)
    assert follow_up(MONDAY + timedelta(days=12)) == (0, 1)


def test_each_question_begins_the_silence_anew(waiting, office):
    assert follow_up(MONDAY + timedelta(days=5)) == (1, 0)
    services.reply(office.as_officer, waiting, body="Masih perlu?", now=MONDAY + timedelta(days=6))

    assert follow_up(MONDAY + timedelta(days=8)) == (0, 0)
    assert follow_up(MONDAY + timedelta(days=11)) == (1, 0)
    assert follow_up(MONDAY + timedelta(days=13)) == (0, 1)


def test_an_answer_ends_the_silence(waiting, office):
    follow_up(MONDAY + timedelta(days=5))
    services.reply(office.as_visitor, waiting, body="Tahun 2025", now=MONDAY + timedelta(days=6))

    assert follow_up(MONDAY + timedelta(days=30)) == (0, 0)


def test_a_visitor_reopens_by_replying_and_the_silence_did_not_count(waiting, office):
    follow_up(MONDAY + timedelta(days=5))
    follow_up(MONDAY + timedelta(days=7))
    services.reply(office.as_visitor, waiting, body="Maaf, baru sempat.", now=wib(16, 9))
    waiting.refresh_from_db()

    assert (waiting.state, waiting.finished_at) == ("open", None)
    # asked at once on the 2nd, answered on the 16th: the three working days begin again
    assert waiting.due_at == wib(19, 15, 30)


def test_an_office_may_have_its_own_patience(waiting, office):
    FollowUpPolicyFactory(
        unit=office.unit, valid_from=date(2026, 1, 1), silence_warn_days=1, silence_close_days=3
    )
    assert follow_up(MONDAY + timedelta(days=1)) == (1, 0)
    assert follow_up(MONDAY + timedelta(days=3)) == (0, 1)


def watch(now):
    done = services.watch_deadlines(now=now)
    assert services.watch_deadlines(now=now) == {"warned": 0, "late": 0, "unanswered": 0}
    return done


def test_a_deadline_is_warned_about_and_lateness_told_once(office, waiting_jobs):
    lead = office.colleague("ketua_tim")
    case = office.open(now=MONDAY, officer=office.officer)
    services.reply(office.as_officer, case, body="Kami kerjakan.", now=wib(2, 10))
    Notice.objects.all().delete()
    assert case.due_at == wib(5, 15, 30)

    assert watch(wib(5, 7, 29)) == {"warned": 0, "late": 0, "unanswered": 0}
    assert watch(wib(5, 7, 30)) == {"warned": 1, "late": 0, "unanswered": 0}
    assert watch(wib(5, 15, 29)) == {"warned": 0, "late": 0, "unanswered": 0}
    assert watch(wib(5, 15, 30)) == {"warned": 0, "late": 1, "unanswered": 0}

    assert sorted(Notice.objects.values_list("kind", "user_id")) == sorted(
        [
            ("cases.deadline_near", office.officer.pk),
            ("cases.late", office.officer.pk),
            ("cases.late", lead.pk),
        ]
    )
    case.refresh_from_db()
    assert case.late_at == wib(5, 15, 30)


def test_a_request_nobody_answered_is_told_to_the_lead(office):
    lead = office.colleague("ketua_tim")
    case = office.open(now=MONDAY)
    assert case.first_reply_due_at == wib(3, 15, 30)

    assert watch(wib(3, 15, 30)) == {"warned": 0, "late": 0, "unanswered": 1}
    assert list(Notice.objects.values_list("kind", "user_id")) == [("cases.unanswered", lead.pk)]


def test_who_waits_for_the_visitor_is_never_late(waiting):
    assert watch(wib(27, 9)) == {"warned": 0, "late": 0, "unanswered": 0}


def holiday(day, unit=None, **decree):
    HolidayFactory(decree=HolidayDecreeFactory(unit=unit, **decree), date=day)


def test_a_new_holiday_moves_every_open_deadline_it_touches_and_no_other(office):
    before, touched, after = (office.open(now=now) for now in (wib(2, 9), wib(9, 9), wib(16, 9)))
    ended = office.open(now=wib(9, 9))
    services.finish(office.as_officer, ended, result="found", summary="Ada", now=wib(9, 10))
    deadlines = {case.pk: case.due_at for case in Case.objects.all()}
    holiday(date(2026, 11, 11), unit=office.unit)

    moved = recompute_deadlines(
        unit_id=office.unit.pk, first=date(2026, 11, 11), last=date(2026, 11, 11), now=wib(10, 9)
    )

    assert moved == 1
    now = {case.pk: case.due_at for case in Case.objects.all()}
    assert now == deadlines | {touched.pk: wib(13, 15, 30)}
    assert {before.pk, after.pk, ended.pk} <= now.keys()
    entry = Entry.objects.get(action="cases.deadlines_recomputed")
    assert entry.unit_id == office.unit.pk
    assert entry.details["deadlines"] == {
        str(touched.pk): ["2026-11-12T08:30:00+00:00", "2026-11-13T08:30:00+00:00"]
    }


def test_recomputing_twice_changes_nothing_more(office):
    office.open(now=wib(9, 9))
    holiday(date(2026, 11, 11), unit=office.unit)
    dates = {"first": date(2026, 11, 11), "last": date(2026, 11, 11)}

    assert recompute_deadlines(unit_id=None, **dates, now=wib(10, 9)) == 1
    assert recompute_deadlines(unit_id=None, **dates, now=wib(10, 9)) == 0
    assert Entry.objects.filter(action="cases.deadlines_recomputed").count() == 1


def test_a_moved_deadline_is_no_longer_late(office):
    case = office.open(now=wib(9, 9), officer=office.officer)
    watch(wib(12, 16))
    holiday(date(2026, 11, 11), unit=office.unit)
    recompute_deadlines(unit_id=None, first=date(2026, 11, 11), last=date.max, now=wib(12, 16))

    case.refresh_from_db()
    assert (case.due_at, case.late_at, case.warned_at) == (wib(13, 15, 30), None, None)


def test_the_holiday_of_a_province_reaches_its_regencies_only(office):
    case = office.open(now=wib(9, 9))
    holiday(date(2026, 11, 11), unit=office.unit.parent)
    dates = {"first": date(2026, 11, 11), "last": date(2026, 11, 11), "now": wib(10, 9)}

    assert recompute_deadlines(unit_id=office.unit.parent.pk, **dates) == 1
    case.refresh_from_db()
    assert case.due_at == wib(13, 15, 30)


def test_recomputing_costs_queries_by_the_batch_not_by_the_case(office, django_assert_max_num_queries):
    for _ in range(12):
        office.open(now=wib(9, 9))
    holiday(date(2026, 11, 11), unit=office.unit)
    with django_assert_max_num_queries(24):
        moved = recompute_deadlines(
            unit_id=None, first=date(2026, 11, 11), last=date(2026, 11, 11), now=wib(10, 9)
        )
    assert moved == 12


def test_an_office_without_hours_still_owes_an_answer(office):
    Schedule.objects.all().delete()

    assert office.open(now=MONDAY).due_at == MONDAY + timedelta(days=3)


def test_a_lead_changes_the_patience_from_a_day_on(office, client):
    lead = office.colleague("ketua_tim")
    client.force_login(lead)
    address = reverse("cases:policy", kwargs={"slug": office.unit.slug})
    today = timezone.localdate(timezone=office.unit.tz)
    values = {
        "valid_from": today.isoformat(),
        "silence_warn_days": 2,
        "silence_close_days": 4,
        "late_warning_hours": 6,
        "basis": "SOP 12/2026",
    }

    backwards = client.post(address, values | {"silence_close_days": 2})
    assert (backwards.status_code, "isi jumlah hari penutupan" in backwards.content.decode()) == (422, True)
    assert "SOP 12/2026" in backwards.content.decode()
    yesterday = client.post(address, values | {"valid_from": (today - timedelta(days=1)).isoformat()})
    assert (yesterday.status_code, "paling cepat berlaku hari ini" in yesterday.content.decode()) == (
        422,
        True,
    )
    assert not FollowUpPolicy.objects.filter(unit=office.unit).exists()

    assert client.post(address, values).status_code == 302
    assert "SOP 12/2026" in client.get(address).content.decode()
    kept = policy_for(office.unit, policies_on(today))
    assert (kept.silence.warn_days, kept.silence.close_days, kept.late_warning_hours) == (2, 4, 6)
    assert policy_for(office.unit, policies_on(today - timedelta(days=1))).unit is None
    assert Entry.objects.filter(action="case.follow_up_set", actor_id=lead.pk).count() == 1


def test_an_officer_reads_the_patience_and_may_not_change_it(office, client):
    client.force_login(office.officer)
    address = reverse("cases:policy", kwargs={"slug": office.unit.slug})
    assert "Simpan aturan" not in client.get(address).content.decode()
    values = {
        "valid_from": timezone.localdate().isoformat(),
        "silence_warn_days": 2,
        "silence_close_days": 4,
        "late_warning_hours": 6,
        "basis": "SOP",
    }
    assert client.post(address, values).status_code == 403
