"""Word templates are read and filled here, where one that never ends only ends this process.

Started by `press.py`, as the press itself is, and confined as it is.
"""

from base64 import b64decode
from contextlib import suppress
from io import BytesIO
from typing import Any

from docx import Document

from halopst.letters.rendering.answering import Fault, confine, serve
from halopst.letters.rendering.word import WordFault, WordTemplate, compiled

MEMORY = 512 * 1024 * 1024


def make(request: dict[str, Any]) -> list[bytes]:
    try:
        return [compiled(b64decode(request["template"])).fill(request["data"])]
    except WordFault as fault:
        raise Fault(str(fault)) from fault


def main() -> None:
    confine(MEMORY)
    for text in ("{% for n in nomor %}{{ n ~ 'x' }}{% endfor %}", "{{ tak_ada }}", "{% for %}"):
        with suppress(WordFault):  # how a fault is told has to be read from files once, too
            WordTemplate(_page(text)).fill({"nomor": ["1", "2"]})
    serve(make)


def _page(text: str) -> bytes:
    page, content = Document(), BytesIO()
    page.add_paragraph(text)
    page.save(content)
    return content.getvalue()


if __name__ == "__main__":
    main()
