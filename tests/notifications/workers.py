"""Real worker processes against the test database, to be killed in the middle of things."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]


def _environment():
    database = connection.settings_dict
    host = database["OPTIONS"].get("host") or database["HOST"]
    api = settings.WHATSAPP
    return os.environ | {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "tests.notifications.worker_settings",
        "DATABASE_URL": f"postgres://{database['USER']}@/{database['NAME']}?host={host}",
        "HALOPST_SMTP_URL": settings.SMTP_URL,
        "HALOPST_SMTP_FROM": settings.MAIL_FROM,
        "HALOPST_WHATSAPP_BASE_URL": api["base_url"],
        "HALOPST_WHATSAPP_PHONE_ID": api["phone_id"],
        "HALOPST_WHATSAPP_TOKEN": api["token"],
        "HALOPST_WHATSAPP_APP_SECRET": api["app_secret"],
        "HALOPST_LOG_LEVEL": "WARNING",
    }


@contextmanager
def worker(*, concurrency=1, queue="notices"):
    """A worker of one queue; `kill()` it with signal 9, or let the block end it."""
    command = [
        sys.executable,
        *("-m", "django", "procrastinate", "worker"),
        *("--queues", queue, "--concurrency", str(concurrency), "--fetch-job-polling-interval", "0.2"),
    ]
    process = subprocess.Popen(command, env=_environment(), stdout=subprocess.DEVNULL)  # our own command
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def eventually(condition, *, within=180.0):
    """Wait for `condition`; the answer it gave last."""
    end = time.monotonic() + within
    while not (answer := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return answer
