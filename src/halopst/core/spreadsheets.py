"""Workbooks people bring, looked at first: a reader makes room for every cell up to the farthest."""

import re
import zipfile
import zlib
from io import BytesIO

PIECE = 1024 * 1024
OVERLAP = 16
LONGEST_ROW = 256 * 1024
ROW = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
BROKEN = (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, zlib.error)
XLSX_START = b"PK\x03\x04"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Unfit(Exception):
    """`code`: `format` for no workbook, `size` when it unpacks to too much, `rows` for a cell too far out."""

    def __init__(self, code: str) -> None:
        self.code = code
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
                raise Unfit("size")
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    last = _check_part(archive, part, far_cell, most)
    except BROKEN as error:
        raise Unfit("format") from error
    return last


def _check_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, far_cell: re.Pattern[bytes], most: int
) -> int:
    unpacked, tail, end = 0, b"", b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            unpacked += len(piece)
            if unpacked > most:
                raise Unfit("size")
            if far_cell.search(tail + piece):
                raise Unfit("rows")
            tail, end = piece[-OVERLAP:], (end + piece)[-LONGEST_ROW:]
    rows = ROW.findall(end)
    return int(rows[-1]) if rows else 0
