"""The slow and obvious truth about caps and budgets: every row read and added up in plain Python."""

from collections import defaultdict

from halopst.partners.models import (
    ActivityDuty,
    Approval,
    BudgetLine,
    CapOverride,
    HonorCap,
    MonthTotal,
    Share,
)


def cap_of(duty, month):
    """The newest cap of that province, kind and duty begun by the first of the month, in its year."""
    unit = duty.activity.unit
    province = unit.parent_id if unit.kind in {"kabupaten", "kota"} else unit.pk
    caps = [
        cap
        for cap in HonorCap.objects.filter(province=province, year=month.year, employment="non_organik")
        if (cap.activity_kind, cap.position.code) == (duty.activity.kind, duty.position.code)
        and cap.valid_from <= month
    ]
    return max(caps, key=lambda cap: cap.valid_from).amount if caps else None


def months():
    """Per person and month: the amounts, and the lowest cap of what is paid."""
    duties = {duty.pk: duty for duty in ActivityDuty.objects.select_related("activity__unit", "position")}
    found = defaultdict(list)
    for share in Share.objects.select_related("assignment__registration"):
        found[share.assignment.registration.person_id, share.month].append(
            (share.amount, duties[share.assignment.duty_id])
        )
    return found


def limit(person, month, lines):
    caps = [cap_of(duty, month) for _, duty in lines]
    lifted = CapOverride.objects.filter(
        person=person, month=month, confirmed_at__isnull=False, withdrawn_at__isnull=True
    ).values_list("amount", flat=True)
    return max([min(caps), *lifted])


def disagreements():
    """What is wrong with the books, in words; nothing when they are right."""
    lines = months()
    return [*_wrong_months(lines), *_wrong_budgets(lines)]


def _wrong_months(lines):
    for (person, month), paid in lines.items():
        total = sum(amount for amount, _ in paid)
        row = MonthTotal.objects.get(person=person, month=month)
        if row.total != total:
            yield f"{person} {month}: {row.total} on record, {total} paid"
        approved = Approval.objects.filter(
            registration__person=person, month=month, withdrawn_at__isnull=True
        ).exists()
        if not approved and total > limit(person, month, paid):
            yield f"{person} {month}: {total} over {limit(person, month, paid)}"
    for row in MonthTotal.objects.exclude(total=0):
        if (row.person_id, row.month) not in lines:
            yield f"{row}: nothing is paid"


def _wrong_budgets(lines):
    used = defaultdict(int)
    for (_person, month), paid in lines.items():
        for amount, duty in paid:
            used[duty.activity.line_of(month.year).pk] += amount
    for line in BudgetLine.objects.all():
        if line.used != used[line.pk] or line.used > line.ceiling:
            yield f"{line}: {line.used} on record, {used[line.pk]} paid, ceiling {line.ceiling}"


def would_fit(registration, duty, volume, parts):
    """Whether this volume, paying `parts` per month, may stand beside everything else there is."""
    key = (registration.pk, duty.pk)
    shares = Share.objects.select_related("assignment", "assignment__duty__activity__unit")
    for month, amount in parts.items():
        others = [
            (share.amount, share.assignment.duty)
            for share in shares.filter(person=registration.person_id, month=month)
            if (share.assignment.registration_id, share.assignment.duty_id) != key
        ]
        lines = [*others, *([(amount, duty)] if amount else [])]
        if lines and sum(part for part, _ in lines) > limit(registration.person_id, month, lines):
            return False
    line = BudgetLine.objects.get(parts__activity=duty.activity_id, parts__year=registration.year)
    own = sum(
        share.amount for share in shares.filter(assignment__registration=registration, assignment__duty=duty)
    )
    value = duty.unit_price.amount * volume
    return value <= own or line.used - own + value <= line.ceiling
