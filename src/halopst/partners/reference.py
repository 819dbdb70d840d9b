"""Figures every office begins with; each may set its own beside them."""

import json
from datetime import date
from pathlib import Path

from psycopg.types.range import DateRange

from halopst.core.reference import reference_data
from halopst.partners.models import Position, TaxPolicy
from halopst.units.models import Unit

POSITIONS = Path(__file__).parent / "data" / "positions.json"
TAX = Path(__file__).parent / "data" / "tax_2026.json"


@reference_data("jabatan mitra")
def load_positions() -> None:
    """What mitra are everywhere, at the head office; a code it has already, ended or not, is left alone."""
    known = json.loads(POSITIONS.read_text(encoding="utf-8"))
    head = Unit.objects.filter(kind=Unit.Kind.HEAD_OFFICE).first()
    if head is None:
        return
    have = {row.code: row for row in Position.objects.filter(unit=head).order_by("period")}
    for words in known["positions"]:
        if words["code"] not in have:
            under = have[words["counts_as"]] if "counts_as" in words else None
            period = DateRange(date.fromisoformat(known["valid_from"]), None)
            row = Position(unit=head, period=period, basis=known["basis"], **{**words, "counts_as": under})
            row.save()
            have[row.code] = row


@reference_data("aturan pajak honor")
def load_tax_policy() -> None:
    """The head office's tax policy of the year, handed down to all; left alone once it has one."""
    policy = json.loads(TAX.read_text(encoding="utf-8"))
    first = date.fromisoformat(policy["valid_from"])
    head = Unit.objects.filter(kind=Unit.Kind.HEAD_OFFICE).first()
    if head is None or TaxPolicy.objects.filter(unit=head, year=first.year).exists():
        return
    TaxPolicy.objects.create(
        unit=head,
        year=first.year,
        method=policy["method"],
        parameters=policy["parameters"],
        basis=policy["basis"],
        valid_from=first,
    )
