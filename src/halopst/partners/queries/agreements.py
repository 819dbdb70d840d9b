"""Which letters agree on a mitra's month and hold, and whether it is paid."""

from collections.abc import Sequence
from datetime import date

from halopst.letters.models import Letter
from halopst.letters.rules import State
from halopst.partners.addenda import ADDENDUM, about_addendum
from halopst.partners.contracts import MONTHLY_CONTRACT, about_month
from halopst.partners.models import Approval, Share, Termination
from halopst.partners.queries.contracts import contracts_of
from halopst.partners.receipts import HANDOVER, TERMINATION, about_work

HOLDING = frozenset({State.FINAL, State.PRINTED, State.SIGNED, State.HANDED_OVER, State.PAID})


def agreements(approvals: Sequence[Approval]) -> dict[int, list[Letter]]:
    """By approval, the letters that agree on its work; none unless every one of them holds."""
    return {
        pk: letters if all(letter.state in HOLDING for letter in letters) else []
        for pk, letters in contracts_of(approvals).items()
    }


def months_agreed(agreement: Letter) -> tuple[int, list[date]]:
    """The registration such a letter is about, and the months it pays in."""
    if agreement.kind == TERMINATION.code:
        ended = Termination.objects.get(pk=int(agreement.about.split(":")[1]))
        return ended.registration_id, [ended.month]
    _kind, registration, rest = agreement.about.split(":")
    if agreement.kind in {MONTHLY_CONTRACT.code, ADDENDUM.code}:
        return int(registration), [date.fromisoformat(f"{rest}-01")]
    shares = Share.objects.filter(
        assignment__registration=int(registration), assignment__duty__activity=int(rest)
    )
    return int(registration), sorted(set(shares.values_list("month", flat=True)))


def is_paid(approval: Approval) -> bool:
    """Whether the contract or the handover paper of that month says it was paid."""
    who, month = approval.registration_id, approval.month
    abouts = [about_month(who, month), about_addendum(who, month), about_work(HANDOVER, who, month)]
    return Letter.objects.filter(about__in=abouts, state=State.PAID).exists()
