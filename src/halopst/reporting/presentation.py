"""The dashboard in words and lines: what the page shows of the figures."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halopst.core import formats
from halopst.core.formats import language
from halopst.core.shapes import NavItem, Option, Series
from halopst.reporting.queries import PERIODS, Dashboard
from halopst.units.models import Unit


def context(report: Dashboard, weeks: int, units: list[Unit]) -> dict[str, Any]:
    return {
        "report": report,
        "weeks": weeks,
        "offices": [
            Option(value=unit.slug, label=unit.name, note=unit.code, checked=unit == report.unit)
            for unit in units
        ],
        "periods": _periods(report),
        "labels": [_label(monday) for monday in report.weeks],
        "requests": (Series(_("permintaan"), _requests(report)),),
        "requests_finding": _requests_finding(report),
        "on_time": _on_time(report),
        "on_time_finding": _on_time_finding(report),
    }


def _periods(report: Dashboard) -> list[NavItem]:
    return [
        NavItem(
            key=str(count),
            label=ngettext("%(n)s minggu", "%(n)s minggu", count) % {"n": count},
            url=f"?satker={report.unit.slug}&minggu={count}",
        )
        for count in PERIODS
    ]


def _label(monday: date) -> str:
    return f"{monday.day}/{monday.month}"


def _requests(report: Dashboard) -> tuple[float | None, ...]:
    return tuple(float(week.totals.requests) for week in report.weeks.values())


def _on_time(report: Dashboard) -> tuple[Series, ...]:
    weeks = report.weeks.values()
    return (
        Series(_("balasan pertama"), tuple(week.reply_percent for week in weeks)),
        Series(_("selesai"), tuple(week.finish_percent for week in weeks)),
    )


def _requests_finding(report: Dashboard) -> str:
    whole = report.figures.totals.requests
    busiest = max(report.weeks, key=lambda monday: report.weeks[monday].totals.requests)
    return _("%(whole)s permintaan; paling ramai pada pekan %(week)s dengan %(most)s.") % {
        "whole": formats.number(whole, lang=language()),
        "week": formats.medium_date(busiest, lang=language()),
        "most": formats.number(report.weeks[busiest].totals.requests, lang=language()),
    }


def _on_time_finding(report: Dashboard) -> str:
    reply, finish = report.figures.reply_percent, report.figures.finish_percent
    if reply is None or finish is None:
        return _("Belum ada balasan atau penyelesaian pada kurun ini.")
    return _("%(reply)s balasan pertama dan %(finish)s penyelesaian sesuai standar.") % {
        "reply": formats.percent(reply, 0, lang=language()),
        "finish": formats.percent(finish, 0, lang=language()),
    }
