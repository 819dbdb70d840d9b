"""Which letters agree on a mitra's month and hold, what each pays, and whether that is paid."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from halopst.letters.models import Letter
from halopst.letters.rules import HOLDING, State
from halopst.partners.letter_kinds.addenda import ACTIVITY_ADDENDUM, ADDENDUM
from halopst.partners.letter_kinds.contracts import ACTIVITY_CONTRACT, MONTHLY_CONTRACT
from halopst.partners.letter_kinds.receipts import TERMINATION, about_handover
from halopst.partners.models import Approval, PaymentLine, Share, Termination
from halopst.partners.queries.contracts.covering import contracts_of
from halopst.partners.rules.subjects import activity_of, month_of, row_of

OF_MONTH = frozenset({MONTHLY_CONTRACT.code, ADDENDUM.code})
OF_ACTIVITY = frozenset({ACTIVITY_CONTRACT.code, ACTIVITY_ADDENDUM.code})


def agreements(approvals: Sequence[Approval]) -> dict[int, list[Letter]]:
    """By approval, the letters that agree on its work; none unless every one of them holds."""
    return {
        pk: letters if all(letter.state in HOLDING for letter in letters) else []
        for pk, letters in contracts_of(approvals).items()
    }


def agreed_otherwise(abouts: Sequence[str]) -> dict[str, int]:
    """Of contracts to make, by what each is about, the one of the other kind that its work is under already.

    The same answer the database gives when one is made (`work_has_contracts_of_one_kind`), in one query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT about, letter FROM unnest(%s::text[]) about, partners_agreed_otherwise(about) letter"
            " WHERE letter IS NOT NULL",
            [list(abouts)],
        )
        return dict(cursor.fetchall())


def payable(shares: QuerySet[Share]) -> QuerySet[Share]:
    """Without what is left in the month a contract ended unpaid.

    Months divide an assignment's honor to the rupiah, so that part of a unit may stay there; nobody pays it.
    """
    unpaid = Termination.objects.filter(
        Q(activity__isnull=True) | Q(activity=OuterRef("assignment__duty__activity")),
        registration=OuterRef("assignment__registration"),
        month=OuterRef("month"),
        honor=0,
    )
    return shares.filter(~Exists(unpaid))


def months_agreed(agreement: Letter) -> tuple[int, list[date]]:
    """The registration a contract letter is about, and the months it pays in."""
    registration, activity, month = _subject(agreement)
    if activity is None:
        return registration, [month]
    shares = Share.objects.filter(
        assignment__registration=registration, assignment__duty__activity=activity, month__lte=month
    )
    return registration, sorted(set(payable(shares).values_list("month", flat=True)))


def unfinished(agreements: Collection[Letter]) -> set[str]:
    """The subjects of the letters that still have a month to pay; a monthly contract never has another."""
    subjects = {letter.about: _subject(letter) for letter in agreements if letter.kind not in OF_MONTH}
    paid = PaymentLine.objects.paid().filter(
        handover__approval__registration=OuterRef("assignment__registration"),
        handover__approval__month=OuterRef("month"),
    )
    people = {registration for registration, _activity, _until in subjects.values()}
    owed = payable(Share.objects.filter(~Exists(paid), assignment__registration__in=people)).order_by()
    work = owed.values_list("assignment__registration", "assignment__duty__activity")
    first = {(who, what): month for who, what, month in work.annotate(Min("month"))}
    return {
        about
        for about, (registration, activity, until) in subjects.items()
        if activity is not None
        and (registration, activity) in first
        and first[registration, activity] <= until
    }


def papers_paid(approvals: Sequence[Approval]) -> list[str]:
    """What the letters about paid months are about: handovers, and contracts all of whose months are paid."""
    receipts = [about_handover(row.registration_id, row.month) for row in approvals]
    contracts = [letter for letters in contracts_of(approvals).values() for letter in letters]
    return [*receipts, *({letter.about for letter in contracts} - unfinished(contracts))]


def is_paid(approval: Approval) -> bool:
    """Whether the state of the month's contract or handover letter is `paid`."""
    receipt = about_handover(approval.registration_id, approval.month)
    agreed = contracts_of([approval])[approval.pk]
    return (
        any(letter.state == State.PAID for letter in agreed)
        or Letter.objects.filter(about=receipt, state=State.PAID).exists()
    )


def _subject(agreement: Letter) -> tuple[int, int | None, date]:
    """Registration, activity (None for a month's own) and the last month of what a letter agrees on."""
    if agreement.kind == TERMINATION.code:
        ended = Termination.objects.get(pk=row_of(agreement.about))
        return ended.registration_id, ended.activity_id, ended.month
    if agreement.kind in OF_MONTH:
        registration, month = month_of(agreement.about)
        return registration, None, month
    return *activity_of(agreement.about), date.max
