"""The press itself: a process that turns sources and values into paper, and can do nothing else.

Started by `press.py` with an empty environment. It takes its memory limit before it does anything, prints one
page to bring in fonts and libraries, then gives up the right to open anything, and says it is ready: from
there on no source can reach a file or the network. Time is the parent's to watch. Requests and answers are
length-prefixed.
"""

import json
import os
import re
import resource
import struct
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
MEMORY = 1024 * 1024 * 1024
PRELUDE = (
    '#import "surat.typ": *\n#let d = json("data.json")\n#show: surat\n#metadata(d.halopst) <halopst-kaki>\n'
)
# At the end: a rule with a letter's own values before its text would have all of it laid out anew.
POSTLUDE = '\n#set document(title: d.halopst.at("judul", default: d.halopst.nomor))\n'
PRELUDE_LINES = PRELUDE.count("\n")
WHERE = re.compile(r"main\.typ:(\d+):(\d+)")
WARM_UP: dict[str, Any] = {
    "body": "Siap *siap*",
    "data": {"halopst": {"nomor": "", "qr": "", "alamat": ""}},
    "at": 0,
    "form": "pdf",
}
OK, FAULT, READY = b"\0", b"\1", b"\2"


class Machine:
    """One compiler with its fonts, kept for as long as the process lives."""

    def __init__(self) -> None:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])
        nowhere = "/nonexistent"
        self._library = (HERE / "surat.typ").read_bytes()
        self._compiler = typst.Compiler(
            font_paths=fonts, ignore_system_fonts=True, package_path=nowhere, package_cache_path=nowhere
        )

    def make(self, request: dict[str, Any]) -> list[bytes]:
        files = {
            "main.typ": f"{PRELUDE}{request['body']}{POSTLUDE}".encode(),
            "surat.typ": self._library,
            "data.json": json.dumps(request["data"]).encode(),
        }
        options: dict[str, Any] = {"format": request["form"], "timestamp": request["at"]}
        if request["form"] == "pdf":
            options["pdf_standards"] = "a-2b"
        else:
            options["ppi"] = 110.0
        made = self._compiler.compile(files, **options)
        return made if isinstance(made, list) else [made or b""]


def fault(error: typst.TypstError) -> bytes:
    """What is wrong, and on which line of the template."""
    found = WHERE.search(error.diagnostic or "")
    line = int(found[1]) - PRELUDE_LINES if found else 0
    return json.dumps({"message": error.message, "line": max(line, 0)}).encode()


def serve(machine: Machine) -> None:
    while head := _read(4):
        request = json.loads(_read(struct.unpack(">I", head)[0]))
        try:
            parts = machine.make(request)
        except typst.TypstError as error:
            _answer(FAULT, [fault(error)])
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


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    machine = Machine()
    machine.make(WARM_UP)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    os.write(1, READY)
    serve(machine)


if __name__ == "__main__":
    main()
