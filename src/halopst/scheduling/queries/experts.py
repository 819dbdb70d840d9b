"""Finding experts and fields, forgiving what was mistyped."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.spelling import words
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


def away(unit: Unit, day: date) -> QuerySet[Expert]:
    """The experts of `unit` who are on leave that day, whoever asks: work is not handed to them."""
    return Expert.objects.filter(unit=unit, leaves__first_day__lte=day, leaves__last_day__gte=day)


def search_experts(
    unit: Unit, text: str = "", field: Field | None = None, *, actor: Actor = ANONYMOUS
) -> list[Expert]:
    """The experts `actor` may see whose name, title, language or field answers every word of `text`.

    Best answer first; forgives slips of the fingers and unfinished words. Without text: all, by name.
    """
    experts = Expert.objects.visible_to(actor).filter(unit=unit).by_name()
    if field is not None:
        experts = experts.filter(fields=field)
    whole = experts.select_related("unit").prefetch_related("fields")
    search = rules.sought(text)
    if not search:
        return list(whole)
    # Words first, rows afterwards: of a few hundred experts only those who answer are loaded.
    best = rules.ranked(search, list(_terms(unit, experts).items()))
    found = {expert.pk: expert for expert in whole.filter(pk__in=best)}
    return [found[pk] for pk in best if pk in found]


def search_fields(fields: Iterable[Field], text: str) -> list[Field]:
    """Those of `fields` whose name or synonyms answer `text`, best first; all of them without text."""
    described = [(field, words(f"{field.name} {field.synonyms}")) for field in fields]
    return rules.ranked(rules.sought(text), described)


def hold_of(holder: str, pk: int) -> Reservation:
    """The reservation `pk` if this holder took it; raises `Reservation.DoesNotExist` for anyone else's."""
    found: Reservation = Reservation.objects.select_related("unit", "expert__unit").get(pk=pk, holder=holder)
    return found


def _terms(unit: Unit, experts: QuerySet[Expert]) -> dict[int, set[str]]:
    """The words each expert can be found by, in the order of `experts`."""
    said: dict[int, list[str]] = {}
    for pk, name, title, languages in experts.values_list("pk", "display_name", "title", "languages"):
        said[pk] = [name, title, *(str(Expert.Language(code).label) for code in languages)]
    subjects = Expert.fields.through.objects.filter(expert__unit=unit, field__is_active=True)
    for pk, name, synonyms in subjects.values_list("expert_id", "field__name", "field__synonyms"):
        if pk in said:
            said[pk] += [name, synonyms]
    return {pk: {word for text in texts for word in words(text)} for pk, texts in said.items()}
