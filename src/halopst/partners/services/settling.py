"""Settling what mitra said about their accounts, and telling them."""

from collections.abc import Collection
from datetime import datetime

from halopst.partners.models import AccountRemark
from halopst.partners.notices import ACCOUNT_KEPT, ACCOUNT_MENDED
from halopst.partners.services.telling import tell_mitra
from halopst.units.models import Unit


def settle_remarks_of(people: Collection[int], *, unit: Unit, mended: bool, now: datetime) -> int:
    """Settle the remarks in the transaction that `mended` the accounts, or found nothing wrong; how many."""
    rows = AccountRemark.objects.filter(person__in=people, settled_at__isnull=True).order_by("pk")
    settled = list(rows.select_related("person__bank_account").select_for_update(of=("self",)))
    for row in settled:
        _settle(row, unit=unit, mended=mended, now=now)
    return len(settled)


def _settle(row: AccountRemark, *, unit: Unit, mended: bool, now: datetime) -> None:
    """Never before the account last changed: by that their page knows which account it was settled for."""
    row.settled_at = max(now, row.person.bank_account.updated_at)
    row.save(update_fields=["settled_at", "updated_at"])
    kind = ACCOUNT_MENDED if mended else ACCOUNT_KEPT
    tell_mitra(
        kind,
        row.person,
        unit=unit,
        context={"permintaan": row.note},
        key=f"{kind.code}:{row.pk}",
        now=now,
    )
