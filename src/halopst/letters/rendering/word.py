"""The same letter as an editable Word file: a template is read and compiled once, then filled many times.

Authored as docxtpl templates are (`{{ nomor }}`, `{%tr for baris in kegiatan %}`). Its expressions run in
Jinja's sandbox, every value is escaped, and a name nobody knows is an error instead of a hole.
"""

import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2 import Template as Page
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

LARGEST: Final = 2 * 1024 * 1024
LARGEST_UNPACKED: Final = 20 * 1024 * 1024
_FILLED = re.compile(r"word/(document|header\d*|footer\d*)\.xml|docProps/core\.xml")
NEW_LINE: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class WordFault(Exception):
    """The template is no Word file, or names what the letter does not have; in a reader's own words."""


class WordTemplate:
    def __init__(self, content: bytes) -> None:
        """Raises WordFault."""
        environment = ImmutableSandboxedEnvironment(
            autoescape=True, undefined=StrictUndefined, finalize=_with_its_lines
        )
        self._pages: dict[str, Page] = {}
        parts: dict[str, bytes] = {}
        try:
            patch = DocxTemplate(BytesIO(content)).patch_xml
            for name, part in _unpacked(content).items():
                if _FILLED.fullmatch(name):
                    self._pages[name] = environment.from_string(patch(part.decode()))
                else:
                    parts[name] = part
        except (TemplateError, zipfile.BadZipFile, ValueError, KeyError, OSError, RuntimeError) as error:
            raise WordFault(str(error)) from error
        if "word/document.xml" not in self._pages:
            raise WordFault("word/document.xml")
        self._rest = _packed(parts)

    def fill(self, values: Mapping[str, Any]) -> bytes:
        """Raises WordFault. What never differs was packed once; only the pages are added."""
        whole = BytesIO(self._rest)
        with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            try:
                for name, page in self._pages.items():
                    archive.writestr(zipfile.ZipInfo(name, _EPOCH), page.render(values), zipfile.ZIP_DEFLATED)
            except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
                raise WordFault(str(error)) from error
        return whole.getvalue()


def _with_its_lines(value: Any) -> Any:
    """A value of several lines keeps them: in a Word file an end of line is a mark of its own."""
    if not isinstance(value, str) or "\n" not in value:
        return value
    return Markup(NEW_LINE).join(value.split("\n"))  # noqa: S704  # join escapes the lines of the value


def _packed(parts: Mapping[str, bytes]) -> bytes:
    rest = BytesIO()
    with zipfile.ZipFile(rest, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return rest.getvalue()


@lru_cache(maxsize=32)
def compiled(content: bytes) -> WordTemplate:
    """The template of these bytes, compiled once in this process. Raises WordFault."""
    return WordTemplate(content)


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if len(content) > LARGEST or sum(info.file_size for info in archive.infolist()) > LARGEST_UNPACKED:
            raise ValueError("too large")
        return {info.filename: archive.read(info) for info in archive.infolist()}
