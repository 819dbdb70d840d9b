"""Downloads: tables as spreadsheets, and files that are stored encrypted."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from halopst.core.http import download
from halopst.core.spreadsheets import XLSX_TYPE
from halopst.core.tables import csv_file, xlsx_file
from halopst.partners.monitoring_tables import Table


def spreadsheet(kind: str, name: str, table: Callable[[], Table], *, sheet: str) -> HttpResponse:
    """`table` as a download, `csv` or `xlsx`; any other kind is a 404."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    rows = table()
    content = csv_file(rows) if kind == "csv" else xlsx_file(rows, sheet)
    response = HttpResponse(content, content_type="text/csv" if kind == "csv" else XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def sealed_file(read: Callable[[], bytes], name: str, content_type: str) -> HttpResponse:
    """The file `read` gives back, as a download; 404 if the storage has lost it."""
    try:
        content = read()
    except FileNotFoundError as error:
        raise Http404 from error
    return download(content, name, content_type)
