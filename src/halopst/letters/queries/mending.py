"""Who can follow the way to where what a letter lacks is mended."""

from typing import Final
from urllib.parse import urlsplit

from django.urls import resolve

from halopst.core.actors import Actor
from halopst.letters import permissions
from halopst.units.models import Unit

MANAGED: Final = frozenset({"letters:pattern", "letters:template"})


def may_mend(actor: Actor, unit: Unit, url: str) -> bool:
    """Texts and number patterns are the administrator's; every other page is open to who issues."""
    is_managed = resolve(urlsplit(url).path).view_name in MANAGED
    return not is_managed or actor.may(permissions.MANAGE, unit.pk)
