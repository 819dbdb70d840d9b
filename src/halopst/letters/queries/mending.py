"""Who can follow the way to where what a letter lacks is mended."""

from typing import Final
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.letters import permissions
from halopst.units.models import Unit

ASK: Final = _("Minta admin satker melengkapinya.")
MANAGED: Final = frozenset({"letters:pattern", "letters:template"})


def may_mend(actor: Actor, unit: Unit, url: str) -> bool:
    """Texts and number patterns are the administrator's; every other page is open to who issues.

    A batch of an older version may name a page that is gone: nobody is led there.
    """
    try:
        page = resolve(urlsplit(url).path).view_name
    except Resolver404:
        return False
    return page not in MANAGED or actor.may(permissions.MANAGE, unit.pk)


def led(actor: Actor, unit: Unit, said: str, url: str) -> tuple[str, str]:
    """What is lacking and the way to where it is mended; for who cannot follow it, whom to ask instead."""
    if not url or may_mend(actor, unit, url):
        return said, url
    return f"{said} {ASK}", ""
