"""How long a visitor waits for the times on offer and for the right expert, at 1x and at 100x the data.

    python -m bench.times [--offices 100] [--calls 200]

One office of twenty experts with a year of bookings, then the same beside `--offices` such offices (and,
for the search, an office of 300 experts). Measured in the process, database included, page not.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.scene import database, machine, percentile

LIMIT = 0.050
EXPERTS = 20
STARTS = ((8, 0), (9, 30), (13, 0))
PAST, AHEAD = 365, 30


def book_a_year(experts: list[Any]) -> int:
    """Three meetings on each working day of the past year, and two on each of the next month."""
    from psycopg.types.range import TimestamptzRange

    from halopst.scheduling.models import Reservation
    from tests.scheduling.factories import MONDAY, TEN

    rows = []
    for expert in experts:
        for n in range(-PAST, AHEAD):
            if (MONDAY + timedelta(days=n)).weekday() >= 5:
                continue
            for hour, minute in STARTS[: 3 if n < 0 else 2]:
                start = TEN.replace(hour=hour - 7, minute=minute) + timedelta(days=n)
                end = start + timedelta(minutes=45)
                rows.append(
                    Reservation(
                        unit_id=expert.unit_id,
                        expert=expert,
                        day=MONDAY + timedelta(days=n),
                        starts_at=start,
                        ends_at=end,
                        blocked=TimestamptzRange(start, end),
                        state="confirmed",
                    )
                )
    Reservation.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def an_office(experts: int) -> list[Any]:
    from halopst.scheduling import services
    from halopst.scheduling.models import Field
    from halopst.scheduling.reference import FIELDS
    from tests.scheduling.factories import bookable
    from tests.units.factories import UnitFactory

    unit = UnitFactory()
    services.open_scheduling([unit], fields=FIELDS)
    made = [bookable(unit) for _ in range(experts)]
    fields = list(Field.objects.filter(unit=unit))
    for n, expert in enumerate(made):
        expert.fields.set([fields[n % 12], fields[(n + 5) % 12]])
    return made


def questions(experts: list[Any], crowd: list[Any]) -> dict[str, Callable[[], Any]]:
    from halopst.scheduling import queries
    from tests.scheduling.factories import MONDAY, NOW, TEN

    unit, one, last = experts[0].unit, experts[0], MONDAY + timedelta(days=13)
    return {
        "two weeks of one expert": lambda: queries.slots(one, MONDAY, last, now=NOW),
        "two weeks of anyone, 20 experts": lambda: queries.any_expert_slots(
            unit, None, MONDAY, last, now=NOW
        ),
        "day picker of anyone": lambda: queries.day_summary(unit, MONDAY, last, now=NOW),
        "three nearest times": lambda: queries.nearest(one, TEN, now=NOW),
        "first free time of 20 experts": lambda: queries.first_free(experts, now=NOW),
        "search among 20 experts": lambda: queries.search_experts(unit, "pak kemsikinan"),
        "search among 300 experts": lambda: queries.search_experts(crowd[0].unit, "pak kemsikinan"),
    }


def clock(ask: Callable[[], Any], calls: int) -> list[float]:
    seconds = []
    for _ in range(calls):
        began = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - began)
    return seconds


def measure(options: argparse.Namespace) -> bool:
    from django.db import connection

    from halopst.scheduling.models import Reservation

    experts, crowd = an_office(EXPERTS), an_office(300)
    with connection.cursor() as cursor:
        # History is poured in unchecked: it is the reading that is measured.
        cursor.execute("ALTER TABLE scheduling_reservation DISABLE TRIGGER guard_the_day")
    book_a_year(experts)
    asked = questions(experts, crowd)
    print(f"{machine()}; {options.calls} calls each, milliseconds\n")
    print(f"{'':<34}{'1x p50':>8}{'p95':>8}{options.offices:>7}x p50{'p95':>8}")
    small = {name: clock(ask, options.calls) for name, ask in asked.items()}
    rows = Reservation.objects.count()
    for _ in range(options.offices - 1):
        book_a_year(an_office(EXPERTS))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE scheduling_reservation ENABLE TRIGGER guard_the_day")
        cursor.execute("ANALYZE")
    kept = True
    for name, ask in asked.items():
        large = clock(ask, options.calls)
        figures = [percentile(s, share) * 1000 for s in (small[name], large) for share in (0.5, 0.95)]
        print(f"{name:<34}{figures[0]:>8.1f}{figures[1]:>8.1f}{figures[2]:>12.1f}{figures[3]:>8.1f}")
        kept = kept and figures[3] < LIMIT * 1000
    print(f"\nbookings: {rows} at 1x, {Reservation.objects.count()} at {options.offices}x; limit p95 50 ms")
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--offices", type=int, default=100)
    parser.add_argument("--calls", type=int, default=200)
    options = parser.parse_args()
    with database():
        return 0 if measure(options) else 1


if __name__ == "__main__":
    sys.exit(main())
