"""`halopst audit`: whether the record is still as it was written, in the database or in a copy of it.

A copy is checked by `audit/chain.py` alone: no database is started, no setting is read.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from pathlib import Path

from halopst.audit import chain
from halopst.config.environment import database
from halopst.config.failures import CommandFailed
from halopst.config.terminal import say
from halopst.core.file_errors import reason

MOST_TOLD = 20
LINKED_WITHIN = timedelta(hours=1)
_HEAD = re.compile(r"([1-9]\d{0,17}):([0-9a-f]{64})")
_SENTENCES = {
    "unreadable": "baris ke-{} tidak seperti yang ditulis HaloPST",
    "changed": "catatan ke-{} berbeda dengan saat ditulis",
    "missing": "catatan ke-{} tidak ada",
    "outside": "{} catatan ditulis belakangan dengan waktu yang lampau",
    "head": "ujung rantai nomor {} yang dicatat dahulu tidak ada di sini",
}


def audit(file: Path | None, head: str, *, export: bool) -> None:
    noted = _noted(head)
    if file is None:
        if export:
            raise CommandFailed("Sebut berkas salinannya, misalnya 'halopst audit catatan.jsonl --export'.")
        _tell(_of_database(noted))
    elif export:
        _export(file)
    else:
        _tell(_of_copy(file, noted))


def _noted(head: str) -> tuple[int, str] | None:
    if not head:
        return None
    if not (found := _HEAD.fullmatch(head)):
        raise CommandFailed("Ujung rantai ditulis NOMOR:HASH, seperti yang dicetak 'halopst audit'.")
    return int(found[1]), found[2]


def _of_copy(file: Path, noted: tuple[int, str] | None) -> chain.Verdict:
    try:
        with file.open("rb") as lines:
            return chain.verify(chain.lines_read(lines), noted)
    except OSError as error:
        raise CommandFailed(f"Berkas {file} tidak dapat dibaca: {reason(error)}.") from error


def _of_database(noted: tuple[int, str] | None) -> chain.Verdict:
    with database():
        from django.utils import timezone  # noqa: PLC0415  # settings are there from here on

        from halopst.audit import queries, services  # noqa: PLC0415

        services.link_new()
        verdict = chain.verify(queries.linked(), noted)
        outside = queries.unlinked_before(timezone.now() - LINKED_WITHIN)
        verdict.faults += [chain.Fault("outside", outside)] if outside else []
        return verdict


def _export(file: Path) -> None:
    if file.exists():
        raise CommandFailed(f"Berkas {file} sudah ada: pilih nama lain, misalnya dengan tanggal hari ini.")
    with database():
        from halopst.audit import queries, services  # noqa: PLC0415

        services.link_new()
        count = _write(file, map(chain.line, queries.linked()))
    say(f"{count} catatan ditulis ke {file}. Periksa di mana saja dengan 'halopst audit {file}'.")


def _write(file: Path, lines: Iterable[bytes]) -> int:
    """Beside its name first: half a copy is never taken for one."""
    part = file.with_name(f"{file.name}.part")
    count = 0
    try:
        with part.open("wb") as out:
            for line in lines:
                out.write(line)
                count += 1
        part.rename(file)
    except OSError as error:
        raise CommandFailed(f"Berkas {file} tidak dapat ditulis: {reason(error)}.") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _tell(verdict: chain.Verdict) -> None:
    if not verdict.faults:
        say(f"{verdict.links} catatan, tidak ada yang berubah. Ujung rantai: {verdict.links}:{verdict.head}")
        say("Simpan ujung ini di luar mesin; --head mencocokkannya kelak.")
        return
    for fault in islice(verdict.faults, MOST_TOLD):
        say(f"  {_SENTENCES[fault.code].format(fault.number)}")
    raise CommandFailed(f"Catatan tidak utuh: {len(verdict.faults)} hal tidak cocok.")
