"""What mitra said of the account their honor goes to, and what came of it."""

from django.db.models import QuerySet

from halopst.partners.models import AccountRemark, BankAccount


def open_remarks(person: int) -> QuerySet[AccountRemark]:
    """What they said of their account and the office has not settled: one at most."""
    rows: QuerySet[AccountRemark] = AccountRemark.objects.filter(person=person, settled_at__isnull=True)
    return rows


def settled_remark(account: BankAccount) -> AccountRemark | None:
    """What they asked of this account and the office settled, until they answer or it changes again.

    Whoever takes their own request back confirms the account, which changes it later than that.
    """
    if account.confirmed_at:
        return None
    rows = AccountRemark.objects.filter(person=account.person_id).order_by("-said_at", "-pk")
    last: AccountRemark | None = rows.first()
    settled = last.settled_at if last else None
    return last if settled and settled >= account.updated_at else None
