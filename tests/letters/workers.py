"""Real processes against the test database, to be killed in the middle of their work."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parents[2]


def worker(folder):
    """One that does the jobs."""
    return running(folder, "django", "procrastinate", "worker", "--fetch-job-polling-interval", "0.2")


@contextmanager
def running(folder, *module):
    """A process whose files are under `folder`; `kill()` it with signal 9, or let the block end it."""
    database = connection.settings_dict
    host = database["OPTIONS"].get("host") or database["HOST"]
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "tests.letters.worker_settings",
        "DATABASE_URL": f"postgres://{database['USER']}@/{database['NAME']}?host={host}",
        "HALOPST_VAR": str(folder),
        "HALOPST_LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", *module]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # our own command
    try:
        yield process
    finally:
        process.kill()
        process.wait()
