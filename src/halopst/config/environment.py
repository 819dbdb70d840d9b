"""What a command needs before its own work: the data folder, Django, and a database that answers."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError, connection, connections

from halopst.config.embedded import Cluster, serving
from halopst.config.failures import CommandFailed

OLDEST_SERVER = 150000
PREPARING = 0x48616C6F  # "Halo": any number, so long as everybody takes the same
CONNECTS_WITHIN = 5  # seconds


def data_folder() -> Path:
    """The folder settings.VAR_DIR will name; known before Django is."""
    return Path(os.environ.get("HALOPST_VAR") or "var").resolve()


def uses_embedded_server() -> bool:
    return not os.environ.get("DATABASE_URL")


@contextmanager
def database(*, pooled: bool = False) -> Iterator[None]:
    """Django is set up and its database answers; the embedded server stays up for the length of the block.

    A pool (HALOPST_DB_POOL) is for many requests at once; a command needs one connection.
    """
    if uses_embedded_server():
        with serving(Cluster(data_folder())):
            _configure(pooled=pooled)
            try:
                yield
            finally:
                connections.close_all()
        return
    if not os.environ["DATABASE_URL"].startswith(("postgres://", "postgresql://")):
        raise CommandFailed(
            "DATABASE_URL harus menunjuk PostgreSQL, misalnya postgres://nama:sandi@server/halopst."
        )
    _configure(pooled=pooled)
    _require_answer()
    yield


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Whoever else wants to change the tables waits: two starts at once must not both migrate."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def holds_demonstration() -> bool:
    """Whether invented offices stand in this database: then all that is shown is a demonstration."""
    if not apps.is_installed("halopst.demo"):
        return False
    return bool(apps.get_model("demo", "HistoryWeek")._default_manager.exists())


def _configure(*, pooled: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halopst.config.settings")
    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise CommandFailed(
            f"Pengaturan tidak dapat dibaca ({error}): perbaiki variabel lingkungan itu; "
            "arti tiap variabel ada di docs/operations.md."
        ) from error
    except OSError as error:
        raise CommandFailed(
            f"Folder {data_folder()} tidak dapat ditulis ({error.strerror}): beri izin tulis "
            "atau pilih folder lain lewat HALOPST_VAR."
        ) from error
    if not pooled:
        connection.settings_dict["OPTIONS"].pop("pool", None)


def _require_answer() -> None:
    parameters = connection.get_connection_params()
    parameters.setdefault("connect_timeout", CONNECTS_WITHIN)
    try:
        with closing(psycopg.connect(**parameters)) as answering:
            version = answering.info.server_version
    except psycopg.Error as error:
        first_line = (str(error).splitlines() or ["tanpa pesan"])[0]
        raise CommandFailed(
            f"Server basis data {place()} tidak dapat dihubungi: {first_line}. "
            "Periksa apakah server itu hidup dan apakah DATABASE_URL benar."
        ) from error
    if version < OLDEST_SERVER:
        raise CommandFailed(
            f"Server basis data {place()} terlalu lama (versi {version // 10000}): HaloPST memerlukan "
            "PostgreSQL 15 atau lebih baru."
        )


def server_version() -> int:
    """As the server counts: 180004 is 18.4."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def place() -> str:
    """The database as an administrator knows it, without its password."""
    if uses_embedded_server():
        return f"bawaan di {data_folder()}"
    configured = settings.DATABASES["default"]
    return f"{configured['HOST'] or 'lokal'}:{configured['PORT'] or 5432}/{configured['NAME']}"


def database_refusal(error: DatabaseError) -> str | None:
    """What to tell somebody whose database failed half-way; nothing when the mistake is ours."""
    cause = error.__cause__
    first_line = (str(error).splitlines() or ["tanpa pesan"])[0]
    if isinstance(cause, psycopg.errors.DiskFull):
        return "Ruang penyimpanan basis data habis: kosongkan sebagian, lalu jalankan lagi."
    if isinstance(cause, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
        return "Tabel belum sesuai versi ini: jalankan 'halopst migrate', lalu ulangi."
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return f"Akun basis data tidak berhak ({first_line}): beri hak itu, atau pakai akun pemiliknya."
    if isinstance(error, OperationalError):
        return f"Basis data tidak menjawab: {first_line}. Periksa server basis data, lalu jalankan lagi."
    return None
