"""What the office has written about a topic already: it may answer before an appointment does."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from halopst.consultations.views.frame import unit_of
from halopst.core.actors import Actor
from halopst.core.forms import plain
from halopst.core.http import Request
from halopst.knowledge.models import Document
from halopst.knowledge.queries import Filters, search
from halopst.units.models import Unit

SHOWN = 2
LONGEST_TOPIC = 150
# Below what an answer asserts: these are only offered to read.
LIKELY = 0.3


@require_GET
def nearby(request: Request, slug: str) -> HttpResponse:
    unit, topic = unit_of(request, slug), plain(request.GET.get("topic", ""), LONGEST_TOPIC)
    return render(request, "consultations/nearby.html", {"texts": texts_on(request.actor, unit, topic)})


def texts_on(actor: Actor, unit: Unit, topic: str) -> Sequence[Document]:
    """At most two texts that come near the topic; none of those due for review."""
    if not topic.strip():
        return []
    found = search(actor, topic, filters=Filters(unit=unit, citable_on=timezone.localdate()), limit=SHOWN)
    return [hit.document for hit in found.hits if hit.score >= LIKELY]
