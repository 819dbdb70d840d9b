"""The spreadsheets people bring, XLSX and CSV, and those they take to fill.

A workbook is looked at before it is read: a reader makes room for every cell up to the farthest.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook
from rustpy_xlsxwriter import Format, write_worksheet

PIECE = 1024 * 1024
OVERLAP = 16
LONGEST_ROW = 256 * 1024
ROW_START = b"<row "
CELL = re.compile(rb'r="([A-Z]{1,3})(\d{1,7})"')
BOOK, BOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
ROW = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
BROKEN = (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, zlib.error)
XLSX_START = b"PK\x03\x04"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What Excel wrote before 2007, and what a workbook with a password is packed into today.
OLE_START, SEALED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
# A page some programs save under the name of a spreadsheet.
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


class NoTable(Exception):
    """The file is no table we can read; `code` says why.

    `format`, `locked` with a password, `size` when it unpacks to too much, `rows` when there are too many,
    `far` when `cell` is, far from the table, `quote` when one opens on line `cell` for good, `empty`.
    """

    def __init__(self, code: str, cell: str = "") -> None:
        self.code, self.cell = code, cell
        super().__init__(code)


def check_size(content: bytes, *, far_cell: re.Pattern[bytes], most: int) -> int:
    """Refuse what would unpack to more than `most` bytes or has a `far_cell`, without unpacking it whole.

    The number of the last row of the last sheet, 0 where it does not stand in the file.
    """
    last = 0
    if not content.startswith(XLSX_START):
        return last
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > most:
                raise NoTable("size")
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    last = _check_part(archive, part, far_cell, most)
    except BROKEN as error:
        raise NoTable("format") from error
    return last


def workbook(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except CalamineError as error:
        raise NoTable("locked" if type(error).__name__ == "PasswordError" else "format") from error


def text_of(content: bytes) -> str:
    """What a CSV file says: UTF-16 where it is marked so, UTF-8, else Windows Latin."""
    if content.startswith(UTF_16):
        return content.decode("utf-16", "replace")
    if content.startswith(OLE_START):
        raise NoTable("locked" if SEALED in content else "format")
    if b"\0" in content[:4096] or content.startswith(b"%PDF") or MARKUP.match(content):
        raise NoTable("format")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def csv_rows(text: str, *, looked_at: int) -> Iterator[Sequence[str]]:
    """Split by comma, semicolon or tab, whichever the first `looked_at` lines hold most of."""
    separator = max(",;\t", key="\n".join(text.splitlines()[:looked_at]).count)
    _check_quotes(text, separator)
    return _split(text, separator)


def _split(text: str, separator: str) -> Iterator[Sequence[str]]:
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise NoTable("format") from error


def _check_quotes(text: str, separator: str) -> None:
    """Refuse a quote that swallows lines: closed by none, or by the one that opens another cell."""
    ends = f"{separator}\r\n"
    for cell in re.finditer(rf'(?:\A|[{ends}])("[^"]*(?:""[^"]*)*)("?)', text):
        swallows = "\n" in cell[1] or "\r" in cell[1]
        if not cell[2] or (swallows and text[cell.end() : cell.end() + 1] not in ends):
            before = text[: cell.start(1)]
            raise NoTable("quote", str(1 + (before.count("\n") or before.count("\r"))))


def column_letter(column: int) -> str:
    """`A` for 0, `AA` for 26: as the spreadsheet calls it."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def text_workbook(heads: Sequence[str], rows: Iterable[Mapping[str, str]], *, sheet: str) -> bytes:
    """Every cell as text, so that no program shortens a number; the heads frozen and bold."""
    file = BytesIO()
    text = Format().set_num_format("@")
    write_worksheet(
        never_none(heads, rows),
        file,
        sheet_name=sheet,
        freeze_row=1,
        bold_headers=True,
        column_widths=dict.fromkeys(heads, 20.0),
        column_formats=dict.fromkeys(heads, text),
    )
    return file.getvalue()


def never_none(heads: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
    """The writer takes its heads from the first row, so there has to be one."""
    rows = iter(rows)
    yield next(rows, dict.fromkeys(heads, ""))
    yield from rows


def _check_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, far_cell: re.Pattern[bytes], most: int
) -> int:
    unpacked, height, tail, end = 0, 0, b"", b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            unpacked += len(piece)
            if unpacked > most:
                raise NoTable("size")
            if found := far_cell.search(tail + piece):
                before = height + (tail + piece).count(ROW_START, 0, found.start())
                cell = (tail + piece)[found.start() :] + stream.read(OVERLAP)
                raise _too_far(cell, before, sheet_name(archive, part))
            height += piece.count(ROW_START)
            tail, end = piece[-OVERLAP:], (end + piece)[-LONGEST_ROW:]
    rows = ROW.findall(end)
    return int(rows[-1]) if rows else 0


def _too_far(cell: bytes, rows_before: int, sheet: str) -> NoTable:
    """A table that goes on for so many rows is too long; else the cell stands by itself, or too far right."""
    found = CELL.match(cell)
    if found is None:
        return NoTable("rows")
    column, row = found[1].decode(), int(found[2])
    is_long = len(column) < len("AA") and rows_before * 2 > row
    return NoTable("rows") if is_long else NoTable("far", f"{sheet}{column}{row}")


def sheet_name(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """`Mitra!` where a workbook has several sheets, as the box for the name of a cell takes it."""
    book, links = (archive.read(name).decode("utf-8", "replace") for name in (BOOK, BOOK_LINKS))
    target = re.escape(part.filename.removeprefix("xl/"))
    link = next((one for one in re.findall(r"<Relationship [^>]*>", links) if re.search(target, one)), "")
    key, sheets = re.search(r'\bId="([^"]*)"', link), re.findall(r"<(?:\w+:)?sheet [^>]*>", book)
    if key is None or len(sheets) < 2:  # noqa: PLR2004  # the only one needs no name
        return ""
    named = [re.search(r'\bname="([^"]*)"', one) for one in sheets if f'"{key[1]}"' in one]
    return f"{unescape(named[0][1])}!" if named and named[0] else ""
