"""Which letters agree on a mitra's month, and whether it is paid."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from halopst.letters.models import Letter
from halopst.letters.rules import State
from halopst.partners.contracts import ACTIVITY_CONTRACT, MONTHLY_CONTRACT, about_activity, about_month
from halopst.partners.models import Approval, Assignment, Share, Termination
from halopst.partners.receipts import HANDOVER, about_work
from halopst.units.models import Unit

HOLDING = (State.FINAL, State.PRINTED, State.SIGNED, State.HANDED_OVER, State.PAID)


def agreements(unit: Unit, approvals: Sequence[Approval]) -> dict[int, list[Letter]]:
    """By approval, the letters that agree on its work and hold; none unless they cover all of it.

    That is the contract of the month, or one contract for each of its activities; of a month broken off
    the contract that was. Three queries.
    """
    monthly = {row.pk: about_month(row.registration_id, row.month) for row in approvals}
    parts = {
        pk: [about_activity(who, activity) for who, activity in some]
        for pk, some in _activities(approvals).items()
    }
    wanted = [*monthly.values(), *(about for some in parts.values() for about in some)]
    rows = Letter.objects.filter(unit=unit, about__in=wanted, state__in=HOLDING)
    rows = rows.filter(kind__in=[MONTHLY_CONTRACT.code, ACTIVITY_CONTRACT.code])
    held = {row.about: row for row in rows.select_related("number").defer("data")}
    ended = Termination.objects.filter(registration__in=[row.registration_id for row in approvals])
    for one in ended.select_related("contract__number").defer("contract__data"):
        held.setdefault(one.contract.about, one.contract)
    return {pk: _covering(held, about, parts.get(pk, [])) for pk, about in monthly.items()}


def months_agreed(agreement: Letter) -> tuple[int, list[date]]:
    """The registration a contract is about, and the months it pays in."""
    kind, registration, rest = agreement.about.split(":")
    if kind == MONTHLY_CONTRACT.code:
        return int(registration), [date.fromisoformat(f"{rest}-01")]
    shares = Share.objects.filter(
        assignment__registration=int(registration), assignment__duty__activity=int(rest)
    )
    return int(registration), sorted(set(shares.values_list("month", flat=True)))


def is_paid(approval: Approval) -> bool:
    """Whether the contract or the handover paper of that month says it was paid."""
    who, month = approval.registration_id, approval.month
    abouts = [about_month(who, month), about_work(HANDOVER, who, month)]
    return Letter.objects.filter(about__in=abouts, state=State.PAID).exists()


def _covering(held: dict[str, Letter], monthly: str, parts: Collection[str]) -> list[Letter]:
    if monthly in held:
        return [held[monthly]]
    return [held[about] for about in parts] if parts and all(about in held for about in parts) else []


def _activities(approvals: Sequence[Approval]) -> dict[int, list[tuple[int, int]]]:
    """Of each approval: registration and activity of its lines."""
    lines = {line["assignment"]: row for row in approvals for line in row.lines}
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = Assignment.objects.filter(pk__in=lines).order_by("duty__activity").distinct()
    for assignment, activity in rows.values_list("pk", "duty__activity"):
        row = lines[assignment]
        pair = (row.registration_id, activity)
        if pair not in found[row.pk]:
            found[row.pk].append(pair)
    return dict(found)
