"""Printing in a process of its own, with limits: a template can neither reach out nor hold us up."""

import atexit
import json
import os
import select
import struct
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar, Final, Literal, cast

SECONDS: Final = 15.0
STARTING: Final = 30.0
LARGEST: Final = 64 * 1024 * 1024
Form = Literal["pdf", "png"]
READY: Final = b"\2"  # what the child says once it is warm
SOURCE: Final = Path(__file__).resolve().parents[3]


class SourceFault(Exception):
    """The template cannot be printed; `line` counts from 1, 0 when no line is to blame."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message, self.line = message, line


class TooHeavy(Exception):
    """Printing took too long or too much memory, and was ended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What is to be printed. The same sheet gives the same bytes on every machine."""

    body: str
    data: Mapping[str, Any]
    at: datetime


class Child:
    """A process of ours that is asked one thing after another; started when needed, replaced when ended."""

    module: ClassVar[str]

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def _ask(self, request: Mapping[str, Any], seconds: float) -> list[bytes]:
        asked = json.dumps(request).encode()
        with self._lock:
            try:
                return self._exchange(self._running(), asked, seconds)
            except (TooHeavy, OSError) as error:
                self.close()
                raise TooHeavy from error

    def close(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _exchange(self, child: subprocess.Popen[bytes], request: bytes, seconds: float) -> list[bytes]:
        assert child.stdin is not None  # noqa: S101  # opened as pipes below
        assert child.stdout is not None  # noqa: S101
        deadline = time.monotonic() + seconds
        child.stdin.write(struct.pack(">I", len(request)) + request)
        child.stdin.flush()
        answer = child.stdout.fileno()
        failed = _take(answer, 1, deadline) == b"\1"
        count = struct.unpack(">I", _take(answer, 4, deadline))[0]
        parts = [
            _take(answer, struct.unpack(">I", _take(answer, 4, deadline))[0], deadline) for _ in range(count)
        ]
        if failed:
            raise SourceFault(**json.loads(parts[0]))
        return parts

    def _running(self) -> subprocess.Popen[bytes]:
        """The child, warmed up: a sheet has its seconds to itself, whether or not the child is new."""
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(  # noqa: S603  # our own module, nothing of a visitor's in it
                [sys.executable, "-m", self.module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1"},
            )
            assert self._child.stdout is not None  # noqa: S101  # a pipe, as asked for
            _take(self._child.stdout.fileno(), len(READY), time.monotonic() + STARTING)
        return self._child


class Press(Child):
    """Prints sheet after sheet."""

    module: ClassVar = "halopst.letters.rendering.child"

    def pdf(self, sheet: Sheet, *, seconds: float = SECONDS) -> bytes:
        """PDF/A-2b. Raises SourceFault or TooHeavy."""
        return self._print(sheet, "pdf", seconds)[0]

    def pictures(self, sheet: Sheet, *, seconds: float = SECONDS) -> list[bytes]:
        """The pages as PNG, for a look on the screen. Raises SourceFault or TooHeavy."""
        return self._print(sheet, "png", seconds)

    def _print(self, sheet: Sheet, form: Form, seconds: float) -> list[bytes]:
        at = int(sheet.at.timestamp())
        return self._ask({"body": sheet.body, "data": sheet.data, "at": at, "form": form}, seconds)


class WordPress(Child):
    """Fills Word templates that somebody uploaded."""

    module: ClassVar = "halopst.letters.rendering.word_child"

    def fill(self, template: bytes, values: Mapping[str, Any], *, seconds: float = SECONDS) -> bytes:
        """Raises SourceFault, without a line, or TooHeavy."""
        return self._ask({"template": b64encode(template).decode(), "data": values}, seconds)[0]


class Drawer(Child):
    """Draws single pages of PDFs that somebody uploaded. Closed after each file, since its memory grows."""

    module: ClassVar = "halopst.letters.rendering.drawing_child"

    def picture(self, page: bytes, *, seconds: float = SECONDS) -> bytes:
        """The one page of this PDF as PNG, as a reader would show it. Raises SourceFault or TooHeavy."""
        return self._ask({"page": b64encode(page).decode()}, seconds)[0]


def _take(stream: int, size: int, deadline: float) -> bytes:
    """Exactly `size` bytes before `deadline`, or TooHeavy."""
    if size > LARGEST:
        raise TooHeavy
    taken = bytearray()
    while len(taken) < size:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([stream], [], [], left)[0]:
            raise TooHeavy
        piece = os.read(stream, size - len(taken))
        if not piece:
            raise TooHeavy
        taken += piece
    return bytes(taken)


@cache
def _of(kind: type[Child], _process: int) -> Child:
    made = kind()
    atexit.register(made.close)
    return made


def press() -> Press:
    """The press of this process; a forked child gets one of its own."""
    return cast("Press", _of(Press, os.getpid()))


def word_press() -> WordPress:
    """What fills Word templates for this process."""
    return cast("WordPress", _of(WordPress, os.getpid()))
