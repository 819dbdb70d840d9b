"""An event is on every open page within a second: from its announcement to each page that listens.

    python -m bench.live [--pages 50] [--events 200] [--pause 0.05]

The real web server answers on loopback; a page is a stream of its `/langsung/`, read by a thread of its own.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import json
import sys
import threading
import time

import httpx

from bench.scene import database, machine, percentile, table

LIMIT = 1.0
TOPIC = "ukuran:1"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds between two events")
    return parser.parse_args()


def listen(address: str, events: int, ready: threading.Barrier, waited: list[float]) -> None:
    """Read one page's stream until it told every event; adds the seconds each was under way."""
    params = {"topik": TOPIC, "tiket": "-"}
    with httpx.stream(
        "GET", f"{address}/langsung/", params=params, headers={"Host": "localhost"}, timeout=60
    ) as page:
        lines = page.iter_lines()
        next(lines)
        ready.wait()
        seen = 0
        while seen < events:
            if (line := next(lines)).startswith("data: "):
                waited.append(time.monotonic() - json.loads(line.removeprefix("data: "))["data"]["at"])
                seen += 1


def measure(address: str, asked: argparse.Namespace) -> list[float]:
    from halopst.core.live import announce

    waited: list[float] = []
    ready = threading.Barrier(asked.pages + 1)
    pages = [
        threading.Thread(target=listen, args=(address, asked.events, ready, waited))
        for _ in range(asked.pages)
    ]
    for page in pages:
        page.start()
    ready.wait()
    time.sleep(1)  # every page hears from now on
    for _ in range(asked.events):
        announce(TOPIC, "ukuran", {"at": time.monotonic()})
        time.sleep(asked.pause)
    for page in pages:
        page.join()
    return waited


def main() -> int:
    asked = arguments()
    with database():
        from halopst.core import live
        from tests.serving import serving

        live.topic("ukuran")(lambda _actor, _key, _token: True)
        with serving() as address:
            waited = measure(address, asked)
    slow = percentile(waited, 0.95)
    table(
        [
            ("machine", machine()),
            ("events x pages", f"{asked.events} x {asked.pages}, {len(waited)} told"),
            (
                "p50, p95, slowest",
                f"{percentile(waited, 0.5) * 1e3:.0f}, {slow * 1e3:.0f}, {max(waited) * 1e3:.0f} ms",
            ),
        ]
    )
    return int(slow > LIMIT or len(waited) < asked.events * asked.pages)


if __name__ == "__main__":
    sys.exit(main())
