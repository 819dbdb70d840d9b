"""Notices to a mitra, at the addresses they have."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from halopst.notifications.services import NoticeKind, Recipient, notify
from halopst.partners.models import Person
from halopst.units.models import Unit


def tell_mitra(
    kind: NoticeKind,
    person: Person,
    *,
    unit: Unit,
    context: Mapping[str, str],
    key: str,
    link: str = "",
    now: datetime,
) -> None:
    """Tell a mitra by e-mail, and by WhatsApp if agreed; without an address they see it on their page."""
    if not person.email and not person.phone:
        return
    notify(
        kind=kind.code,
        unit=unit,
        to=Recipient(user_id=None, name=person.name, email=person.email, phone=person.phone),
        context={"nama": person.name, "satker": unit.name, **context},
        about=f"partners.person:{person.pk}",
        key=key,
        link=link or reverse("own:home"),
        now=now,
    )
