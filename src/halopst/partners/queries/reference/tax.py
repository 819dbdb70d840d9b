"""Which tax policy holds for an office on a day, and what it would keep of well-known amounts."""

from datetime import date
from typing import Final

from django.db.models import Case, IntegerField, Value, When

from halopst.partners.models import TaxPolicy, in_force
from halopst.partners.rules.tax import Withheld, withhold
from halopst.units.models import Unit

EXAMPLES: Final = (1_000_000, 3_000_000, 4_500_000, 5_000_000)


def policy_for(unit: Unit, day: date) -> TaxPolicy | None:
    """The office's own, else its province's, else the head office's; the newest begun by `day` that year."""
    nearness = Case(
        When(unit=unit, then=Value(0)),
        When(unit=unit.parent_id, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = in_force(TaxPolicy.objects.holding_in(unit), day).select_related("unit")
    found: TaxPolicy | None = (
        rows.annotate(nearness=nearness).order_by("nearness", "-valid_from", "-pk").first()
    )
    return found


def examples(policy: TaxPolicy) -> list[Withheld]:
    """What one payment of each well-known amount would come to; nothing where its figures make no sense."""
    try:
        return [withhold(amount, method=policy.method, parameters=policy.parameters) for amount in EXAMPLES]
    except ValueError:
        return []
