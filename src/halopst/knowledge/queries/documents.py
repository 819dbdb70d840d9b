"""Texts for those who keep them, and the offices they belong to."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.errors import Invalid
from halopst.core.forms import plain
from halopst.knowledge import permissions
from halopst.knowledge.models import Document
from halopst.knowledge.models.documents import held_by
from halopst.units.models import Unit

STALE = "tinjau"
LATEST = 8  # texts shown before anything is asked


def unit_called(name: str) -> Unit | None:
    """The office with this BPS code or short address."""
    units = Unit.objects.visible_to(ANONYMOUS)
    found: Unit | None = units.filter(code=name).first() or units.filter(slug=name).first()
    return found


class UnknownUnit(Invalid):
    message = _("Satker tidak dikenal: isi unit dengan kode BPS atau alamat pendeknya.")


def unit_named(name: str) -> Unit:
    """The office with this BPS code or short address; refuses if there is none."""
    found = unit_called(plain(name))
    if found is None:
        raise UnknownUnit
    return found


def offices_to_write_for(actor: Actor) -> list[Unit]:
    return list(Unit.objects.in_units(actor, permissions.WRITE).order_by("code"))


def is_of_head_office(units: list[Unit]) -> bool:
    """Whether one of them is the head office, whose people write for all."""
    return any(unit.kind == Unit.Kind.HEAD_OFFICE for unit in units)


def kept_documents(
    actor: Actor, *, text: str = "", state: str = "", kind: str = "", today: date
) -> QuerySet[Document]:
    """The texts of the offices whose drafts `actor` may read, the last changed first.

    `state` is a state of texts, or `STALE` for published ones past their review date.
    """
    rows: QuerySet[Document] = Document.objects.visible_to(actor).filter(held_by(actor, permissions.VIEW))
    for word in text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(external_id=word))
    if state == STALE:
        rows = rows.filter(state=Document.State.PUBLISHED, review_by__lt=today)
    elif state in Document.State.values:
        rows = rows.filter(state=state)
    if kind in Document.Kind.values:
        rows = rows.filter(kind=kind)
    return rows.select_related("unit", "owner").order_by("-edited_at", "-pk")


def offices_with_texts(actor: Actor) -> list[Unit]:
    """The offices that have texts of their own which `actor` may find."""
    texts = Document.objects.visible_to(actor).published().filter(unit=OuterRef("pk"))
    return list(Unit.objects.visible_to(actor).filter(Exists(texts)).order_by("code"))


def latest_documents(actor: Actor, unit: Unit | None) -> list[Document]:
    """What was last published or changed, by one office and all offices together, or by any office."""
    rows = Document.objects.visible_to(actor).published().for_office(unit)
    return list(rows.order_by("-edited_at", "-pk")[:LATEST])
