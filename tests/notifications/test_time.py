"""Nothing leaves the house in quiet hours, nothing at or after the time it was worth sending (R-16)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halopst.notifications.models import Delivery
from halopst.notifications.rules import after_quiet, pause_after
from halopst.notifications.services.reconcile import sweep
from tests.accounts.factories import UserFactory
from tests.notifications.factories import MORNING, QuietHoursFactory
from tests.notifications.test_outbox import VALUES, tell
from tests.units.factories import UnitFactory

EVENING = MORNING.replace(hour=13)  # 20.00 WIB
DAWN = MORNING.replace(hour=23)  # 06.00 WIB the next day
ONLY_NAME = {"nama": VALUES["nama"]}
ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


def is_quiet(at, zone, starts, ends):
    """An oracle by minutes of the day."""
    minute = at.astimezone(zone).hour * 60 + at.astimezone(zone).minute
    first, last = starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute
    return minute in range(first, last if last >= first else last + 1440) or minute + 1440 in range(
        first, last if last >= first else last + 1440
    )


@given(at=MOMENTS, zone=st.sampled_from(ZONES), starts=CLOCKS, ends=CLOCKS)
def test_the_first_moment_out_of_quiet_hours(at, zone, starts, ends):
    allowed = after_quiet(at, zone, starts, ends)

    assert allowed >= at
    assert allowed - at <= timedelta(days=1)
    assert not is_quiet(allowed, zone, starts, ends)
    if not is_quiet(at, zone, starts, ends):
        assert allowed == at
    else:
        assert allowed.astimezone(zone).time() == ends


def test_pauses_grow_to_an_hour():
    assert [pause_after(n).total_seconds() for n in (1, 2, 3, 7, 50)] == [5, 30, 120, 3600, 3600]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "written", "leaves"),
    [
        ("Asia/Jakarta", EVENING - timedelta(seconds=1), EVENING - timedelta(seconds=1)),
        ("Asia/Jakarta", EVENING, DAWN),
        ("Asia/Makassar", EVENING - timedelta(hours=1), DAWN - timedelta(hours=1)),
        ("Asia/Jayapura", EVENING - timedelta(hours=2), DAWN - timedelta(hours=2)),
        ("Asia/Jakarta", DAWN - timedelta(seconds=1), DAWN),
        ("Asia/Jakarta", DAWN, DAWN),
    ],
)
def test_what_is_written_at_night_leaves_in_the_morning_of_the_office(smtp, work, zone, written, leaves):
    tell(unit=UnitFactory(zone=zone), now=written)

    assert Delivery.objects.get().next_at == leaves
    work(leaves - timedelta(seconds=1))
    assert smtp.mails == []
    work(leaves)
    assert len(smtp.mails) == 1


@pytest.mark.django_db
def test_what_could_not_leave_before_the_night_waits_for_the_morning(smtp, work):
    tell(now=MORNING)
    work(EVENING)
    assert smtp.mails == []

    work(DAWN)
    assert len(smtp.mails) == 1


@pytest.mark.django_db
def test_an_urgent_notice_passes_the_night(smtp, work):
    tell(kind="tests.urgent", context=ONLY_NAME, now=EVENING)
    work(EVENING)

    assert len(smtp.mails) == 1


@pytest.mark.django_db
def test_unless_the_office_keeps_every_night_quiet(smtp, work):
    unit = UnitFactory()
    QuietHoursFactory(unit=unit, urgent_may_pass=False)
    tell(kind="tests.urgent", context=ONLY_NAME, unit=unit, now=EVENING)
    work(EVENING)

    assert smtp.mails == []


@pytest.mark.django_db
def test_a_persons_own_hours_come_before_the_offices(smtp, work):
    user, unit = UserFactory(), UnitFactory()
    QuietHoursFactory(unit=unit, starts=time(8), ends=time(12))
    QuietHoursFactory(unit=None, user=user, starts=time(0), ends=time(0))
    tell(user, unit=unit, now=EVENING)
    work(EVENING)

    assert len(smtp.mails) == 1


@pytest.mark.django_db
def test_a_reminder_whose_morning_is_too_late_is_not_sent_at_all(smtp, work):
    tell(now=EVENING, send_before=DAWN)
    work(DAWN)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error_code, smtp.mails) == ("skipped", "too-late", [])


@pytest.mark.django_db
@pytest.mark.parametrize(("at", "leaves"), [(-1, 1), (0, 0), (1, 0)])
def test_no_reminder_at_or_after_the_start(smtp, work, at, leaves):
    start = MORNING + timedelta(hours=1)
    tell(now=MORNING, send_before=start)
    work(start + timedelta(seconds=at))
    sweep(now=start + timedelta(minutes=2))

    assert len(smtp.mails) == leaves
    assert Delivery.objects.get().state == ("sent" if leaves else "skipped")


@pytest.mark.django_db
def test_no_retry_crosses_the_start(smtp, work):
    start = MORNING + timedelta(minutes=1)
    smtp.refuse_recipient = "451 Coba lagi nanti"
    tell(now=MORNING, send_before=start)
    for second in range(0, 300, 5):
        work(MORNING + timedelta(seconds=second))

    assert Delivery.objects.get().state == "failed"
    smtp.refuse_recipient = None
    work(start + timedelta(hours=1))
    assert smtp.mails == []


@pytest.mark.django_db
def test_a_slow_connection_cannot_carry_a_reminder_past_the_start(smtp, monkeypatch):
    """The clock is read again at the step the server may accept: five minutes were lost on the way to it."""
    from halopst.notifications.channels import configured  # noqa: PLC0415  # only this test drives by hand
    from halopst.notifications.services.delivery import deliver  # noqa: PLC0415  # as above

    start = MORNING + timedelta(minutes=3)
    tell(now=MORNING, send_before=start)
    moments = iter([MORNING, MORNING, MORNING, start, start])
    deliver(Delivery.objects.get().pk, senders=configured.senders(), clock=lambda: next(moments))

    assert smtp.mails == []
    sweep(now=start)
    assert Delivery.objects.get().state == "skipped"
