"""The first rows of an XLSX file as a file of their own: all that a first look at it needs."""

import re
import zipfile
from io import BytesIO

from halopst.partners.rules.columns import ROWS_LOOKED_AT

LARGEST_BEGINNING = 1024 * 1024
SMALL = 1024 * 1024
SHEET, TEXTS = re.compile(r"xl/worksheets/[^/]+\.xml"), "xl/sharedStrings.xml"
END_OF_ROW, END_OF_TEXT = b"</row>", b"</si>"
TEXT_CELL = re.compile(rb'<c [^>]*?\bt="s"[^>]*><v>(\d{1,7})</v>')


def first_rows(content: bytes) -> bytes:
    """The file cut after its first rows; empty if it has several sheets, is short or written unusually."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [part for part in archive.infolist() if SHEET.fullmatch(part.filename)]
        if len(sheets) != 1:
            return b""
        rows = _until(archive, sheets[0].filename, END_OF_ROW, ROWS_LOOKED_AT)
        texts = 1 + max((int(found) for found in TEXT_CELL.findall(rows)), default=0)
        known = _until(archive, TEXTS, END_OF_TEXT, texts) if TEXTS in archive.namelist() else b"-"
        if not rows or not known:
            return b""
        cut = {sheets[0].filename: rows + b"</sheetData></worksheet>", TEXTS: known + b"</sst>"}
        return _without_the_rest(archive, cut)


def _until(archive: zipfile.ZipFile, name: str, end: bytes, count: int) -> bytes:
    """The part up to the end of its `count`th row or text; nothing when that is not in its beginning."""
    with archive.open(name) as part:
        beginning = part.read(LARGEST_BEGINNING)
    at = 0
    for _one in range(count):
        at = beginning.find(end, at) + len(end)
        if at < len(end):
            return b""
    return beginning[:at]


def _without_the_rest(archive: zipfile.ZipFile, cut: dict[str, bytes]) -> bytes:
    short = BytesIO()
    with zipfile.ZipFile(short, "w") as copy:
        for part in archive.infolist():
            if part.filename in cut:
                copy.writestr(part.filename, cut[part.filename])
            elif part.file_size <= SMALL:
                copy.writestr(part.filename, archive.read(part))
    return short.getvalue()
