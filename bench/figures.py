"""Questions answered from a hundred thousand cells and from a million: the time may grow at most 1.5 times.

    python -m bench.figures [--cells 1000000] [--rounds 5]

The demonstration's figures, and beside them generated indicators of all provinces until there are enough
cells. What is timed is a whole answer without a model, from the question to its sentence and sources, by the
question suite (tests/assistant/questions).
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bench.scene import database, machine, percentile, table

WITHIN, GROWTH = 0.3, 1.5
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
BATCH = 50_000
YEARS = range(2006, 2026)
TOPICS = ("Produksi", "Jumlah", "Persentase", "Rata-rata", "Luas", "Nilai", "Indeks", "Tingkat")
THINGS = ("jagung", "kedelai", "ternak", "sekolah", "puskesmas", "kendaraan", "hotel", "ekspor", "listrik")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def generated(start: int) -> Iterator[Any]:
    """Indicators of one province after another, each with twenty years of all its regions."""
    from halopst.knowledge.models import Indicator, Region
    from halopst.knowledge.rules.figures.values import Value
    from halopst.knowledge.services import cell_references
    from halopst.knowledge.services.cells import Incoming
    from halopst.units.models import Unit

    provinces = list(Unit.objects.filter(kind="provinsi").order_by("code"))
    whole = cell_references.breakdown_ids([""])[""]
    for number in range(start, 10**9):
        unit = provinces[number % len(provinces)]
        name = f"{TOPICS[number % 8]} {THINGS[number % 9]} {number}"
        indicator = Indicator.objects.create(
            unit=unit, origin="variable", external_id=f"b{number}", name=name, measure="unit"
        )
        source = cell_references.source_id(unit, name, "")
        for region in Region.objects.filter(parent_code=unit.code):
            for year in YEARS:
                value = Value(str(number % 97), Decimal(number % 97))
                yield Incoming(indicator.pk, region.pk, whole, year * 100, value, source)


def fill(wanted: int, start: int) -> float:
    """Cells a second while filling up to `wanted`."""
    from itertools import islice

    from django.db import connection

    from halopst.knowledge.models import Cell
    from halopst.knowledge.services.cells import store_cells

    missing, rows, began = wanted - Cell.objects.count(), generated(start), time.perf_counter()
    filled = 0
    while filled < missing and (batch := list(islice(rows, min(BATCH, missing - filled)))):
        store_cells(batch, now=NOW)
        filled += len(batch)
    seconds = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return filled / seconds


def answers(rounds: int) -> list[float]:
    from halopst.assistant.services.figures import answer
    from halopst.units.models import Unit
    from tests.assistant.asked import TODAY, items

    unit, seconds = Unit.objects.select_related("parent").get(code="3578"), []
    questions = [item.question for item in items() if not item.goes_on]
    for question in questions:
        answer(question, unit=unit, today=TODAY)
    for _round in range(rounds):
        for question in questions:
            began = time.perf_counter()
            answer(question, unit=unit, today=TODAY)
            seconds.append(time.perf_counter() - began)
    return seconds


def main() -> int:
    options = arguments()
    with database():
        from halopst.demo.figures import build_figures
        from halopst.knowledge.reference import load_regions
        from halopst.units.reference import load_units

        load_units()
        load_regions()
        build_figures(now=NOW)
        fill(options.cells // 10, 0)
        few = answers(options.rounds)
        speed = fill(options.cells, 1_000_000)
        many = answers(options.rounds)
    small, large = percentile(few, 0.95), percentile(many, 0.95)
    table(
        [
            ("machine", machine()),
            ("cells stored a second", f"{speed:,.0f}"),
            (
                f"answer p50 / p95, {options.cells // 10:,} cells",
                f"{percentile(few, 0.5) * 1000:.1f} / {small * 1000:.1f} ms",
            ),
            (
                f"answer p50 / p95, {options.cells:,} cells",
                f"{percentile(many, 0.5) * 1000:.1f} / {large * 1000:.1f} ms",
            ),
            ("growth of p95", f"{large / small:.2f}, at most {GROWTH}"),
        ]
    )
    return int(large > WITHIN or large > small * GROWTH)


if __name__ == "__main__":
    sys.exit(main())
