"""What every page of this domain starts with."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.core.actors import Actor
from halopst.core.shapes import NavItem
from halopst.letters import permissions
from halopst.letters.kinds import find_kind
from halopst.letters.models import Letter
from halopst.letters.rules import Shape
from halopst.units.models import Unit


def kind_label(code: str) -> str:
    kind = find_kind(code)
    return str(kind.label) if kind else code


def kept(actor: Actor, unit: Unit) -> dict[str, Any]:
    """What a page of the office's texts and numbers starts with, for who may change them and who reads."""
    return {
        "office": unit,
        "may_manage": actor.may(permissions.MANAGE, unit.pk),
        "tabs": management_tabs(unit),
        "active": "kelola",
    }


def management_tabs(unit: Unit) -> list[NavItem]:
    parts = [
        ("naskah", _("Naskah"), "letters:templates"),
        ("nomor", _("Nomor"), "letters:numbers"),
        ("klasifikasi", _("Klasifikasi"), "letters:classifications"),
        ("tangan", _("Penanda tangan"), "letters:signatories"),
    ]
    return [NavItem(key, label, reverse(route, args=[unit.slug])) for key, label, route in parts]


def official_of(letter: Letter) -> str:
    """The name of the first official the letter prints: most often who signs it."""
    kind = find_kind(letter.kind)
    people = [field for field in kind.fields if field.shape is Shape.PERSON] if kind else []
    officials = [field.name for field in people if any(column.name == "nip" for column in field.columns)]
    return str(letter.data.get(officials[0], {}).get("nama", "")) if officials else ""
