"""All regions, to look up names in; cached until one is added."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max

from halopst.core.once import once
from halopst.knowledge.models import Region
from halopst.knowledge.rules.figures import regions
from halopst.knowledge.rules.figures.regions import Gazetteer

Stamp = tuple[int, datetime | None]
_kept: dict[Stamp, tuple[Gazetteer, dict[str, int]]] = {}


def gazetteer() -> Gazetteer:
    return _read()[0]


def region_ids(codes: Iterable[str]) -> list[int]:
    """The ids of these regions; a code that is no region has none."""
    ids = _read()[1]
    return [ids[code] for code in codes if code in ids]


def _read() -> tuple[Gazetteer, dict[str, int]]:
    return once("regions", _as_they_are)


def _as_they_are() -> tuple[Gazetteer, dict[str, int]]:
    found = Region.objects.aggregate(count=Count("pk"), latest=Max("updated_at"))
    stamp = found["count"], found["latest"]
    if stamp not in _kept:
        rows = list(Region.objects.values_list("pk", "code", "name", "kind", "parent_code"))
        read = Gazetteer(regions.Region(*row[1:]) for row in rows), {row[1]: row[0] for row in rows}
        _kept.clear()
        _kept[stamp] = read
    return _kept[stamp]
