"""Synonyms in force, and those an office keeps."""

from django.db.models import Q, QuerySet

from halopst.core.actors import Actor
from halopst.knowledge.models import Synonym
from halopst.knowledge.rules.shorthand import spelled_out
from halopst.knowledge.rules.synonyms import keys_in, read_with
from halopst.units.models import Unit


def read_as(text: str, unit: Unit | None) -> str:
    """A question in the words of texts and tables, by the synonyms of the office asked and of all offices.

    One query. What the office itself says goes before what the head office says, and that before what
    everybody types for short.
    """
    keys = keys_in(text)
    everywhere = Q(unit__kind=Unit.Kind.HEAD_OFFICE)
    counted = everywhere | Q(unit=unit) if unit else everywhere
    rows = Synonym.objects.filter(counted, state=Synonym.State.APPROVED, key__in=keys)
    found = rows.order_by("pk").values_list("key", "means", "unit_id")
    own = unit.pk if unit else None
    meanings = {key: meant for key in keys if (meant := spelled_out(key))}
    meanings |= {key: means for key, means, office in sorted(found, key=lambda row: row[2] == own)}
    return read_with(text, meanings) if meanings else text


def kept_synonyms(actor: Actor, *, text: str = "", state: str = "") -> QuerySet[Synonym]:
    """The synonyms of the offices whose texts `actor` may see, newest first."""
    rows: QuerySet[Synonym] = Synonym.objects.visible_to(actor)
    for word in text.split()[:8]:
        rows = rows.filter(Q(phrase__icontains=word) | Q(means__icontains=word))
    if state in Synonym.State.values:
        rows = rows.filter(state=state)
    return rows.select_related("unit", "proposed_by", "approved_by")
