"""Finding experts and fields, forgiving what was mistyped."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from halopst.core.actors import ANONYMOUS, Actor
from halopst.scheduling import rules
from halopst.scheduling.models import Expert, Field, Reservation
from halopst.units.models import Unit


def fields_of(unit: Unit, actor: Actor = ANONYMOUS) -> QuerySet[Field]:
    """The fields `actor` may see, in the office's order, with `expert_count` who can be booked."""
    bookable = Q(experts__is_active=True, experts__is_public=True)
    counted: QuerySet[Field] = (
        Field.objects.visible_to(actor)
        .filter(unit=unit)
        .annotate(expert_count=Count("experts", filter=bookable, distinct=True))
    )
    return counted.order_by("position", "name")


def search_experts(
    unit: Unit, text: str = "", field: Field | None = None, *, actor: Actor = ANONYMOUS
) -> list[Expert]:
    """The experts `actor` may see whose name, title, language or field answers every word of `text`.

    Best answer first; forgives slips of the fingers and unfinished words. Without text: all, by name.
    """
    experts = Expert.objects.visible_to(actor).filter(unit=unit).select_related("unit")
    if field is not None:
        experts = experts.filter(fields=field)
    found: list[Expert] = list(experts.prefetch_related("fields").by_name())
    return rules.ranked(rules.sought(text), [(expert, _terms(expert)) for expert in found])


def search_fields(fields: Iterable[Field], text: str) -> list[Field]:
    """Those of `fields` whose name or synonyms answer `text`, best first; all of them without text."""
    described = [(field, rules.words(f"{field.name} {field.synonyms}")) for field in fields]
    return rules.ranked(rules.sought(text), described)


def hold_of(holder: str, pk: int) -> Reservation:
    """The reservation `pk` if this holder took it; raises `Reservation.DoesNotExist` for anyone else's."""
    found: Reservation = Reservation.objects.select_related("unit", "expert__unit").get(pk=pk, holder=holder)
    return found


def _terms(expert: Expert) -> set[str]:
    subjects = " ".join(f"{field.name} {field.synonyms}" for field in expert.fields.all() if field.is_active)
    spoken = " ".join(expert.language_names)
    return set(rules.words(f"{expert.display_name} {expert.title} {subjects} {spoken}"))
