"""The press itself: a process that turns sources and values into paper, and can do nothing else.

Started by `press.py` with an empty environment. It takes its memory limit before it does anything, prints one
page to bring in fonts and libraries, then gives up the right to open anything, and says it is ready: from
there on no source can reach a file or the network. Time is the parent's to watch.
"""

import json
import re
from pathlib import Path
from typing import Any

import typst

from halopst.letters.rendering.answering import Fault, confine, serve

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
        try:
            made = self._compiler.compile(files, **options)
        except typst.TypstError as error:
            raise fault(error) from error
        return made if isinstance(made, list) else [made or b""]


def fault(error: typst.TypstError) -> Fault:
    """What is wrong, and on which line of the template."""
    found = WHERE.search(error.diagnostic or "")
    line = int(found[1]) - PRELUDE_LINES if found else 0
    return Fault(error.message, max(line, 0))


def main() -> None:
    confine(MEMORY)
    machine = Machine()
    machine.make(WARM_UP)
    serve(machine.make)


if __name__ == "__main__":
    main()
