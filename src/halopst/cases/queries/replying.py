"""How soon an office replies, as it may tell everybody: of all its requests together, never of one."""

from datetime import datetime, timedelta

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F

from halopst.cases.models import Case
from halopst.units.models import Unit

LOOKED_BACK = timedelta(days=30)
FEWEST = 10


class Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def usual_reply(unit: Unit, *, now: datetime) -> timedelta | None:
    """The time in which half of the requests that ended in thirty days had their first reply.

    By the clock, nights and holidays too; None while fewer than ten requests would speak for the office.
    """
    ended = Case.objects.filter(unit=unit, finished_at__gte=now - LOOKED_BACK, first_reply_at__isnull=False)
    waited = ExpressionWrapper(F("first_reply_at") - F("submitted_at"), output_field=DurationField())
    found = ended.aggregate(count=Count("pk"), median=Median(waited, output_field=DurationField()))
    return found["median"] if found["count"] >= FEWEST else None
