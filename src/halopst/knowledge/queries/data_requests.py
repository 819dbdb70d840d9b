"""What data an office is asked for and lacks."""

from django.db.models import Q, QuerySet

from halopst.core.actors import Actor
from halopst.knowledge.models import DataRequest
from halopst.units.models import Unit


def data_requests(actor: Actor, unit: Unit, *, text: str = "", state: str = "") -> QuerySet[DataRequest]:
    """The office's requests for data, newest first."""
    rows: QuerySet[DataRequest] = DataRequest.objects.visible_to(actor).filter(unit=unit)
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(topic__icontains=word) | Q(region__name__icontains=word) | Q(period__icontains=word)
        )
    if state in DataRequest.State.values:
        rows = rows.filter(state=state)
    return rows.select_related("indicator", "region", "asked_by", "closed_by")
