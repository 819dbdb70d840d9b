"""The figures of an answer as a file: a row for each number, with where it was published."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from halopst.core.tables import Cell, xlsx_file


def figures_file(answer: Mapping[str, Any]) -> bytes:
    """An XLSX of a stored answer; nothing but heads if the answer shows no figure."""
    return xlsx_file([_heads(), *map(_row, answer.get("figures", ()))], _("Angka"))


def _heads() -> list[Cell]:
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
    value: Cell = float(figure["number"]) if "number" in figure else _text(figure["value"])
    return [*(_text(figure[name]) for name in names), value, *(_text(figure[name]) for name in rest)]


def _text(given: str | None) -> str:
    return given or ""
