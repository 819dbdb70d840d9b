"""Formats in the visitor's language: `{{ moment|waktu:unit.zone }}`, `{{ amount|rupiah }}` (docs/ui.md)."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from django.template import Context, Library
from django.utils import timezone

from halopst.core import formats
from halopst.core.formats import language

register = Library()

Day = date | datetime


def _day(value: Day, zone: str | tzinfo) -> date:
    if isinstance(value, datetime):
        return value.astimezone(formats.zone(zone) if zone else timezone.get_current_timezone()).date()
    return value


@register.filter
def angka(value: formats.Number | None, decimals: int = 0) -> str:
    return "" if value is None else formats.number(value, decimals, lang=language())


@register.filter
def tepat(value: formats.Number | str | None) -> str:
    return "" if value in {None, ""} else formats.exact(Decimal(str(value)), lang=language())


@register.filter
def rupiah(value: int | None) -> str:
    return "" if value is None else formats.rupiah(value, lang=language())


@register.filter
def persen(value: formats.Number | None, decimals: int = 2) -> str:
    return "" if value is None else formats.percent(value, decimals, lang=language())


@register.filter
def tanggal(value: Day | None, zone: str | tzinfo = "") -> str:
    return "" if value is None else formats.long_date(_day(value, zone), lang=language())


@register.filter
def tanggal_saja(value: Day | None, zone: str | tzinfo = "") -> str:
    return "" if value is None else formats.medium_date(_day(value, zone), lang=language())


@register.filter
def tanggal_ringkas(value: Day | None, zone: str | tzinfo = "") -> str:
    return "" if value is None else formats.brief_date(_day(value, zone), lang=language())


@register.filter
def jam(value: datetime | None, zone: str | tzinfo) -> str:
    return "" if value is None else formats.clock(value, zone, lang=language())


@register.filter
def waktu(value: datetime | None, zone: str | tzinfo) -> str:
    return "" if value is None else formats.moment(value, zone, lang=language())


@register.simple_tag
def rentang(start: datetime, end: datetime, zone: str | tzinfo) -> str:
    return formats.clock_range(start, end, zone, lang=language())


@register.simple_tag(takes_context=True)
def hari(context: Context, value: Day, zone: str | tzinfo) -> str:
    """The day in words seen from the context's `now`, or from this moment."""
    now = context.get("now") or timezone.now()
    return formats.relative_day(_day(value, zone), _day(now, zone), lang=language())


@register.filter
def durasi(value: timedelta | None) -> str:
    return "" if value is None else formats.duration(value, lang=language())


@register.filter
def kira_kira(value: timedelta | None) -> str:
    return "" if value is None else formats.rough(value, lang=language())


@register.filter
def telepon(value: str) -> str:
    return formats.phone(value)
