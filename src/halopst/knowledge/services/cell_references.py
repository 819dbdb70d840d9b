"""The regions, breakdowns and sources of cells, added when first met, in sorted order against deadlocks."""

from collections.abc import Iterable

from django.db import connection

from halopst.knowledge.models import DataSource, Region
from halopst.units.models import Unit

_BREAKDOWNS = """
WITH wanted AS (SELECT unnest(%s::text[]) AS label), added AS (
    INSERT INTO knowledge_breakdown (created_at, updated_at, label)
    SELECT now(), now(), label FROM wanted WHERE label NOT IN (SELECT label FROM knowledge_breakdown)
    ORDER BY label ON CONFLICT DO NOTHING
)
SELECT count(*) FROM wanted
"""
LONGEST_LABEL = 310
LONGEST_TITLE, LONGEST_LINK = 300, 500


def breakdown_ids(labels: Iterable[str]) -> dict[str, int]:
    """The id of each label; a label too long for a heading is cut."""
    wanted = sorted({label[:LONGEST_LABEL] for label in labels})
    with connection.cursor() as cursor:
        cursor.execute(_BREAKDOWNS, [wanted])
        cursor.execute("SELECT label, id FROM knowledge_breakdown WHERE label = ANY(%s)", [wanted])
        return dict(cursor.fetchall())


def source_id(unit: Unit, title: str, link: str) -> int:
    source, _made = DataSource.objects.get_or_create(
        unit=unit, title=title[:LONGEST_TITLE], link=link[:LONGEST_LINK]
    )
    return int(source.pk)


def region_ids() -> dict[str, int]:
    return dict(Region.objects.values_list("code", "pk"))


def add_regions_of_units() -> int:
    """A region for every office that has none yet; returns how many were added."""
    known = set(Region.objects.values_list("code", flat=True))
    missing = [
        Region(
            code=unit.code,
            name=unit.region,
            kind=unit.kind,
            parent_code=unit.parent.code if unit.parent else "",
        )
        for unit in Unit.objects.exclude(code__in=known).select_related("parent").order_by("code")
    ]
    return len(Region.objects.bulk_create(missing, ignore_conflicts=True))
