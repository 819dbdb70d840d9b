"""Synonyms in force, and those an office keeps."""

from django.db import connection
from django.db.models import Q, QuerySet

from halopst.core.actors import Actor
from halopst.knowledge.models import Synonym
from halopst.knowledge.rules.words.shorthand import spelled_out
from halopst.knowledge.rules.words.synonyms import keys_in, read_with
from halopst.units.models import Unit

# The office's own synonyms come last, so that they replace the others.
_MEANINGS = """
SELECT synonym.key, synonym.means
FROM knowledge_synonym synonym JOIN units_unit unit ON unit.id = synonym.unit_id
WHERE synonym.state = %(approved)s AND synonym.key = ANY(%(keys)s)
AND (unit.kind = %(everywhere)s OR unit.id = %(own)s)
ORDER BY unit.id IS NOT DISTINCT FROM %(own)s, synonym.id
"""
_COUNTED = {"approved": str(Synonym.State.APPROVED), "everywhere": str(Unit.Kind.HEAD_OFFICE)}


def read_as(text: str, unit: Unit | None) -> str:
    """A question in the words of texts and tables, by the synonyms in force; one query.

    Those of the office asked go before those of the head office, and these before common shorthand.
    """
    keys = keys_in(text)
    own = unit.pk if unit else None
    with connection.cursor() as cursor:
        cursor.execute(_MEANINGS, {"keys": keys, "own": own, **_COUNTED})
        kept = dict(cursor.fetchall())
    meanings = {key: meant for key in keys if (meant := spelled_out(key))} | kept
    return read_with(text, meanings) if meanings else text


def kept_synonyms(actor: Actor, *, text: str = "", state: str = "") -> QuerySet[Synonym]:
    """The synonyms of the offices whose texts `actor` may see, newest first."""
    rows: QuerySet[Synonym] = Synonym.objects.visible_to(actor)
    for word in text.split()[:8]:
        rows = rows.filter(Q(phrase__icontains=word) | Q(means__icontains=word))
    if state in Synonym.State.values:
        rows = rows.filter(state=state)
    return rows.select_related("unit", "proposed_by", "approved_by")
