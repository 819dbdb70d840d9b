"""Links to the pages where missing things are mended, and whom to ask if one may not open them."""

from typing import Final
from urllib.parse import urlsplit

from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.letters import permissions
from halopst.units.models import Unit

ASK_ADMIN: Final = _("Minta admin satker melengkapinya.")
MANAGED: Final = ("letters:pattern", "letters:template", "letters:signatories")
_menders: dict[str, tuple[str, Promise]] = dict.fromkeys(MANAGED, (permissions.MANAGE, ASK_ADMIN))


def mended_by(page: str, permission: str, otherwise: Promise) -> None:
    """What is lacking is mended on `page` by who holds `permission` there; others read whom to ask."""
    _menders[page] = (permission, otherwise)


def where_appointed(unit: Unit, role: str) -> str:
    """The page where somebody is put on record as signing in that role."""
    return f"{reverse('letters:signatories', args=[unit.slug])}?peran={role}"


def whom_to_ask(actor: Actor, unit: Unit, url: str) -> str:
    """A sentence that names whom to ask, for those who may not mend at `url`; empty for those who may."""
    permission, otherwise = _menders.get(resolve(urlsplit(url).path).view_name, ("", None))
    return str(otherwise) if otherwise and not actor.may(permission, unit.pk) else ""


def led(actor: Actor, unit: Unit, said: str, url: str) -> tuple[str, str]:
    """What is lacking and the way to where it is mended; for who cannot mend it, whom to ask instead."""
    ask = whom_to_ask(actor, unit, url) if url else ""
    return (f"{said} {ask}", "") if ask else (said, url)
