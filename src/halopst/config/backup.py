"""`halopst backup`: the database and every stored file in one archive.

The archive is a ZIP: `manifest.json`, `database.dump` (pg_dump's custom format), `files/<storage>/<name>` and
the installation's own `secret_key`, without which links already sent by mail would stop working.
The database is dumped before the files are copied. A file is written before the row that names it, so every
row in the archive finds its file there.
"""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from halopst.config.environment import data_folder, database
from halopst.config.failures import CommandFailed
from halopst.config.postgres_tools import address, tool
from halopst.config.terminal import say

FORMAT = 1
MANIFEST, DUMP, SECRET, FILES = "manifest.json", "database.dump", "secret_key", "files"
CHUNK = 1024 * 1024


def backup(file: Path) -> None:
    """Write the archive beside its name, then move it there: half of one is never taken for a backup."""
    if file.exists():
        raise CommandFailed(f"Berkas {file} sudah ada: pilih nama lain, misalnya dengan tanggal hari ini.")
    with database():
        part = file.with_name(f"{file.name}.part")
        try:
            written = _write(part)
            part.replace(file)
        except PermissionError as error:
            raise CommandFailed(f"Berkas {file} tidak dapat ditulis: pilih folder lain.") from error
        except FileNotFoundError as error:
            raise CommandFailed(f"Folder {file.parent} tidak ada: buat folder itu dahulu.") from error
        finally:
            part.unlink(missing_ok=True)
    say(f"Cadangan tersimpan di {file} ({written} berkas unggahan, {file.stat().st_size / 2**20:.1f} MB).")


def _write(part: Path) -> int:
    """Gives the number of stored files. Only the owner may read it: it holds everybody's data."""
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        with ZipFile(target, "w") as archive:
            archive.writestr(MANIFEST, json.dumps(_manifest(), indent=2))
            _dump(archive)
            written = sum(_copy(archive, alias, name) for alias, name in stored_files())
            secret = data_folder() / SECRET
            if secret.exists():
                archive.write(secret, SECRET)
        target.flush()
        os.fsync(target.fileno())
    return written


def _manifest() -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": version("halopst"),
        "created": datetime.now(UTC).isoformat(),
        "migrations": [f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()],
    }


def _dump(archive: ZipFile) -> None:
    arguments = ("--format=custom", "--no-owner", "--no-acl", "--schema=public", f"--dbname={address()}")
    with tool("pg_dump", *arguments) as process, archive.open(DUMP, "w", force_zip64=True) as entry:
        assert process.stdout is not None  # noqa: S101 - the tool writes to a pipe
        shutil.copyfileobj(process.stdout, entry, CHUNK)


def _copy(archive: ZipFile, alias: str, name: str) -> int:
    """1 when copied, 0 when the file went away meanwhile: the row that named it is going, too."""
    try:
        source = storages[alias].open(name)
    except FileNotFoundError:
        return 0
    with source, archive.open(f"{FILES}/{alias}/{name}", "w", force_zip64=True) as entry:
        shutil.copyfileobj(source, entry, CHUNK)
    return 1


def stored_files() -> Iterator[tuple[str, str]]:
    """Every file of every storage but the static one, as (storage, name)."""
    for alias in sorted(set(settings.STORAGES) - {"staticfiles"}):
        for name in _names(storages[alias], ""):
            yield alias, name


def _names(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from _names(storage, f"{prefix}{name}")
