"""The process that draws pages of uploaded PDFs, apart from the press, so that they disturb no letter.

Confined as the press is. The compiler draws a PDF as it draws any picture; files beside its source must be
text, so a page arrives as the numbers of its bytes.
"""

from base64 import b64decode
from typing import Any

import typst

from halopst.letters.rendering.answering import Fault, confine, serve

MEMORY = 1024 * 1024 * 1024
PPI = 200.0
# As wide as it is high: a page that lies is drawn as large as one that stands.
SOURCE = b"""#set page(width: 297mm, height: 297mm, margin: 0mm)
#image(bytes(json("lembar.json")), format: "pdf", width: 100%, height: 100%, fit: "contain")
"""


class Machine:
    def __init__(self) -> None:
        nowhere = "/nonexistent"
        self._compiler = typst.Compiler(
            ignore_system_fonts=True, package_path=nowhere, package_cache_path=nowhere
        )

    def make(self, request: dict[str, Any]) -> list[bytes]:
        page = str(list(b64decode(request["page"]))).encode()
        options: dict[str, Any] = {"format": "png", "ppi": PPI}
        try:
            made = self._compiler.compile({"main.typ": SOURCE, "lembar.json": page}, **options)
        except typst.TypstError as error:
            raise Fault(error.message) from error
        return made if isinstance(made, list) else [made or b""]


def main() -> None:
    confine(MEMORY)
    serve(Machine().make)


if __name__ == "__main__":
    main()
