import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.demo import history, measuring
from halopst.demo.exam import build_exam
from halopst.demo.figures import build_figures
from halopst.demo.mitra import build_mitra_once
from halopst.demo.models import HistoryWeek
from halopst.demo.offices import Account, build_offices
from halopst.demo.questions import build_questions_once
from halopst.demo.texts import build_texts
from halopst.notifications.queries import sends_for_real

AT_ONCE = 7
"""Weeks written before the command returns: each office's newest one."""
PLACES = ("BPS Provinsi Jawa Timur", "BPS Kota Surabaya", "BPS Pusat", "")
"""Whose people the note names: the busiest desk, the office of the mitra, everyone's; a visitor has none."""
LATER = -10
"""Priority of the rest: everything a person waits for comes first."""


class Command(BaseCommand):
    help = "Membangun kantor contoh dengan orang-orang rekaan dan riwayat setahun."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="kelipatan data untuk pengukuran")
        parser.add_argument("--wait", action="store_true", help="tulis seluruh riwayat sebelum selesai")

    def handle(self, *args: Any, **options: Any) -> None:
        if sends_for_real():
            raise CommandError(
                "Peragaan tidak dibangun di sini: surel atau WhatsApp sungguhan sudah terpasang."
            )
        if not HistoryWeek.objects.exists():
            self._build()
        if options["wait"] or options["scale"] > 1:
            build_mitra_once(now=timezone.now())
            build_questions_once(now=timezone.now())
            self._write([week.pk for week in HistoryWeek.objects.filter(written_at=None).order_by("-monday")])
        if options["scale"] > 1:
            measuring.multiply(options["scale"], announce=self.stdout.write)

    def _build(self) -> None:
        password, now = secrets.token_urlsafe(9), timezone.now()
        with transaction.atomic():
            accounts = build_offices(password=password, now=now)
            history.invite_visitors()
            build_figures(now=now)
            build_texts(now=now)
            build_exam(now=now)
            weeks = history.plan(now=now)
            for name in ("write_questions", "write_mitra"):
                app.configure_task(
                    f"halopst.demo.tasks.{name}", queue=history.QUEUE, lock=history.QUEUE
                ).defer()
            for week in weeks[AT_ONCE:]:
                app.configure_task(
                    "halopst.demo.tasks.write_week", queue=history.QUEUE, lock=history.QUEUE, priority=LATER
                ).defer(week_id=week.pk)
        self._write([week.pk for week in weeks[:AT_ONCE]])
        self._note(accounts, password)

    def _write(self, week_ids: list[int]) -> None:
        for number, week_id in enumerate(week_ids, 1):
            history.write_week(week_id, now=timezone.now())
            if number % 10 == 0 or number == len(week_ids):
                self.stdout.write(f"Riwayat contoh: {number} dari {len(week_ids)} minggu tersusun.")

    def _note(self, accounts: list[Account], password: str) -> None:
        """Keep the accounts where `halopst run` prints them, readable by the installation's owner only."""
        lines = ["Akun peragaan (orang rekaan), kata sandi untuk semuanya: " + password, ""]
        for place in PLACES:
            there = [account for account in accounts if account.place == place]
            lines += [f"  {a.role:<16} {a.email:<36} {a.name:<24} {place}".rstrip() for a in there]
        path = Path(settings.VAR_DIR) / "demo-accounts.txt"
        path.touch(mode=0o600)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.stdout.write(f"Akun peragaan tercatat di {path}.")
