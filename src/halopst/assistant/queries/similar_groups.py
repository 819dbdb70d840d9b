"""The groups a question may belong to: with the same slots and a stem in common, the nearest few."""

from django.db import connection

from halopst.assistant.rules.learning.likeness import Reading
from halopst.units.models import Unit

LOOKED_AT = 50
_NEAREST = """
SELECT id, stems FROM (
    SELECT id, stems, (SELECT count(*) FROM unnest(stems) AS stem WHERE stem = ANY(%(stems)s)) AS shared
    FROM assistant_questiongroup
    WHERE unit_id = %(unit)s AND slots = %(slots)s AND state <> 'answered'
    AND (stems && %(stems)s::varchar[] OR cardinality(%(stems)s::varchar[]) + cardinality(stems) = 0)
) AS near
ORDER BY shared / greatest(cardinality(stems) + cardinality(%(stems)s::varchar[]) - shared, 1.0) DESC, id
LIMIT %(most)s
"""


def nearest(unit: Unit, reading: Reading) -> list[tuple[int, list[str]]]:
    """The ids and stems of these groups; groups that are answered take in no more questions."""
    stems = sorted(reading.stems)
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, {"unit": unit.pk, "slots": reading.slots, "stems": stems, "most": LOOKED_AT})
        return list(cursor.fetchall())
