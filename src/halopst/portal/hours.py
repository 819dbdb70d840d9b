"""An office's service hours as lines people read: weekdays with the same hours share one."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from django.core.cache import cache
from django.utils.dates import WEEKDAYS

from halopst.calendars.queries import calendar_of
from halopst.core.formats import clock_range
from halopst.core.templatetags.formats import language
from halopst.units.models import Unit

KEPT = timedelta(minutes=10)


def hours_lines(unit: Unit, *, now: datetime) -> list[str]:
    """The hours of this week, holidays aside: `Senin–Kamis 08.00–15.30 WIB`."""
    today = now.astimezone(unit.tz).date()
    key = f"portal.hours:{unit.pk}:{today}:{language()}"
    lines: list[str] | None = cache.get(key)
    if lines is None:
        monday = today - timedelta(days=today.weekday())
        calendar = replace(calendar_of(unit, monday, monday + timedelta(days=6)), closed={})
        days = [monday + timedelta(days=number) for number in range(7)]
        hours = [_spans(calendar.intervals(day), unit) for day in days]
        lines = _grouped(hours)
        cache.set(key, lines, KEPT.total_seconds())
    return lines


def _spans(intervals: list[tuple[datetime, datetime]], unit: Unit) -> str:
    return ", ".join(clock_range(opens, closes, unit.zone, lang=language()) for opens, closes in intervals)


def _grouped(hours: list[str]) -> list[str]:
    lines = []
    for spans, numbered in groupby(enumerate(hours), key=lambda pair: pair[1]):
        if spans:
            days = [number for number, _ in numbered]
            first, last = str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]])
            lines.append(f"{first} {spans}" if first == last else f"{first}–{last} {spans}")
    return lines
