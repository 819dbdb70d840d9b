"""What time brings about, and that it brings it about once (R-16, R-31)."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from halopst.consultations import services
from halopst.consultations.invitations import entry_of, invite
from halopst.consultations.models import Consultation, Draft, DraftFile
from halopst.consultations.wording import span, values
from halopst.core import formats
from halopst.notifications.models import AttachedFile, Delivery, Notice, QuietHours
from halopst.scheduling.models import Reservation
from halopst.units.models import Unit
from tests.consultations.factories import (
    AT,
    LINK,
    ConsultationFactory,
    a_request,
    an_agreed,
    an_ongoing,
    lead_of,
    officer_of,
    visitor_of,
    working_expert,
)
from tests.scheduling.factories import NOW
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
FIVE, HOUR = timedelta(minutes=5), timedelta(hours=1)


def walk(first, last, step=HOUR):
    """Run the reminders every hour from `first` on, the last time at `last`."""
    now = last - (last - first) // step * step
    while now <= last:
        services.remind(now=now)
        now += step


def reminders(row):
    sent = Notice.objects.filter(about=f"consultation:{row.pk}", kind="consultations.reminder")
    return list(sent.order_by("at").values_list("at", flat=True))


def test_a_visitor_is_reminded_a_day_and_an_hour_before_and_never_again():
    row = an_agreed()

    walk(NOW, AT + timedelta(hours=2))

    assert reminders(row) == [AT - timedelta(days=1), AT - timedelta(hours=1)]
    assert Notice.objects.filter(kind="consultations.officer_reminder").count() == 2


def test_every_reminder_expires_before_the_start():
    an_agreed()
    walk(NOW, AT)
    last_calls = Notice.objects.filter(kind="consultations.reminder").order_by("at")
    assert [n.send_before for n in last_calls] == [AT - timedelta(hours=1), AT]


def test_what_is_approved_late_is_not_reminded_of_what_has_passed():
    row = an_agreed(now=AT - timedelta(hours=5))
    walk(AT - timedelta(hours=5), AT)
    assert reminders(row) == [AT - timedelta(hours=1)]


def test_an_early_appointment_in_the_east_is_announced_the_evening_before():
    """06.30 WIT: an hour before would be in quiet hours."""
    wit = ZoneInfo("Asia/Jayapura")
    starts = datetime(2026, 11, 24, 6, 30, tzinfo=wit)
    row = ConsultationFactory(
        case__unit=UnitFactory(zone=Unit.Zone.WIT),
        reservation__starts_at=starts.astimezone(UTC),
        state="disetujui",
        approved_at=NOW,
    )

    walk(starts - timedelta(days=3), starts + timedelta(hours=1))

    clocks = [at.astimezone(wit).strftime("%d %H.%M") for at in reminders(row)]
    assert clocks == ["23 06.30", "23 19.30"]


def test_nobody_is_reminded_in_their_own_quiet_hours():
    row = an_agreed()
    QuietHours.objects.create(user=row.case.visitor, starts=time(7), ends=time(12))

    walk(NOW, AT + timedelta(hours=3))

    wib = ZoneInfo("Asia/Jakarta")
    assert [at.astimezone(wib).strftime("%d %H.%M") for at in reminders(row)] == ["22 06.30", "23 06.30"]


def test_after_a_long_stop_the_worker_sends_only_what_still_makes_sense():
    row = an_agreed()
    services.remind(now=AT - timedelta(minutes=20))
    services.remind(now=AT)
    services.remind(now=AT + FIVE)
    assert reminders(row) == [AT - timedelta(minutes=20)]


def test_a_moved_appointment_is_reminded_of_anew():
    row = an_agreed()
    services.remind(now=AT - timedelta(days=1))
    later = AT + timedelta(days=1)
    row = services.reschedule(visitor_of(row), row, starts_at=later, now=AT - timedelta(hours=23))
    services.approve(officer_of(row), row, link=LINK, now=AT - timedelta(hours=22, minutes=30))

    walk(AT - timedelta(hours=22), later)

    expected = [AT - timedelta(days=1), later - timedelta(days=1), later - timedelta(hours=1)]
    assert reminders(row) == expected


@pytest.mark.parametrize("state", ["diajukan", "ditawar_ulang", "dibatalkan"])
def test_only_agreed_appointments_are_reminded_of(state):
    row = an_agreed()
    Consultation.objects.filter(pk=row.pk).update(state=state)
    walk(NOW, AT)
    assert reminders(row) == []


def test_the_reminders_of_three_cost_the_same_reading_as_of_one(django_assert_max_num_queries):
    def reading():
        with django_assert_max_num_queries(50) as seen:
            services.remind(now=NOW)
        return len(seen)

    expert = working_expert()
    an_agreed(expert)
    one = reading()
    an_agreed(expert, at=AT + timedelta(minutes=45))
    an_agreed(working_expert())
    assert reading() == one


def test_an_officer_is_warned_before_the_answer_is_due_and_the_lead_told_after():
    row = a_request()
    lead = lead_of(row.case.unit)
    due = row.answer_due_at

    for moment in (due - timedelta(hours=3), due - timedelta(hours=1), due - FIVE, due, due + FIVE):
        services.press_for_answers(now=moment)

    told = Notice.objects.filter(kind__in=["consultations.answer_soon", "consultations.answer_late"])
    assert list(told.order_by("at").values_list("kind", "user_id", "at")) == [
        ("consultations.answer_soon", row.expert.user_id, due - timedelta(hours=1)),
        ("consultations.answer_late", lead.user_id, due),
    ]


def test_an_answered_request_presses_nobody():
    row = an_agreed()
    services.press_for_answers(now=row.answer_due_at)
    assert not Notice.objects.filter(kind__startswith="consultations.answer").exists()


def test_a_request_whose_time_came_unanswered_is_apologised_for_once_and_stays_open():
    row = a_request()
    lead_of(row.case.unit)

    services.close_what_passed(now=AT)
    services.close_what_passed(now=AT + FIVE)

    row.refresh_from_db()
    assert row.state == "diajukan"
    assert Notice.objects.filter(kind="consultations.missed").count() == 1
    again = services.reschedule(visitor_of(row), row, starts_at=AT + timedelta(days=1), now=AT + FIVE)
    assert again.state == "diajukan"


def test_a_proposal_nobody_answered_lapses_and_frees_the_time():
    row = a_request()
    row = services.propose_time(
        officer_of(row), row, starts_at=AT + timedelta(minutes=45), link=LINK, now=NOW
    )

    services.close_what_passed(now=AT + timedelta(minutes=45))
    services.close_what_passed(now=AT + timedelta(minutes=50))

    row.refresh_from_db()
    assert (row.state, row.version) == ("dibatalkan", 3)
    assert Reservation.objects.get(pk=row.reservation_id).state == "released"


def test_an_officer_who_forgets_the_result_is_asked_once():
    row = an_ongoing()
    for hours in (0, 2, 3):
        services.close_what_passed(now=row.reservation.ends_at + timedelta(hours=hours))
    assert Notice.objects.filter(kind="consultations.record_result").count() == 1


def test_old_drafts_are_forgotten_with_their_files(tmp_path, clock):
    draft = services.keep_draft(UnitFactory(), holder="peramban", topic="Inflasi", email="dwi@contoh.id")
    assert services.forget_old_drafts(now=NOW + timedelta(days=6)) == 0
    assert services.forget_old_drafts(now=NOW + timedelta(days=8)) == 1
    assert (Draft.objects.count(), DraftFile.objects.count(), draft.pk is not None) == (0, 0, True)


def invited(row):
    file = AttachedFile.objects.filter(notice__kind="consultations.approved").order_by("-pk").first()
    return Calendar.from_ical(bytes(file.content)).walk("VEVENT")[0]


def test_each_change_raises_the_sequence_of_the_same_entry():
    row = an_agreed()
    uids, sequences = set(), []
    row = services.relink(officer_of(row), row, link="https://rapat.contoh.id/j/2", now=NOW)
    row = services.reschedule(visitor_of(row), row, starts_at=AT + timedelta(days=1), now=NOW)
    row = services.cancel(visitor_of(row), row, now=NOW)
    mine = AttachedFile.objects.filter(notice__user=row.case.visitor_id).order_by("pk")
    for file in mine:
        event = Calendar.from_ical(bytes(file.content)).walk("VEVENT")[0]
        uids.add(str(event["uid"]))
        sequences.append(event["sequence"])
    assert (len(uids), sequences) == (1, [0, 1, 2, 3, 4])
    last = Calendar.from_ical(bytes(mine.last().content))
    assert (last["method"], last.walk("VEVENT")[0]["status"]) == ("CANCEL", "CANCELLED")


zones = st.sampled_from([Unit.Zone.WIB, Unit.Zone.WITA, Unit.Zone.WIT])
instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis attaches the zone


@given(zones, instants, st.sampled_from(["id", "en"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_the_same_instant_is_told_in_every_channel(zone, instant, lang):
    """R-31: the mail and WhatsApp text, the page and the calendar entry name one and the same moment."""
    instant = instant.replace(second=0, microsecond=0)
    row = ConsultationFactory(
        case__unit=UnitFactory(zone=zone), reservation__starts_at=instant, state="disetujui", approved_at=NOW
    )
    with translation.override(lang):
        told = values(row, lang)["waktu"]
        page = span(row, lang)
        ticket = formats.clock_range(row.reservation.starts_at, row.reservation.ends_at, zone, lang=lang)
    event = Calendar.from_ical(invite(row, row.case.visitor).content).walk("VEVENT")[0]

    local = instant.astimezone(ZoneInfo(zone))
    clock = local.strftime("%H:%M" if lang == "en" else "%H.%M")
    assert told == page
    assert re.search(rf"\b{local.day} \w+ {local.year}, {re.escape(clock)}", told)
    assert told.endswith(zone.label)
    assert page.endswith(ticket)
    assert event.decoded("dtstart") == instant == entry_of(row, row.case.visitor).starts_at


def test_nothing_reminds_after_the_start_whatever_happens_on_the_way_out():
    an_agreed()
    walk(AT - timedelta(hours=2), AT)
    for delivery in Delivery.objects.filter(notice__kind="consultations.reminder"):
        assert delivery.give_up_at <= AT
