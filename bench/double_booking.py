"""R-01: many visitors want one time at the same moment; exactly one gets it, the rest hear of others.

    python -m bench.double_booking [--rounds 1000] [--visitors 200] [--processes 4] [--unguarded]

Each round: `--visitors` threads in `--processes` processes hold the same free time of the same expert.
`--unguarded` takes the exclusion constraint and the day's lock away first: the negative control, which must
book double.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import sys
import time
from collections import Counter
from typing import Any

from bench.scene import database, machine, percentile, table

POOL = 12


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--visitors", type=int, default=200)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--unguarded", action="store_true")
    return parser.parse_args()


def wishes(expert: Any, start: Any, visitors: int) -> list[dict[str, Any]]:
    from tests.scheduling.factories import NOW

    return [
        {
            "verb": "hold",
            "expert": expert.pk,
            "starts_at": start.isoformat(),
            "holder": f"peramban-{n}",
            "client": f"jaringan-{n}",
            "now": NOW.isoformat(),
        }
        for n in range(visitors)
    ]


def drop_the_guard() -> None:
    from django.db import connection

    from halopst.scheduling.models import Reservation

    guard = next(c for c in Reservation._meta.constraints if c.name == "one_visitor_per_expert_at_a_time")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Reservation, guard)
        editor.execute(f"ALTER TABLE {Reservation._meta.db_table} DISABLE TRIGGER USER")


def measure(options: argparse.Namespace) -> bool:
    from bench.rivals import Rivals
    from halopst.scheduling import queries
    from halopst.scheduling.models import Reservation
    from tests.scheduling.factories import MONDAY, NOW, bookable

    expert = bookable()
    starts = [slot.starts_at for slot in queries.slots(expert, MONDAY, MONDAY, now=NOW)]
    if options.unguarded:
        drop_the_guard()
    said: Counter[str] = Counter()
    not_one, no_alternative, seconds = 0, 0, []
    began = time.perf_counter()
    with Rivals(options.processes, -(-options.visitors // options.processes), pool=POOL) as rivals:
        for number in range(options.rounds):
            outcomes = rivals.race(wishes(expert, starts[number % len(starts)], options.visitors))
            said.update(outcome["said"] for outcome in outcomes)
            booked = Reservation.objects.exclude(state="released").count()
            not_one += booked != 1 or sum(o["said"] == "ok" for o in outcomes) != 1
            no_alternative += sum(o["said"] == "slot-taken" and not o["alternatives"] for o in outcomes)
            seconds += [outcome["seconds"] for outcome in outcomes]
            Reservation.objects.all().delete()
    table(
        [
            ("machine", machine()),
            ("rounds x visitors", f"{options.rounds} x {options.visitors}, {options.processes} processes"),
            ("answers", dict(said)),
            ("rounds without exactly one booking", not_one),
            ("refusals without an alternative", no_alternative),
            ("answer p50 / p95", f"{percentile(seconds, 0.5):.2f} s / {percentile(seconds, 0.95):.2f} s"),
            ("whole run", f"{time.perf_counter() - began:.0f} s"),
        ]
    )
    return not_one == no_alternative == 0 and set(said) <= {"ok", "slot-taken"}


def main() -> int:
    options = arguments()
    with database():
        return 0 if measure(options) else 1


if __name__ == "__main__":
    sys.exit(main())
