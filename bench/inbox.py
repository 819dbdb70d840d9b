"""The inbox stays as quick at a hundred times the data: its 95th percentile may grow at most 1.5 times.

    python -m bench.inbox [--small 1000] [--large 100000] [--rounds 60]

One office with a team. Of its requests one in ten is open, the rest have ended; each has a message. The
pages are drawn whole, in this process, through the middleware and the templates.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import statistics
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from bench.recompute import prepare

GROWTH = 1.5
CHUNK = 5_000
PAGES = {
    "tasks": "/permintaan/kotak-masuk/",
    "team": "/permintaan/kotak-masuk/?tab=tim",
    "finished": "/permintaan/kotak-masuk/?tab=selesai",
    "search": "/permintaan/kotak-masuk/?tab=tim&q=kemiskinan+{n}",
    "request": "/permintaan/kotak-masuk/{number}/",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    return parser.parse_args()


def staff() -> tuple[Any, Any]:
    from halopst.accounts.models import Membership, User
    from halopst.units.models import Unit

    unit = Unit.objects.get(code="3500")
    officer = User.objects.create_user("petugas@contoh.id", name="Petugas Uji")
    Membership.objects.create(user=officer, unit=unit, role="petugas")
    return unit, officer


def fill(unit: Any, officer: Any, first: int, last: int, now: datetime) -> None:
    """Requests number `first` to `last`, in bulk; a tenth is open, a twentieth is the officer's."""
    from django.db import connection

    from halopst.accounts.models import User
    from halopst.cases.models import Case, Message
    from halopst.units.models import ServiceKind

    service = ServiceKind.objects.get(code="konsultasi")
    visitor, _ = User.objects.get_or_create(email="beban@contoh.id", defaults={"name": "Beban Uji"})
    for start in range(first, last, CHUNK):
        made = [
            Case(
                unit=unit, service=service, visitor=visitor, officer=officer if n % 20 == 0 else None,
                number=f"JTM-2611-{n:06d}", subject=f"Kemiskinan nomor {n}",
                submitted_at=now - timedelta(minutes=n), complete_at=now,
                state="open" if n % 10 == 0 else "finished",
                finished_at=None if n % 10 == 0 else now, promise_value=3, promise_unit="hari_kerja",
                first_reply_value=1, first_reply_unit="hari_kerja", due_at=now + timedelta(minutes=n - 500),
                first_reply_due_at=now + timedelta(minutes=n - 500),
            )
            for n in range(start, min(start + CHUNK, last))
        ]  # fmt: skip
        Case.objects.bulk_create(made)
        Message.objects.bulk_create(
            Message(case=case, sender="visitor", author=visitor, body="Mohon data", sent_at=case.submitted_at)
            for case in made
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET search = to_tsvector('indonesian', subject) "
            "|| to_tsvector('simple', replace(number, '-', ' ') || ' ' || subject) WHERE search IS NULL"
        )
        cursor.execute("ANALYZE cases_case")
        cursor.execute("ANALYZE cases_message")


def measure(officer: Any, count: int, rounds: int) -> dict[str, float]:
    """The 95th percentile of each page, in milliseconds."""
    from django.test import Client

    browser = Client()
    browser.force_login(officer)
    found = {}
    for name, address in PAGES.items():
        waits = []
        for round_ in range(rounds + 5):
            n = round_ * 10 % count
            began = time.perf_counter()
            response = browser.get(address.format(n=n, number=f"JTM-2611-{n:06d}"))
            waits.append((time.perf_counter() - began) * 1000)
            assert response.status_code == 200, f"{address}: {response.status_code}"
        found[name] = statistics.quantiles(waits[5:], n=20)[-1]
        print(f"{count:>8,} {name:10} median {statistics.median(waits[5:]):.0f} ms", file=sys.stderr)
    return found


def main() -> int:
    options = arguments()
    prepare()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from halopst.config.environment import database

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with database():
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        now = timezone.now()
        unit, officer = staff()
        fill(unit, officer, 0, options.small, now)
        small = measure(officer, options.small, options.rounds)
        fill(unit, officer, options.small, options.large, now)
        large = measure(officer, options.large, options.rounds)
    print(f"| page (p95, ms) | {options.small:,} requests | {options.large:,} requests | growth |")
    print("|---|---|---|---|")
    for name in PAGES:
        print(f"| {name} | {small[name]:.0f} | {large[name]:.0f} | {large[name] / small[name]:.2f} |")
    return any(large[name] > GROWTH * small[name] for name in PAGES)


if __name__ == "__main__":
    sys.exit(main())
