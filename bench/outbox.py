"""R-17: 99 % of messages handed to the provider within 10 s, at 50 a second.

    python -m bench.outbox [--rate 50] [--seconds 60] [--latency 0.2] [--workers 1]

Real worker processes, a real SMTP server and a Cloud API on loopback that both take `--latency` seconds
to answer. Half the messages go by e-mail, half by WhatsApp. What is measured is the outbox's own record:
from the commit of the fact to the provider's acceptance.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SMTP_PORT, HTTP_PORT = 18025, 18080
RECEIVED = ROOT / "var" / "bench" / "received.txt"
PEOPLE = 100
UNIT = "3578"
PROMISE = 0.99


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("serve", nargs="?", choices=["smtp", "http"])
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def serve_smtp(latency: float) -> None:
    from aiosmtpd.smtp import SMTP

    RECEIVED.parent.mkdir(parents=True, exist_ok=True)
    book = RECEIVED.open("w")

    class Handler:
        async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
            mail = BytesHeaderParser().parsebytes(envelope.content)
            print(mail["Message-ID"], file=book, flush=True)
            await asyncio.sleep(latency)
            return "250 OK"

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Handler()), "127.0.0.1", SMTP_PORT)
        await server.serve_forever()

    asyncio.run(run())


def serve_http(latency: float) -> None:
    from tests.notifications.cloud_api import CloudApi

    CloudApi(HTTP_PORT).delay = latency
    time.sleep(3600)


def prepare() -> None:
    """A database of its own, unless DATABASE_URL names one; its contents are thrown away."""
    os.environ |= {
        "HALOPST_VAR": str(ROOT / "var" / "bench"),
        "HALOPST_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "tests.notifications.worker_settings",
        "HALOPST_SMTP_URL": f"smtp://127.0.0.1:{SMTP_PORT}/?tls=none",
        "HALOPST_WHATSAPP_BASE_URL": f"http://127.0.0.1:{HTTP_PORT}/v23.0",
        "HALOPST_WHATSAPP_PHONE_ID": "106540352242922",
        "HALOPST_WHATSAPP_TOKEN": "kunci-uji",
    }


@contextmanager
def running(*command: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT)  # noqa: S603  # our own commands
    try:
        yield
    finally:
        process.kill()
        process.wait()


def people() -> tuple[Any, list[Any]]:
    """Half have agreed to WhatsApp and want no mail, half the other way round: one message each."""
    from django.db import connection
    from django.utils import timezone

    from halopst.accounts.models import User
    from halopst.notifications.models import Contact, Delivery, Notice, Preference
    from halopst.units.models import Unit
    from tests.notifications.factories import ContactFactory, PreferenceFactory

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    Delivery.objects.all().delete()
    Notice.objects.all().delete()
    Contact.objects.all().delete()
    Preference.objects.all().delete()
    stamp = time.time_ns()
    found = []
    for number in range(PEOPLE):
        user = User.objects.create_user(f"orang{number}.{stamp}@contoh.id", name=f"Orang {number}")
        if number % 2:
            user.phone = f"62812{stamp % 10**4:04d}{number:04d}"
            user.save()
            ContactFactory(phone=user.phone, user=user, opted_in_at=timezone.now())
            PreferenceFactory(user=user, channel="email", wanted=False)
        found.append(user)
    return Unit.objects.get(code=UNIT), found


def tell(rate: int, seconds: int) -> float:
    """Commit `rate` facts a second, each with its notice, on a fixed beat."""
    from django.utils import timezone

    from halopst.notifications.services import notify, recipient_of

    unit, crowd = people()
    recipients = [recipient_of(user) for user in crowd]
    begin = time.monotonic()

    def say(number: int) -> None:
        time.sleep(max(0.0, begin + number / rate - time.monotonic()))
        notify(
            kind="tests.urgent",
            unit=unit,
            to=recipients[number % PEOPLE],
            context={"nama": "Wening"},
            about="",
            key=f"bench:{number}",
            now=timezone.now(),
        )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(say, range(rate * seconds)))
    return time.monotonic() - begin


def wait_for_the_rest(within: float = 120) -> None:
    from halopst.notifications.models import Delivery

    end = time.monotonic() + within
    while Delivery.objects.exclude(state="sent").exists() and time.monotonic() < end:
        time.sleep(0.25)


def report(options: argparse.Namespace, took: float) -> float:
    """Print the table; gives the share that was handed over within ten seconds."""
    from halopst.notifications.models import Delivery

    rows = Delivery.objects.values_list("channel", "state", "sent_at", "notice__created_at")
    states = Counter(state for _channel, state, *_times in rows)
    print(f"told in {took:.1f} s ({options.rate * options.seconds / took:.0f}/s): {dict(states)}")
    print(f"{'channel':10} {'n':>6} {'median':>8} {'p95':>8} {'p99':>8} {'max':>8} {'in 10 s':>8}")
    for channel in ("email", "whatsapp", "all"):
        waits = sorted(
            (sent - told).total_seconds()
            for name, _state, sent, told in rows
            if sent and channel in {name, "all"}
        )
        quantiles = [waits[min(int(len(waits) * q), len(waits) - 1)] for q in (0.5, 0.95, 0.99, 1)]
        expected = sum(1 for name, *_rest in rows if channel in {name, "all"})
        prompt = sum(wait <= 10 for wait in waits) / expected
        figures = " ".join(f"{value:7.2f}s" for value in quantiles)
        print(f"{channel:10} {len(waits):6} {figures} {prompt:8.2%}")
    return prompt


def main() -> None:
    options = arguments()
    if options.serve:
        {"smtp": serve_smtp, "http": serve_http}[options.serve](options.latency)
        return
    prepare()
    import django

    django.setup()
    from django.core.management import call_command

    from halopst.config.environment import database

    with database(), ExitStack() as stack:
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        for kind in ("smtp", "http"):
            stack.enter_context(running("-m", "bench.outbox", kind, "--latency", str(options.latency)))
        for _number in range(options.workers):
            stack.enter_context(running("-m", "halopst.config.cli", "worker"))
        time.sleep(4)
        took = tell(options.rate, options.seconds)
        wait_for_the_rest()
        if report(options, took) < PROMISE:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
