"""The address and key an office fetches with; without both nothing is asked of the network."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core import secrecy
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.knowledge import permissions
from halopst.knowledge.models import Sync, WebApiAccess
from halopst.units.models import Unit

PURPOSE = "webapi-key"
LONGEST_KEY = 200


class BadAddress(Invalid):
    message = _(
        "Alamat WebAPI diawali https:// dan tidak memuat kunci, misalnya https://webapi.bps.go.id/v1/api"
    )


class KeyMissing(Invalid):
    message = _("Isi kunci WebAPI. Kunci didapat dengan mendaftar di situs WebAPI BPS.")


class KeyUnreadable(Refused):
    message = _("Kunci WebAPI tersimpan dengan kunci instalasi lain. Isi ulang kuncinya.")


@dataclass(frozen=True, slots=True)
class Access:
    """What a fetch needs; printing it does not show the key."""

    address: str
    per_second: int
    key: str = field(repr=False)


@transaction.atomic
def set_access(
    actor: Actor, *, unit: Unit, address: str, key: str, per_second: int, is_on: bool, now: datetime
) -> WebApiAccess:
    """Set the address and key `unit` fetches with; an empty key keeps the old one.

    What failed before is tried again at once.
    """
    if not actor.may(permissions.CONFIGURE, unit.pk):
        raise NotPermitted
    known = WebApiAccess.objects.select_for_update().filter(unit=unit).first()
    if not key and known is None:
        raise KeyMissing
    values = {"address": _checked(address), "per_second": per_second, "is_on": is_on}
    if key:
        values["sealed_key"] = secrecy.seal(key.strip()[:LONGEST_KEY], purpose=PURPOSE)
    access, _made = WebApiAccess.objects.update_or_create(unit=unit, defaults=values)
    for kind in Sync.Kind.values:
        Sync.objects.get_or_create(unit=unit, kind=kind, defaults={"next_at": now})
    Sync.objects.filter(unit=unit, state=Sync.State.FAILED).update(next_at=now)
    record(actor, "knowledge.webapi-set", access, address=values["address"], on=is_on, key_changed=bool(key))
    return access


def access_of(unit: Unit) -> Access | None:
    """The office's own address and key, else those of the head office; None when neither is in use."""
    rows = WebApiAccess.objects.filter(is_on=True).select_related("unit")
    found = rows.filter(unit=unit).first() or rows.filter(unit__kind=Unit.Kind.HEAD_OFFICE).first()
    if found is None:
        return None
    try:
        key = secrecy.unseal(found.sealed_key, purpose=PURPOSE)
    except secrecy.SealedElsewhere as error:
        raise KeyUnreadable from error
    return Access(found.address, found.per_second, key)


def is_set(unit: Unit) -> bool:
    """Whether anything is fetched for `unit`; true also when its key has to be entered again."""
    return WebApiAccess.objects.filter(is_on=True).filter(Q(unit=unit) | Q(unit__kind="pusat")).exists()


def _checked(address: str) -> str:
    """The address, if it is HTTPS, or plain HTTP to this very machine; else a refusal."""
    parts = urlsplit(address.strip())
    local = parts.hostname in {"localhost", "127.0.0.1"}
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise BadAddress
    if parts.query or parts.username or "/key/" in parts.path:
        raise BadAddress
    return address.strip().rstrip("/")
