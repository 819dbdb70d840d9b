from datetime import date

from django.db.models import Q

from halopst.cases.models import FollowUpPolicy
from halopst.units.models import Unit


def policies_on(day: date) -> dict[int | None, FollowUpPolicy]:
    """The policy in force on `day` for each unit that has its own, and under None the one for all."""
    rows = FollowUpPolicy.objects.filter(valid_from__lte=day).order_by("valid_from")
    return {policy.unit_id: policy for policy in rows}


def policy_for(unit: Unit, policies: dict[int | None, FollowUpPolicy]) -> FollowUpPolicy:
    """The office's own, its province's, or the one for all."""
    return next(policies[owner] for owner in (unit.pk, unit.parent_id, None) if owner in policies)


def follow_up_history(unit: Unit) -> list[FollowUpPolicy]:
    """The rules of `unit` and of whom it follows, newest first."""
    owned = Q(unit=unit) | Q(unit=unit.parent_id, unit__isnull=False) | Q(unit=None)
    return list(
        FollowUpPolicy.objects.filter(owned).select_related("unit").order_by("-valid_from", "unit_id")
    )
