"""Figures every office begins with; each may set its own beside them."""

import json
from datetime import date
from pathlib import Path

from halopst.core.reference import reference_data
from halopst.partners.models import TaxPolicy
from halopst.units.models import Unit

TAX = Path(__file__).parent / "data" / "tax_2026.json"


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
