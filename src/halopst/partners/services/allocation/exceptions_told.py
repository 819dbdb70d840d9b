"""Notices about exceptions: whoever decides is told of a request, whoever asked of the decision."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from halopst.accounts.models import User
from halopst.core.actors import Actor
from halopst.core.formats import rupiah
from halopst.notifications.services import NoticeKind, notify, recipient_of
from halopst.partners import permissions
from halopst.partners.models import CapOverride
from halopst.partners.notices import (
    EXCEPTION_ASKED,
    EXCEPTION_DECLINED,
    EXCEPTION_GRANTED,
    EXCEPTION_WITHDRAWN,
)
from halopst.partners.queries.deciding import deciders
from halopst.partners.services.contracts.texts import month_in_words

DECIDED: Mapping[str, NoticeKind] = {
    "granted": EXCEPTION_GRANTED,
    "declined": EXCEPTION_DECLINED,
    "withdrawn": EXCEPTION_WITHDRAWN,
}


def tell_asked(row: CapOverride, *, now: datetime) -> None:
    for person in deciders(permissions.OVERRIDE, row.unit).besides(row.asked_by_id):
        _tell(EXCEPTION_ASKED, person, row, {"pengaju": str(row.asked_by), "alasan": row.reason}, now=now)


def tell_decided(actor: Actor, row: CapOverride, *, now: datetime) -> None:
    """Tell whoever asked what was decided, unless they decided it themselves."""
    if row.asked_by_id == actor.user_id or not row.asked_by.is_active:
        return
    kind = DECIDED[row.standing]
    who = row.confirmed_by if kind is EXCEPTION_GRANTED else row.withdrawn_by
    context = {"pemutus": str(who)}
    if kind is not EXCEPTION_GRANTED:
        context["alasan"] = row.withdrawn_reason
    _tell(kind, row.asked_by, row, context, now=now)


def _tell(
    kind: NoticeKind, person: User, row: CapOverride, context: Mapping[str, str], *, now: datetime
) -> None:
    page = reverse("partners:approvals", args=[row.unit.slug])
    notify(
        kind=kind.code,
        unit=row.unit,
        to=recipient_of(person),
        context={
            "mitra": row.person.name,
            "bulan": month_in_words(row.month),
            "jumlah": rupiah(row.amount, lang="en" if person.language == "en" else "id"),
            **context,
        },
        about=f"partners.capoverride:{row.pk}",
        key=f"{kind.code}:{row.pk}:{person.pk}",
        link=f"{page}?bulan={row.month:%Y-%m}#pengecualian",
        now=now,
    )
