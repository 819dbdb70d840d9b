"""pg_dump, pg_restore and psql of the bundled PostgreSQL, pointed at the configured database."""

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO

from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from halopst.config.embedded.cluster import binary
from halopst.config.failures import CommandFailed

KEYWORDS = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - {"password"}

Tool = subprocess.Popen[bytes]


@contextmanager
def tool(program: str, *arguments: str, stdin: int | IO[bytes] = subprocess.DEVNULL) -> Iterator[Tool]:
    """Run a program for the length of a block, its output in a pipe. Refuses when it ends badly."""
    with TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603 - our own binary
            [str(binary(program)), *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=_environment(),
        )
        try:
            yield process
        except BaseException as error:
            gave_up_reading = isinstance(error, BrokenPipeError) and process.stdin is not None
            if not gave_up_reading:  # otherwise its exit code and its complaint say why
                process.kill()
                raise
        finally:
            _end(process)
        if process.returncode != 0:
            complaints.seek(0)
            raise CommandFailed(f"{program} gagal: {_reason(complaints.read())}")


def console(words: Sequence[str]) -> None:
    """Bring psql to this terminal, until who sits there leaves it; Ctrl-C is for psql alone."""
    program = binary("psql")
    if not program.is_file():
        raise CommandFailed(
            f"psql tidak ada di {program.parent}: pasang ulang HaloPST, atau pasang psql (di Debian: "
            f'postgresql-client), lalu jalankan: psql "{address()}"'
        )
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        command = [str(program), f"--dbname={address()}", *words]
        ended = subprocess.run(command, env=_environment(), check=False)  # noqa: S603 - our own binary
    finally:
        signal.signal(signal.SIGINT, before)
    if ended.returncode:
        raise CommandFailed(f"psql berhenti dengan kode {ended.returncode}.")


def _end(process: Tool) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    process.wait()


def address() -> str:
    """The database for a command line, which every user of the machine can read: without the password."""
    parameters = connection.get_connection_params()
    return make_conninfo(**{name: str(value) for name, value in parameters.items() if name in KEYWORDS})


def _environment() -> dict[str, str]:
    password = connection.get_connection_params().get("password")
    return {**os.environ, "LC_ALL": "C.UTF-8"} | ({"PGPASSWORD": str(password)} if password else {})


def _reason(complaints: bytes) -> str:
    lines = complaints.decode(errors="replace").strip().splitlines() or ["tanpa pesan"]
    return next((line for line in lines if "ERROR" in line or "error" in line), lines[-1])
