"""R-05: hostile clients cannot hide an office's day, nor touch what others hold.

    python -m bench.hold_abuse [--clients 500] [--experts 12] [--unguarded]

Every client comes from a network of its own with fresh browsers, tries each time of the day once, and then
tries to release what the others hold. Afterwards a visitor who signed in books a time as if nothing had
happened. `--unguarded` switches the trigger off first: the negative control, which must lose the day.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import random
import sys
import time
from collections import Counter
from typing import Any

from bench.scene import database, machine, table

SEATS = 32


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--experts", type=int, default=12)
    parser.add_argument("--seed", type=int, default=20_261_120)
    parser.add_argument("--unguarded", action="store_true")
    return parser.parse_args()


def attacks(times: list[Any], clients: int, chance: random.Random) -> list[dict[str, Any]]:
    """Three wishes of each client, from two browsers: one more than a client may hold."""
    from tests.scheduling.factories import NOW

    return [
        {
            "verb": "hold",
            "expert": expert.pk,
            "starts_at": start.isoformat(),
            "holder": f"peramban-{client}-{n % 2}",
            "client": f"jaringan-{client}",
            "now": NOW.isoformat(),
        }
        for client in range(clients)
        for n, (expert, start) in enumerate(chance.sample(times, 3))
    ]


def release_everything_as_a_stranger() -> int:
    """How many holds someone else managed to release: there must be none."""
    from halopst.core.errors import NotPermitted
    from halopst.scheduling import services
    from halopst.scheduling.models import Reservation
    from tests.scheduling.factories import NOW

    released = 0
    for held in Reservation.objects.filter(state="held"):
        try:
            services.release(holder="orang-lain", reservation=held, now=NOW)
            released += 1
        except NotPermitted:
            continue
    return released


def an_honest_visitor(experts: list[Any]) -> str:
    from halopst.core.actors import Actor
    from halopst.scheduling import queries, services
    from tests.scheduling.factories import MONDAY, NOW

    slots = queries.any_expert_slots(experts[0].unit, None, MONDAY, MONDAY, now=NOW)
    free = next((slot for slot in slots if slot.free), None)
    if free is None:
        return "finds no free time"
    services.hold_any(
        Actor(user_id=1),
        unit=experts[0].unit,
        field=None,
        starts_at=free.starts_at,
        holder="pengunjung-jujur",
        client="rumah",
        now=NOW,
    )
    return "books"


def measure(options: argparse.Namespace) -> bool:
    from django.db import connection

    from bench.rivals import Rivals
    from halopst.scheduling import queries
    from halopst.scheduling.models import Reservation
    from tests.scheduling.factories import MONDAY, NOW, bookable

    first = bookable()
    experts = [first, *(bookable(first.unit) for _ in range(options.experts - 1))]
    times = [(e, s.starts_at) for e in experts for s in queries.slots(e, MONDAY, MONDAY, now=NOW)]
    if options.unguarded:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE scheduling_reservation DISABLE TRIGGER guard_the_day")
    calls = attacks(times, options.clients, random.Random(options.seed))
    said: Counter[str] = Counter()
    began = time.perf_counter()
    with Rivals(4, SEATS // 4) as rivals:
        for start in range(0, len(calls), SEATS):
            said.update(outcome["said"] for outcome in rivals.race(calls[start : start + SEATS]))
    hidden = Reservation.objects.filter(state="held").count()
    per_client = Counter(Reservation.objects.filter(state="held").values_list("client", flat=True))
    foreign, honest = release_everything_as_a_stranger(), an_honest_visitor(experts)
    share = 100 * hidden / len(times)
    table(
        [
            ("machine", machine()),
            ("hostile clients, attempts", f"{options.clients}, {len(calls)}; seed {options.seed}"),
            ("answers", dict(said)),
            ("times of the day, held by strangers", f"{len(times)}, {hidden} ({share:.1f} %)"),
            ("most holds of one client", max(per_client.values(), default=0)),
            ("foreign holds released", foreign),
            ("a signed-in visitor", honest),
            ("whole run", f"{time.perf_counter() - began:.0f} s"),
        ]
    )
    return share <= 10 and max(per_client.values(), default=0) <= 2 and not foreign and honest == "books"


def main() -> int:
    options = arguments()
    with database():
        return 0 if measure(options) else 1


if __name__ == "__main__":
    sys.exit(main())
