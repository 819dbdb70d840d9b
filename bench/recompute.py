"""R-12: a changed holiday decree recomputes 50,000 open deadlines within 60 s, audited.

    python -m bench.recompute [--cases 50000] [--units 40]

The requests are spread over real offices in three time zones, a tenth of them with pauses, submitted over
the last working days. One national holiday is added; what is measured is the job that follows.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any

PROMISED = 60.0
NOW = datetime(2026, 11, 10, 2, tzinfo=UTC)
HOLIDAY = NOW.date() + timedelta(days=2)
CHUNK = 5_000


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--units", type=int, default=40)
    return parser.parse_args()


def prepare() -> None:
    """A database of its own, unless DATABASE_URL names one; its contents are thrown away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halopst.config.settings")
    if "DATABASE_URL" not in os.environ:
        os.environ["HALOPST_VAR"] = tempfile.mkdtemp(prefix="halopst-bench-")
    os.environ.setdefault("HALOPST_LOG_LEVEL", "WARNING")


def offices(count: int) -> list[Any]:
    """Offices of every zone in turn."""
    from itertools import chain, zip_longest

    from halopst.units.models import Unit

    zones = [list(Unit.objects.filter(zone=zone).order_by("code")[:count]) for zone in Unit.Zone]
    return [unit for unit in chain.from_iterable(zip_longest(*zones)) if unit][:count]


def fill(options: argparse.Namespace) -> None:
    """Open requests with true deadlines, written in bulk."""
    from halopst.accounts.models import User
    from halopst.calendars.queries import calendars_of
    from halopst.cases.models import Case, CasePause
    from halopst.cases.services.clocks import reckon_with
    from halopst.units.models import ServiceKind

    units = offices(options.units)
    first, last = (NOW - timedelta(days=10)).date(), (NOW + timedelta(days=200)).date()
    calendars = calendars_of(units, first, last)
    visitor = User.objects.create_user("beban@contoh.id", name="Beban Uji")
    service = ServiceKind.objects.get(code="konsultasi")
    promise = {"promise_value": 3, "promise_unit": "hari_kerja"}
    promise |= {"first_reply_value": 1, "first_reply_unit": "hari_kerja"}
    for start in range(0, options.cases, CHUNK):
        made = []
        for number in range(start, min(start + CHUNK, options.cases)):
            unit = units[number % len(units)]
            at = NOW - timedelta(minutes=number % 4000)
            case = Case(unit=unit, number=f"BEBAN-{number}", service=service, visitor=visitor, **promise)
            case.subject, case.submitted_at, case.complete_at = "Beban uji", at, at
            reckon_with(case, calendars[unit.pk], (), now=NOW)
            made.append(case)
        Case.objects.bulk_create(made)
        CasePause.objects.bulk_create(
            CasePause(
                case=case,
                begins_at=case.submitted_at,
                ends_at=case.submitted_at + timedelta(hours=20),
                reason=CasePause.Reason.WAITING,
            )
            for case in made[::10]
        )


def decree() -> None:
    from halopst.calendars.models import Holiday, HolidayDecree

    decreed = HolidayDecree.objects.create(title="Libur mendadak", number="1/2026", decided_on=NOW.date())
    Holiday.objects.create(decree=decreed, date=HOLIDAY, name="Libur mendadak")


def measure(options: argparse.Namespace) -> float:
    from halopst.audit.models import Entry
    from halopst.cases.services import recompute_deadlines

    decree()
    began = time.monotonic()
    moved = recompute_deadlines(unit_id=None, first=HOLIDAY, last=HOLIDAY, now=NOW)
    took = time.monotonic() - began
    entries = Entry.objects.filter(action="cases.deadlines_recomputed")
    audited = sum(len(entry.details["deadlines"]) for entry in entries)
    began = time.monotonic()
    again = recompute_deadlines(unit_id=None, first=HOLIDAY, last=HOLIDAY, now=NOW)
    twice = time.monotonic() - began
    print("| open requests | offices | moved | audited | first run | second run (0 to move) |")
    print("|---|---|---|---|---|---|")
    print(f"| {options.cases} | {options.units} | {moved} | {audited} | {took:.1f} s | {twice:.1f} s |")
    assert moved == audited, "a deadline moved without its line in the record"
    assert again == 0, "the second run moved something"
    return took


def main() -> int:
    options = arguments()
    prepare()
    import django

    django.setup()
    from django.core.management import call_command

    from halopst.config.environment import database

    with database():
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        fill(options)
        return measure(options) > PROMISED


if __name__ == "__main__":
    sys.exit(main())
