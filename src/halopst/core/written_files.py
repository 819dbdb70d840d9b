"""A file that a command writes: whole or not at all, and over another one only when that was said."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path


def write_lines(file: Path, lines: Iterable[str], *, replace: bool) -> int:
    """How many were written. Beside its name first: half of them are never taken for all.

    What is no file of lines (`/dev/stdout`, a pipe) is written to as it is.
    """
    if file.exists() and not file.is_file():
        return _write(file, lines)
    if file.exists() and not replace:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    part = file.with_name(f"{file.name}.part")
    try:
        count = _write(part, lines)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return count


def _write(file: Path, lines: Iterable[str]) -> int:
    count = 0
    with file.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(f"{line}\n")
            count += 1
    return count
