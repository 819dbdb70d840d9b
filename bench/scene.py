"""What measurements share: a throwaway database, the name of the machine, and how results are printed."""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The data is worth nothing: no measurement that uses it waits for the disk.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}


@contextmanager
def database() -> Iterator[None]:
    """An empty, migrated database in `var/bench-scene`; Django is ready inside.

    It is made anew each time, so that a constraint an earlier run dropped is there again.
    """
    from halopst.config.embedded import Cluster, enter

    cluster = Cluster(ROOT / "var" / "bench-scene", THROWAWAY)
    os.environ |= {
        "HALOPST_VAR": str(cluster.var),
        "DATABASE_URL": cluster.url,
        "HALOPST_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    lease = enter(cluster)
    try:
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        call_command("migrate", verbosity=0)
        yield
        connection.close()
    finally:
        lease.leave()


def machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of the sorted values stay under."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def table(rows: list[tuple[str, object]]) -> None:
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:<{width}}  {value}")
