"""The dashboard's table as a file: one row per office and week."""

import csv
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from halopst.reporting.queries import Dashboard, Figures, Line

Cell = str | int | float | date | None


def csv_file(report: Dashboard) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read the names right."""
    text = StringIO()
    csv.writer(text).writerows(rows(report))
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(report: Dashboard) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Pelayanan"))
    for row in rows(report):
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rows(report: Dashboard) -> Iterator[list[Cell]]:
    yield [
        _("Kode satker"),
        _("Satker"),
        _("Dari"),
        _("Sampai"),
        _("Permintaan"),
        _("Dibalas"),
        _("Dibalas sesuai standar (%)"),
        _("Rata-rata balasan pertama (jam kerja)"),
        _("Selesai"),
        _("Selesai sesuai standar (%)"),
        _("Rata-rata selesai (jam kerja)"),
        _("Jumlah penilaian"),
        _("Nilai rata-rata"),
    ]
    for line in report.lines:
        yield _row(report, line)


def _row(report: Dashboard, line: Line) -> list[Cell]:
    figures, totals = line.figures, line.figures.totals
    return [
        line.unit.code,
        _plain(line.unit.name),
        report.first,
        report.last,
        totals.requests,
        totals.replied,
        _rounded(figures.reply_percent),
        _rounded(totals.reply_hours),
        totals.finished,
        _rounded(figures.finish_percent),
        _rounded(totals.finish_hours),
        sum(totals.rating_counts),
        _mean(figures),
    ]


def _plain(text: str) -> str:
    """A name a spreadsheet will not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _mean(figures: Figures) -> float | None:
    """Blank while too few have rated, in the file as on the screen."""
    return float(figures.rating.mean) if figures.rating else None
