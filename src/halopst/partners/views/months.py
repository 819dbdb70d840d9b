"""The month a page is about: named in its address, said in words, with its neighbours."""

from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone

from halopst.core import formats
from halopst.core.formats import language
from halopst.core.http import Request
from halopst.partners.rules.money import month_named, next_month
from halopst.units.models import Unit


def month_in(request: Request, unit: Unit) -> date:
    """The month the address names, else the one that runs in the office's zone."""
    asked = request.GET.get("bulan", "")
    if not asked:
        return timezone.now().astimezone(unit.tz).date().replace(day=1)
    month = month_named(asked)
    if month is None:
        raise Http404
    return month


def month_name(month: date) -> str:
    """`November 2026`."""
    return formats.month_and_year(month, lang=language())


def months_around(month: date) -> dict[str, Any]:
    """The month in words and in the address, with its neighbours."""
    before = (month.replace(day=1) - date.resolution).replace(day=1)
    after = next_month(month)
    return {
        "month": month,
        "month_name": month_name(month),
        "bulan": f"{month:%Y-%m}",
        "previous": (f"{before:%Y-%m}", month_name(before)),
        "following": (f"{after:%Y-%m}", month_name(after)),
    }
