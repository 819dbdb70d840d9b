"""The tables, made once for all databases of the tests: migrating takes twenty seconds, copying one.

The template stays in the cluster of the tests, under a name made of all migrations.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "halopst_template_"


def template() -> str:
    """The name of a database with all tables; nobody is connected to it. Made by whoever needs it first."""
    name = f"{PREFIX}{fingerprint()}"
    with (Path(os.environ["HALOPST_VAR"]) / "template.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with psycopg.connect(_url("postgres"), autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                _make(server, name)
    return name


def _make(server: psycopg.Connection, name: str) -> None:
    """Under its name only when it is whole, so that a killed run leaves none that is not."""
    old = server.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
    ).fetchall()
    for (gone,) in old:
        server.execute(f'DROP DATABASE "{gone}"')
    server.execute(f'CREATE DATABASE "{name}_unfinished"')
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": _url(f"{name}_unfinished"),
            "DJANGO_SETTINGS_MODULE": "halopst.config.settings",
        },
        check=True,
    )
    server.execute(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')


def fingerprint() -> str:
    """Of our migrations and of the versions of all packages, which bring migrations of their own."""
    found = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted((ROOT / "src").glob("halopst/*/migrations/*.py")):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _url(database: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))
