"""Build the office of the browser tests in the database of the environment, and say how to reach it.

It serves around the clock and offers short appointments without notice, so that a whole consultation can be
lived within one test, whatever the hour.
"""

import sys
from datetime import time, timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402  # Django first

from halopst.assistant.services import set_channels  # noqa: E402
from halopst.calendars.models import Holiday  # noqa: E402
from halopst.calendars.services import set_weekly_hours  # noqa: E402
from halopst.consultations.services import set_policy as keep_appointments  # noqa: E402
from halopst.core.actors import SYSTEM  # noqa: E402
from halopst.demo.figures import build_figures  # noqa: E402
from halopst.demo.mitra import build_mitra  # noqa: E402
from halopst.demo.offices import build_offices  # noqa: E402
from halopst.demo.texts import build_texts  # noqa: E402
from halopst.notifications.services.preferences import set_quiet_hours  # noqa: E402
from halopst.scheduling.models import Availability, Expert  # noqa: E402
from halopst.scheduling.rules import Policy  # noqa: E402
from halopst.scheduling.services import set_policy  # noqa: E402
from halopst.units.models import Unit  # noqa: E402

AROUND_THE_CLOCK = {weekday: ((time(0), time(23, 59)),) for weekday in range(7)}
LAST_HOUR = 22
"""From here on midnight comes too soon in Jakarta; in Jayapura it is past."""


def build(password: str) -> None:
    now = timezone.now()
    Holiday.objects.filter(
        date__range=(now.date() - timedelta(days=1), now.date() + timedelta(days=2))
    ).delete()
    build_offices(password=password, now=now)
    build_mitra(now=now)
    build_figures(now=now)
    build_texts(now=now)
    unit = Unit.objects.get(code="3578")
    if now.astimezone(unit.tz).hour >= LAST_HOUR:
        Unit.objects.filter(pk=unit.pk).update(zone=Unit.Zone.WIT)
        unit.refresh_from_db()
    set_weekly_hours(
        SYSTEM,
        unit,
        effective_from=now.date() - timedelta(days=1),
        weekly=AROUND_THE_CLOCK,
        title="Jam uji",
        legal_basis="Uji",
    )
    Availability.objects.filter(expert__unit=unit).update(starts_at=time(0), ends_at=time(23, 59))
    for expert in Expert.objects.filter(unit=unit):
        for weekday in (5, 6):
            Availability.objects.create(
                expert=expert, weekday=weekday, starts_at=time(0), ends_at=time(23, 59)
            )
    set_policy(SYSTEM, unit=unit, policy=Policy(lead_minutes=0, duration_minutes=15, daily_maximum=None))
    keep_appointments(
        SYSTEM, unit, change_notice_minutes=5, check_in_minutes=60, grace_minutes=5, most_unanswered=20
    )
    set_quiet_hours(SYSTEM, unit, starts=time(3), ends=time(3), urgent_may_pass=True)
    set_channels(SYSTEM, unit, whatsapp=True, origins=[])
    officer = Expert.objects.filter(unit=unit).order_by("pk").first().user.email
    sys.stdout.write(f"{unit.slug} {officer} seruni.3578@peragaan.example\n")


if __name__ == "__main__":
    build(sys.argv[1])
