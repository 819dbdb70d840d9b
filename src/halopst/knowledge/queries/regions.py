"""All regions to look names up in, read anew only when one was added."""

from datetime import datetime

from django.db.models import Count, Max

from halopst.knowledge.models import Region
from halopst.knowledge.rules import regions
from halopst.knowledge.rules.regions import Gazetteer

Stamp = tuple[int, datetime | None]
_kept: dict[Stamp, Gazetteer] = {}


def gazetteer() -> Gazetteer:
    found = Region.objects.aggregate(count=Count("pk"), latest=Max("updated_at"))
    stamp = found["count"], found["latest"]
    if stamp not in _kept:
        rows = Region.objects.values_list("code", "name", "kind", "parent_code")
        read = Gazetteer(regions.Region(*row) for row in rows)
        _kept.clear()
        _kept[stamp] = read
    return _kept[stamp]
