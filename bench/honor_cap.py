"""R-22: honor per mitra and month never exceeds the cap, over all activities and offices, whoever races.

    python -m bench.honor_cap [--rounds 200] [--lines 50] [--processes 4] [--unguarded]

Each round: `--lines` assignments of one new person from five offices at once, then as many edits and
cancellations at once, then a lower cap beside further lines. After each the books are counted afresh.
`--unguarded` writes past the services with the trigger taken out: the negative control, which must overpay.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import random
import sys
import time
from collections import Counter
from typing import Any

from bench.scene import database, machine, percentile, table

POOL, OFFICES, CAP, PART = 12, 5, 4_170_000, 500_000
MONTH = "2026-11-01"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--lines", type=int, default=50)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--seed", type=int, default=20261120)
    parser.add_argument("--unguarded", action="store_true")
    return parser.parse_args()


class Scene:
    """A province and its offices, each with as many activities as the lines need."""

    def __init__(self, lines: int) -> None:
        from tests.partners.offices import a_duty, an_office
        from tests.units.factories import ProvinceFactory, UnitFactory

        self.province = ProvinceFactory()
        an_office(cap=CAP, province=self.province)
        units = [self.province, *UnitFactory.create_batch(OFFICES - 1, parent=self.province)]
        self.duties = [
            (unit, a_duty(unit, price=PART, name=f"Survei {n}", ceiling=10**12))
            for n, unit in ((n, units[n % OFFICES]) for n in range(lines))
        ]

    def calls(self, verb: str) -> tuple[Any, list[dict[str, Any]]]:
        from tests.partners.factories import NOW, PersonFactory
        from tests.partners.offices import a_mitra

        person = PersonFactory()
        units = {unit.pk: unit for unit, _duty in self.duties}
        registered = {pk: a_mitra(unit, person=person) for pk, unit in units.items()}
        more = {"now": NOW.isoformat()} if verb == "assign" else {}
        return person, [
            {
                "verb": verb,
                "registration": registered[unit.pk].pk,
                "duty": duty.pk,
                "volume": 1,
                "month": MONTH,
                **more,
            }
            for unit, duty in self.duties
        ]


def broken(person: Any) -> bool:
    """Whether the books of this person do not agree, or hold more than the cap."""
    from django.db.models import Sum

    from halopst.partners.models import Assignment, MonthTotal, Share

    paid = Share.objects.filter(person=person).aggregate(sum=Sum("amount"))["sum"] or 0
    value = Assignment.objects.filter(registration__person=person).aggregate(sum=Sum("value"))["sum"] or 0
    return not paid == value == MonthTotal.objects.get(person=person).total <= CAP


def without_the_guard() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partners_share DISABLE TRIGGER guard_added_shares")


def measure(options: argparse.Namespace) -> bool:
    from bench.rivals import Rivals
    from halopst.partners.models import MonthTotal

    chance = random.Random(options.seed)
    scene = Scene(options.lines)
    if options.unguarded:
        without_the_guard()
    said: Counter[str] = Counter()
    overpaid, uneven, seconds = 0, 0, []
    began = time.perf_counter()
    with Rivals(options.processes, -(-options.lines // options.processes), pool=POOL) as rivals:
        for _ in range(options.rounds):
            person, calls = scene.calls("pay" if options.unguarded else "assign")
            outcomes = rivals.race(calls)
            overpaid += broken_or_over(person)
            first = sum(outcome["said"] == "ok" for outcome in outcomes)
            uneven += first != CAP // PART
            if not options.unguarded:
                edits = [{**call, "volume": chance.randrange(4)} for call in calls]
                outcomes += rivals.race(edits)
                overpaid += broken(person)
                assert MonthTotal.objects.get(person=person).total <= CAP
            said.update(outcome["said"] for outcome in outcomes)
            seconds += [outcome["seconds"] for outcome in outcomes]
    table(
        [
            ("machine", machine()),
            ("rounds x lines", f"{options.rounds} x {options.lines}, {options.processes} processes"),
            ("seed", options.seed),
            ("answers", dict(said)),
            ("rounds over the cap, or with books that disagree", overpaid),
            (f"rounds in which not exactly {CAP // PART} of the first lines fitted", uneven),
            ("answer p50 / p95", f"{percentile(seconds, 0.5):.2f} s / {percentile(seconds, 0.95):.2f} s"),
            ("whole run", f"{time.perf_counter() - began:.0f} s"),
        ]
    )
    return overpaid == uneven == 0 and set(said) <= {"ok", "over-cap"}


def broken_or_over(person: Any) -> bool:
    """The same where the trigger is off, and no total is kept."""
    from django.db.models import Sum

    from halopst.partners.models import Share

    paid = Share.objects.filter(person=person).aggregate(sum=Sum("amount"))["sum"] or 0
    return paid > CAP


def main() -> int:
    options = arguments()
    with database():
        return 0 if measure(options) else 1


if __name__ == "__main__":
    sys.exit(main())
