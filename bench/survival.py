"""R-13: messages survive kill -9: 0 lost, duplicates only where a worker died between acceptance and record.

    python -m bench.survival [--messages 10000] [--workers 2]

A worker is killed, at whatever step it is, each time another fortieth of the messages is through. The SMTP
server is a process of its own and writes down every Message-ID it accepts.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import subprocess
import sys
import time
from collections import Counter

from bench.outbox import RECEIVED, ROOT, prepare, running

PATIENCE = 1800
KILLS = 40


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args()


def tell(messages: int) -> None:
    from django.utils import timezone

    from bench.outbox import people
    from halopst.notifications.services import notify, recipient_of

    unit, crowd = people()
    recipients = [recipient_of(user) for user in crowd[::2]]
    for number in range(messages):
        notify(
            kind="tests.urgent",
            unit=unit,
            to=recipients[number % len(recipients)],
            context={"nama": "Wening"},
            about="",
            key=f"survival:{number}",
            now=timezone.now(),
        )


def start() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "halopst.config.cli", "worker"], cwd=ROOT)


def kill_until_through(messages: int, workers: int) -> tuple[int, int]:
    """Kill one worker after another while messages wait; gives the deaths and the outcomes left unknown."""
    from halopst.notifications.models import Delivery

    crew = [start() for _number in range(workers)]
    deaths, next_death = 0, messages // KILLS
    end = time.monotonic() + PATIENCE
    try:
        while Delivery.objects.filter(state__in=["queued", "sending"]).exists() and time.monotonic() < end:
            time.sleep(0.2)
            if Delivery.objects.filter(state="sent").count() >= next_death:
                victim = crew.pop(0)
                victim.kill()
                victim.wait()
                crew.append(start())
                deaths, next_death = deaths + 1, next_death + messages // KILLS
        return deaths, Delivery.objects.filter(unknowns__gt=0).count()
    finally:
        for worker in crew:
            worker.kill()
            worker.wait()


def main() -> None:
    options = arguments()
    prepare()
    from django.core.management import call_command

    from halopst.config.environment import database

    with database(), running("-m", "bench.outbox", "smtp", "--latency", "0.02"):
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        tell(options.messages)
        deaths, unknown = kill_until_through(options.messages, options.workers)
        from halopst.notifications.models import Delivery

        accepted = Counter(RECEIVED.read_text().split())
        lost = options.messages - len(accepted)
        twice = sum(count - 1 for count in accepted.values())
        states = Counter(Delivery.objects.values_list("state", flat=True))
        print(f"{'messages':>10} {'deaths':>8} {'lost':>6} {'unknown outcomes':>18} {'sent twice':>12}")
        print(f"{options.messages:10} {deaths:8} {lost:6} {unknown:18} {twice:12}   {dict(states)}")
        if lost or twice > unknown:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
