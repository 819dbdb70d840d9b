"""Files that leave: tables, and what was kept or made as one."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from halopst.core.spreadsheets import XLSX_TYPE
from halopst.core.tables import csv_file, xlsx_file
from halopst.partners.exporting import Table


def spreadsheet(kind: str, name: str, table: Callable[[], Table], *, sheet: str) -> HttpResponse:
    """`table` as a download, `csv` or `xlsx`; any other kind is no address of ours."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    rows = table()
    content = csv_file(rows) if kind == "csv" else xlsx_file(rows, sheet)
    response = HttpResponse(content, content_type="text/csv" if kind == "csv" else XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def attached(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file as a download and nothing else: never shown, never run, never guessed at."""
    response = HttpResponse(content, content_type=content_type)
    as_file = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = as_file or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
