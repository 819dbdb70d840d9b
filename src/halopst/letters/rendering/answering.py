"""What a process says to whoever started it: length-prefixed requests in, parts of a file or a fault out."""

import json
import os
import resource
import struct
from collections.abc import Callable
from typing import Any

OK, FAULT, READY = b"\0", b"\1", b"\2"


class Fault(Exception):
    """What is wrong with what was asked for; `line` counts from 1, 0 when no line is to blame."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.line = message, line


def confine(memory: int) -> None:
    """Limit this process to so much memory and no files; call it before reading anything foreign."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def serve(make: Callable[[dict[str, Any]], list[bytes]]) -> None:
    """Answer requests until the input ends; from here on no file can be opened."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    os.write(1, READY)
    while head := _read(4):
        request = json.loads(_read(struct.unpack(">I", head)[0]))
        try:
            parts = make(request)
        except Fault as fault:
            _answer(FAULT, [json.dumps({"message": fault.message, "line": fault.line}).encode()])
        else:
            _answer(OK, parts)


def _answer(kind: bytes, parts: list[bytes]) -> None:
    message = kind + struct.pack(">I", len(parts))
    message += b"".join(struct.pack(">I", len(part)) + part for part in parts)
    view = memoryview(message)
    while view:
        view = view[os.write(1, view) :]


def _read(size: int) -> bytes:
    taken = b""
    while len(taken) < size:
        piece = os.read(0, size - len(taken))
        if not piece:
            return b""
        taken += piece
    return taken
