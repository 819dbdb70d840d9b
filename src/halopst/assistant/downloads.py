"""The figures of an answer as a file: a row for each, as numbers, with where they were published."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

Cell = str | float
FORMULA = ("=", "+", "-", "@")


def figures_file(answer: Mapping[str, Any]) -> bytes:
    """XLSX of a stored answer; empty but for its heads where it shows no figure."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Angka"))
    sheet.append(_heads())
    for figure in answer.get("figures", ()):
        sheet.append(_row(figure))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _heads() -> list[str]:
    return [
        _("Indikator"),
        _("Wilayah"),
        _("Kode wilayah"),
        _("Periode"),
        _("Rincian"),
        _("Nilai"),
        _("Satuan"),
        _("Status"),
        _("Sumber"),
        _("Tautan"),
        _("Data per"),
    ]


def _row(figure: Mapping[str, Any]) -> list[Cell]:
    names = ("indicator", "region", "region_code", "period", "breakdown")
    rest = ("measure", "status", "source", "url", "as_of")
    value: Cell = float(figure["number"]) if "number" in figure else _plain(figure["value"])
    return [*(_plain(figure[name]) for name in names), value, *(_plain(figure[name]) for name in rest)]


def _plain(text: str | None) -> str:
    """A text a spreadsheet will not take for a formula."""
    return f"'{text}" if text and text.startswith(FORMULA) else text or ""
