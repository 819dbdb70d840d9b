"""The allocation sheet of an office with 2,000 mitra and 20 activities: a page, one cell, a whole paste.

    python -m bench.grid [--mitra 2000] [--activities 20] [--times 30]

Pages and cells are asked for through the real stack (URL to HTML) by one warm client; a paste is 5,000 cells.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.scene import database, machine, percentile, table

PAGE_GOAL, CELL_GOAL = 0.5, 0.3


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mitra", type=int, default=2000)
    parser.add_argument("--activities", type=int, default=20)
    parser.add_argument("--times", type=int, default=30)
    return parser.parse_args()


def timed(act: Callable[[], Any], times: int) -> list[float]:
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return seconds


def filled(options: argparse.Namespace) -> tuple[Any, list[Any], list[Any]]:
    from tests.partners.offices import a_duty, a_mitra, an_office

    unit = an_office()
    duties = [
        a_duty(unit, price=10_000, name=f"Kegiatan {n}", ceiling=10**11) for n in range(options.activities)
    ]
    names = [f"Mitra {n:05d}" for n in range(options.mitra)]
    mitra = [a_mitra(unit, name, district=f"Kecamatan {n % 18}") for n, name in enumerate(names)]
    return unit, duties, mitra


def measure(options: argparse.Namespace) -> bool:
    from django.test import Client

    from halopst.partners.services.allocation import assigning
    from tests.accounts.factories import MembershipFactory
    from tests.partners.factories import NOVEMBER, NOW
    from tests.partners.offices import lead

    unit, duties, mitra = filled(options)
    every = [assigning.Cell(who.pk, duty.pk, 1 + n % 9) for who in mitra for n, duty in enumerate(duties)]
    actor = lead(unit)
    blocks = [every[start : start + 5000] for start in range(0, len(every), 5000)]
    pasted = [
        timed(lambda b=block: assigning.set_volumes(actor, unit=unit, month=NOVEMBER, cells=b, now=NOW), 1)[0]
        for block in blocks
    ]
    client = Client(SERVER_NAME="localhost")
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    sheet = f"/mitra/{unit.slug}/alokasi/?bulan=2026-11"

    def page(extra: str) -> Callable[[], Any]:
        return lambda: _ok(client.get(sheet + extra))

    turn = iter(range(10**9))

    def cell() -> None:
        who = mitra[next(turn) % len(mitra)]
        volume = 10 + next(turn) % 7
        body = {"isi": json.dumps([[who.pk, duties[0].pk, volume, 1]])}
        _ok(client.post(f"/mitra/{unit.slug}/alokasi/isi/?bulan=2026-11", body))

    first = _ok(client.get(sheet))
    pages = timed(page(""), options.times)
    last = timed(page(f"&page={options.mitra // 25}"), options.times)
    found = timed(page("&q=01999"), options.times)
    near = timed(page("&saring=dekat"), options.times)
    cells = timed(cell, options.times)
    table(
        [
            ("machine", machine()),
            ("sheet", f"{options.mitra} mitra x {options.activities} activities, {len(every)} cells"),
            ("paste of 5,000 cells p50 / slowest", f"{percentile(pasted, 0.5):.2f} s / {max(pasted):.2f} s"),
            ("first page p50 / p95", _both(pages)),
            ("last page p50 / p95", _both(last)),
            ("search p50 / p95", _both(found)),
            ("filter p50 / p95", _both(near)),
            ("one cell saved p50 / p95", _both(cells)),
            ("page size", f"{len(first.content) // 1024} kB before compression"),
        ]
    )
    return percentile(pages, 0.95) <= PAGE_GOAL and percentile(cells, 0.95) <= CELL_GOAL


def _ok(response: Any) -> Any:
    assert response.status_code in {200, 409}, response.status_code
    return response


def _both(seconds: list[float]) -> str:
    return f"{percentile(seconds, 0.5) * 1000:.0f} ms / {percentile(seconds, 0.95) * 1000:.0f} ms"


def main() -> int:
    options = arguments()
    with database():
        return 0 if measure(options) else 1


if __name__ == "__main__":
    sys.exit(main())
