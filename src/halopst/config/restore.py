"""`halopst restore`: put an archive of `halopst backup` back, whole or not at all.

Files that are missing are added first, the database is replaced in one transaction, and only then are files
of the same name replaced and strangers removed. A restore that fails before the transaction commits leaves
the old data; one that is cut off after it is finished by running it again.
"""

import json
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from subprocess import PIPE
from tempfile import TemporaryFile
from typing import IO
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from halopst.config.actions import migrate_quietly
from halopst.config.backup import CHUNK, DUMP, FILES, FORMAT, MANIFEST, SECRET, stored_files
from halopst.config.environment import data_folder, database, one_at_a_time, place, server_version
from halopst.config.failures import CommandFailed
from halopst.config.postgres_tools import address, tool
from halopst.config.terminal import say

KNOWS_TRANSACTION_TIMEOUT = 170000  # the first server version that understands what newer pg_restores say
TRANSACTION_TIMEOUT = b"SET transaction_timeout = 0;\n"

OPENING = b"""BEGIN;
SET LOCAL lock_timeout = '10s';
SET client_min_messages = warning;
DROP SCHEMA public CASCADE;
"""


def restore(file: Path, *, replace: bool) -> None:
    """Refuses a damaged or newer archive, a database in use, and, unless `replace`, one that is not empty."""
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        with database():
            _require_known(manifest)
            _require_alone()
            if not replace:
                _require_empty()
            connections.close_all()
            _replace_everything(archive)
            with one_at_a_time():
                migrate_quietly()
    say(f"Data dari {file} (dibuat {manifest.created[:16].replace('T', ' ')} UTC) sudah dipulihkan.")


@contextmanager
def _opened(file: Path) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(file)
    except FileNotFoundError as error:
        raise CommandFailed(f"Berkas {file} tidak ada: periksa nama berkas cadangannya.") from error
    except PermissionError as error:
        raise CommandFailed(f"Berkas {file} tidak boleh dibaca: jalankan sebagai pemiliknya.") from error
    except (BadZipFile, IsADirectoryError) as error:
        raise CommandFailed(f"Berkas {file} bukan cadangan HaloPST: pakai cadangan lain.") from error
    with archive:
        _require_sound(archive, file)
        yield archive


def _require_sound(archive: ZipFile, file: Path) -> None:
    """Read every byte once and compare it with its checksum, before anything is touched."""
    try:
        damaged = archive.testzip()
    except (BadZipFile, zlib.error):
        damaged = file.name
    if damaged is not None:
        raise CommandFailed(f"Cadangan {file} rusak (di {damaged}): pakai cadangan lain.")


@dataclass(frozen=True)
class Manifest:
    version: str
    created: str
    migrations: frozenset[str]


def _manifest(archive: ZipFile, file: Path) -> Manifest:
    """Refuses what is not ours, and a name that would be written outside its storage."""
    try:
        given = json.loads(archive.read(MANIFEST))
        manifest = Manifest(given["version"], given["created"], frozenset(given["migrations"]))
        newer = given["format"] > FORMAT
        names = [PurePosixPath(name).parts for name in archive.namelist()]
    except (KeyError, TypeError, ValueError) as error:
        raise CommandFailed(f"Berkas {file} bukan cadangan HaloPST: pakai cadangan lain.") from error
    if newer:
        raise CommandFailed(f"Cadangan {file} dibuat versi HaloPST yang lebih baru: perbarui HaloPST dahulu.")
    if (DUMP,) not in names or any(".." in parts for parts in names):
        raise CommandFailed(f"Berkas {file} bukan cadangan HaloPST: pakai cadangan lain.")
    return manifest


def _require_known(manifest: Manifest) -> None:
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if not manifest.migrations <= ours:
        raise CommandFailed(
            f"Cadangan ini dibuat HaloPST {manifest.version} yang lebih baru: perbarui HaloPST dahulu."
        )


def _require_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        others = cursor.fetchone()[0]
    if others:
        raise CommandFailed(
            f"Basis data {place()} masih dipakai ({others} sambungan): hentikan HaloPST, lalu jalankan lagi."
        )


def _require_empty() -> None:
    if connection.introspection.table_names():
        raise CommandFailed(
            f"Basis data {place()} sudah berisi: tambahkan --ganti bila data itu memang harus diganti "
            "(buat cadangannya dahulu dengan 'halopst backup')."
        )


def _replace_everything(archive: ZipFile) -> None:
    wanted = dict(_wanted(archive))
    added: list[tuple[str, str]] = []
    try:
        for target, entry in wanted.items():
            if not storages[target[0]].exists(target[1]):
                added.append(target)
                _store(archive, target, entry)
        _replace_database(archive)
    except BaseException:
        _remove(added)
        raise
    _remove([found for found in stored_files() if found not in wanted])
    for target in set(wanted) - set(added):
        _remove([target])
        _store(archive, target, wanted[target])
    _replace_secret(archive)


def _wanted(archive: ZipFile) -> Iterator[tuple[tuple[str, str], str]]:
    """((storage, name), entry in the archive) of every stored file."""
    for entry in archive.namelist():
        if entry.startswith(f"{FILES}/"):
            _, alias, name = entry.split("/", 2)
            yield (alias if alias in settings.STORAGES else "default", name), entry


def _store(archive: ZipFile, target: tuple[str, str], entry: str) -> None:
    alias, name = target
    with archive.open(entry) as content:
        storages[alias].save(name, File(content, name=name))


def _remove(targets: list[tuple[str, str]]) -> None:
    for alias, name in targets:
        storages[alias].delete(name)


def _replace_secret(archive: ZipFile) -> None:
    if SECRET in archive.namelist():
        path = data_folder() / SECRET
        path.write_bytes(archive.read(SECRET))
        path.chmod(0o600)


def _replace_database(archive: ZipFile) -> None:
    """One transaction: without the closing COMMIT, whatever breaks, the server forgets it all."""
    old_server = server_version() < KNOWS_TRANSACTION_TIMEOUT
    connections.close_all()
    with TemporaryFile() as dump:
        with archive.open(DUMP) as entry:
            shutil.copyfileobj(entry, dump, CHUNK)
        dump.seek(0)
        quiet = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
        with tool("psql", *quiet, f"--dbname={address()}", stdin=PIPE) as psql:
            statements = _pipe(psql.stdin)
            statements.write(OPENING)
            with tool("pg_restore", "--no-owner", "--no-acl", "--file=-", stdin=dump) as script:
                _pour(_pipe(script.stdout), statements, old_server=old_server)
            statements.write(b"COMMIT;\n")


def _pour(script: IO[bytes], statements: IO[bytes], *, old_server: bool) -> None:
    for line in script:
        if not (old_server and line == TRANSACTION_TIMEOUT):
            statements.write(line)


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise ValueError("the tool was started without this pipe")
    return end
