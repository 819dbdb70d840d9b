"""The dashboard's table as a file: one row per office and week."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from halopst.core.tables import Cell
from halopst.reporting.queries import Dashboard, Figures, Line


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
        line.unit.name,
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


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _mean(figures: Figures) -> float | None:
    """Blank while too few have rated, in the file as on the screen."""
    return float(figures.rating.mean) if figures.rating else None
