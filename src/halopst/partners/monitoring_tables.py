"""The tables of monitoring as files that open in a spreadsheet."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.utils.translation import gettext as _

from halopst.core.tables import Cell
from halopst.partners.models import CapOverride
from halopst.partners.queries.monitoring.following import FollowLine
from halopst.partners.queries.monitoring.progress import ActivityLine, OfficeLine

Row = TypeVar("Row")
Table = list[list[Cell]]


def office_table(lines: Iterable[OfficeLine]) -> Table:
    columns: list[tuple[str, Callable[[OfficeLine], Cell]]] = [
        (_("Kode satker"), lambda line: line.unit.code),
        (_("Satker"), lambda line: line.unit.name),
        (_("Mitra dialokasikan"), lambda line: line.mitra),
        (_("Honor dialokasikan (Rp)"), lambda line: line.honor),
        (_("Mitra disetujui"), lambda line: line.approved_mitra),
        (_("Honor disetujui (Rp)"), lambda line: line.approved),
        (_("Mitra tertahan"), lambda line: line.held),
        (_("Pengecualian batas"), lambda line: line.exceptions),
        (_("Pagu setahun (Rp)"), lambda line: line.ceiling),
        (_("Pagu terpakai (Rp)"), lambda line: line.used),
    ]
    return _table(columns, lines)


def activity_table(lines: Iterable[ActivityLine]) -> Table:
    columns: list[tuple[str, Callable[[ActivityLine], Cell]]] = [
        (_("Kegiatan"), lambda line: line.activity.name),
        (_("MAK"), lambda line: line.line.code if line.line else ""),
        (_("Mitra dialokasikan"), lambda line: line.mitra),
        (_("Honor dialokasikan (Rp)"), lambda line: line.honor),
        (_("Honor disetujui (Rp)"), lambda line: line.approved),
        (_("Pagu MAK setahun (Rp)"), lambda line: line.line.ceiling if line.line else ""),
        (_("Pagu MAK terpakai (Rp)"), lambda line: line.line.used if line.line else ""),
        (_("Sisa pagu MAK (Rp)"), lambda line: line.line.left if line.line else ""),
    ]
    return _table(columns, lines)


def follow_table(lines: Iterable[FollowLine]) -> Table:
    columns: list[tuple[str, Callable[[FollowLine], Cell]]] = [
        (_("Kode satker"), lambda line: line.unit.code),
        (_("Satker"), lambda line: line.unit.name),
        (_("Mitra disetujui"), lambda line: line.approved),
        (_("Honor disetujui (Rp)"), lambda line: line.approved_honor),
        (_("Perjanjian dibuat"), lambda line: line.contracted),
        (_("Honor diperjanjikan (Rp)"), lambda line: line.contracted_honor),
        (_("Perjanjian ditandatangani"), lambda line: line.signed),
        (_("Honor ditandatangani (Rp)"), lambda line: line.signed_honor),
        (_("Diserahterimakan"), lambda line: line.handed_over),
        (_("Honor menurut realisasi (Rp)"), lambda line: line.handed_over_honor),
        (_("Dibayar"), lambda line: line.paid),
        (_("Honor dibayar, bruto (Rp)"), lambda line: line.paid_honor),
        (_("PPh 21 (Rp)"), lambda line: line.tax),
        (_("Retur bank"), lambda line: line.returned),
        (_("Terlambat dibayar"), lambda line: "" if line.late is None else line.late),
        (_("Surat usang"), lambda line: line.outdated),
    ]
    return _table(columns, lines)


def exception_table(rows: Iterable[CapOverride]) -> Table:
    columns: list[tuple[str, Callable[[CapOverride], Cell]]] = [
        (_("Kode satker"), lambda row: row.unit.code),
        (_("Satker"), lambda row: row.unit.name),
        (_("Mitra"), lambda row: row.person.name),
        (_("Boleh sampai (Rp)"), lambda row: row.amount),
        (_("Honor semua kantor (Rp)"), lambda row: vars(row)["honor"]),
        (_("Alasan"), lambda row: row.reason),
        (_("Diajukan oleh"), lambda row: str(row.asked_by)),
        (_("Disetujui oleh"), lambda row: str(row.confirmed_by)),
        (_("Disetujui"), lambda row: row.confirmed_at and row.confirmed_at.astimezone(row.unit.tz).date()),
    ]
    return _table(columns, rows)


def _table(columns: Sequence[tuple[str, Callable[[Row], Cell]]], lines: Iterable[Row]) -> Table:
    """The heads, then a row per line."""
    return [[head for head, _read in columns], *([read(line) for _head, read in columns] for line in lines)]
