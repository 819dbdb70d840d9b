"""Ten thousand questions that want a remedy, gathered with those alike: the last thousand beside the first.

    python -m bench.learning [--questions 10000]

Questions are made of things no table holds, of regions and years, each asked in several ways at one office,
so that there are thousands of groups.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice, product

from bench.scene import database, machine, table

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PORTION, GROWTH = 1000, 1.5
WAYS = ("Berapa {} {} tahun {}?", "{} {} {}", "tolong data {} di {} tahun {} dong", "saya cari {} {} {}")
THINGS = ("produksi", "harga", "jumlah", "luas", "sebaran", "nilai", "volume", "rata-rata")
GOODS = (
    "jagung", "kedelai", "cabai", "bawang", "tomat", "kopi", "kakao", "tebu", "garam", "rumput laut",
    "bandeng", "udang", "sapi", "kambing", "ayam", "telur", "susu", "batik", "sepatu", "mebel", "semen",
    "pupuk", "solar", "listrik", "air", "sampah", "taman", "jembatan", "terminal", "pelabuhan", "bandara",
    "hotel", "restoran", "sekolah", "perpustakaan", "puskesmas", "posyandu", "koperasi", "bank", "parkir",
    "museum", "stadion",
)  # fmt: skip
PLACES = ("Surabaya", "Malang", "Sampang", "Jember", "Gresik")
YEARS = range(2015, 2026)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=10_000)
    return parser.parse_args()


def questions() -> Iterator[str]:
    """So many things, goods, places and years once, then all again in other words."""
    asked = list(product(YEARS, GOODS, THINGS, PLACES))
    for way in cycle(WAYS):
        for year, good, thing, place in asked[::8]:
            yield way.format(f"{thing} {good}", place, year)


def ask_in_vain(wanted: int) -> None:
    """Turns as `say` stores them, without the answering, which is timed elsewhere."""
    from halopst.assistant.models import Conversation, Turn
    from halopst.units.models import Unit

    unit = Unit.objects.get(code="3500")
    made = Conversation.objects.bulk_create(
        [Conversation(unit=unit, kept=True, last_at=NOW) for _ in range(wanted)]
    )
    answer = {"text": "", "citations": [], "suggestions": [], "follow": ""}
    Turn.objects.bulk_create(
        [
            Turn(
                conversation=conversation,
                question=text,
                answer=answer,
                known=False,
                outcome=Turn.Outcome.UNKNOWN,
                asked_at=NOW,
                milliseconds=1,
            )
            for conversation, text in zip(made, islice(questions(), wanted), strict=True)
        ]
    )


def gathered(wanted: int) -> list[float]:
    """Seconds for each thousand."""
    from halopst.assistant.services import gather

    seconds = []
    for _ in range(wanted // PORTION):
        began, done = time.perf_counter(), 0
        while done < PORTION and (more := gather(most=min(200, PORTION - done))):
            done += more
        seconds.append(time.perf_counter() - began)
    return seconds


def shown() -> float:
    """Milliseconds of the queue's first page."""
    from halopst.assistant.queries import groups as queries
    from halopst.assistant.queries.groups import Choice
    from halopst.units.models import Unit

    unit = Unit.objects.get(code="3500")
    began = time.perf_counter()
    rows = queries.groups(unit, Choice(), state="open", now=NOW)
    list(rows[:25])
    rows.count()
    return 1000 * (time.perf_counter() - began)


def main() -> int:
    given = arguments()
    with database():
        from halopst.assistant.models import QuestionGroup
        from halopst.demo.figures import build_figures
        from halopst.knowledge.reference import load_regions
        from halopst.units.reference import load_units

        load_units()
        load_regions()
        build_figures(now=NOW)
        ask_in_vain(given.questions)
        seconds = gathered(given.questions)
        groups, page = QuestionGroup.objects.count(), min(shown() for _ in range(5))
    first, last = 1000 * seconds[0] / PORTION, 1000 * seconds[-1] / PORTION
    table(
        [
            ("machine", machine()),
            ("questions, groups", f"{given.questions:,}, {groups:,}"),
            ("a question, first thousand", f"{first:.1f} ms"),
            ("a question, last thousand", f"{last:.1f} ms"),
            ("growth", f"{last / first:.2f}, at most {GROWTH}"),
            ("the queue's first page", f"{page:.0f} ms"),
        ]
    )
    return int(last > first * GROWTH)


if __name__ == "__main__":
    sys.exit(main())
