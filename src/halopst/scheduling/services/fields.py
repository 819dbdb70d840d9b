from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Refused
from halopst.scheduling.models import Field
from halopst.scheduling.services.authority import must_manage
from halopst.units.models import Unit


class FieldExists(Refused):
    message = _("Bidang dengan nama itu sudah ada. Pakai nama lain, atau tampilkan lagi yang tersembunyi.")


@transaction.atomic
def add_field(actor: Actor, *, unit: Unit, name: str, icon: str, synonyms: str = "") -> Field:
    """A new field, last in order; its address is made from its first name and stays."""
    must_manage(actor, unit.pk)
    last = Field.objects.filter(unit=unit).aggregate(last=Max("position"))["last"] or 0
    slug = slugify(name)[:60] or f"bidang-{last + 1}"
    if Field.objects.filter(unit=unit, slug=slug).exists():
        slug = f"{slug}-{last + 1}"
    with refuse_on("one_field_per_name_and_office", FieldExists):
        field: Field = Field.objects.create(
            unit=unit, name=name, slug=slug, icon=icon, synonyms=synonyms, position=last + 1
        )
    record(actor, "scheduling.field-added", field, name=name)
    return field


@transaction.atomic
def edit_field(actor: Actor, field: Field, *, name: str, icon: str, synonyms: str, is_active: bool) -> Field:
    """A field that is not shown keeps its experts and its history."""
    must_manage(actor, field.unit_id)
    was = field.name
    field.name, field.icon, field.synonyms, field.is_active = name, icon, synonyms, is_active
    with refuse_on("one_field_per_name_and_office", FieldExists):
        field.save()
    record(actor, "scheduling.field-edited", field, was=was, name=name, is_active=is_active)
    return field


@transaction.atomic
def move_field(actor: Actor, field: Field, *, direction: Literal["up", "down"]) -> None:
    """Change places with the neighbour; at the end of the list nothing happens."""
    must_manage(actor, field.unit_id)
    order = list(Field.objects.select_for_update().filter(unit=field.unit_id).order_by("position", "pk"))
    here = order.index(field)
    there = here + (-1 if direction == "up" else 1)
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, one in enumerate(order, 1):
        one.position = position
    Field.objects.bulk_update(order, ["position"])
    record(actor, "scheduling.field-moved", field, position=field.position, now_at=there + 1)
