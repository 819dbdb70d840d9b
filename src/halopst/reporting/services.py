from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count

from halopst.calendars.queries import calendar_of
from halopst.calendars.rules import WorkingCalendar
from halopst.cases.models import Case, CasePause
from halopst.cases.rules import State
from halopst.reporting.models import DailySummary
from halopst.satisfaction.models import Rating
from halopst.satisfaction.queries import current_instrument
from halopst.units.models import Unit

LONGEST_CASE = timedelta(days=120)
"""How far back a case finished on the summarised day may have begun for its calendar to be loaded."""


def summarise_case(case_id: int) -> None:
    """Rebuild the days this case touches: received, first replied to, each time finished."""
    case = Case.objects.select_related("unit").get(pk=case_id)
    earlier_ends = case.pauses.filter(reason=CasePause.Reason.ENDED).values_list("begins_at", flat=True)
    moments = (case.submitted_at, case.first_reply_at, case.finished_at, *earlier_ends)
    for day in sorted({moment.astimezone(case.unit.tz).date() for moment in moments if moment}):
        summarise(case.unit, day)


def summarise_rating(rating_id: int) -> None:
    """Rebuild the day a rating was given."""
    rating = Rating.objects.select_related("unit").get(pk=rating_id)
    summarise(rating.unit, rating.rated_at.astimezone(rating.unit.tz).date())


@transaction.atomic
def summarise(unit: Unit, day: date) -> DailySummary:
    """Count one office's day anew. The row is locked while counting, so the last to run counts everything."""
    DailySummary.objects.get_or_create(unit=unit, day=day)
    row = DailySummary.objects.select_for_update().get(unit=unit, day=day)
    start = datetime.combine(day, time(), unit.tz)
    end = start + timedelta(days=1)
    cases = Case.objects.filter(unit=unit)
    calendar = calendar_of(unit, day - LONGEST_CASE, day)

    row.requests = cases.filter(submitted_at__gte=start, submitted_at__lt=end).count()
    replied = cases.filter(first_reply_at__gte=start, first_reply_at__lt=end)
    row.replied, row.replied_on_time, row.reply_seconds = _measure(
        replied.values_list("submitted_at", "first_reply_at", "first_reply_due_at"), calendar
    )
    finished = cases.filter(finished_at__gte=start, finished_at__lt=end, state=State.FINISHED)
    row.finished, row.finished_on_time, row.finish_seconds = _measure(
        finished.values_list("complete_at", "finished_at", "due_at"), calendar
    )
    row.rating_counts = _ratings(unit, start, end)
    row.save()
    return row


Times = Iterable[tuple[datetime | None, datetime | None, datetime | None]]


def _measure(times: Times, calendar: WorkingCalendar) -> tuple[int, int, int]:
    """Of (begun, done, due): how many were done, how many of them in time, and their working seconds."""
    done = on_time = seconds = 0
    for begun, at, due in times:
        if begun is None or at is None:
            continue
        done += 1
        on_time += due is None or at <= due
        seconds += calendar.working_seconds(begun, at)
    return done, on_time, seconds


def _ratings(unit: Unit, start: datetime, end: datetime) -> list[int]:
    instrument = current_instrument()
    counts = [0] * instrument.scale
    given = Rating.objects.filter(unit=unit, instrument=instrument, rated_at__gte=start, rated_at__lt=end)
    for value, number in given.values_list("score").annotate(Count("pk")):
        counts[value - 1] = number
    return counts


def summarise_days(days: Iterable[date]) -> None:
    """Rebuild whole days of every active office: the nightly check on what the facts have built."""
    for unit in Unit.objects.filter(is_active=True):
        for day in days:
            summarise(unit, day)
