"""Invented figures for the demonstration, marked as such wherever they are shown."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.db import transaction

from halopst.core.actors import SYSTEM
from halopst.knowledge.models import Indicator
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.figure_rows import FigureRow
from halopst.knowledge.rules.figures.other_names import ENGLISH
from halopst.knowledge.rules.figures.periods import QUARTERS, Period
from halopst.knowledge.rules.figures.regions import Region
from halopst.knowledge.rules.figures.values import PROVISIONAL, Value
from halopst.knowledge.services.figure_import import store_rows
from halopst.knowledge.services.indicator_names import call_indicator
from halopst.knowledge.services.releases import set_release
from halopst.units.models import Unit

PROVINCE = "3500"
ALONE = ("1800", "3374", "7571")
FEW = ("Jumlah Penduduk", "Indeks Pembangunan Manusia", "Tingkat Pengangguran Terbuka")
SOURCE = "Data contoh peragaan HaloPST, bukan angka resmi"
YEARS, MONTHS_BACK = 6, 18
UNTIL_RELEASE = timedelta(days=75)
YEARLY = ("Tingkat Pengangguran Terbuka", "Indeks Pembangunan Manusia")
"""Indicators whose figures of this year have a day of release."""
HALVES = (("Laki-laki", 0.49), ("Perempuan", 0.51))


@dataclass(frozen=True, slots=True)
class Place:
    """A figure's region and period, with how many years the period lies behind the newest."""

    region: Region
    period: Period
    back: int


@transaction.atomic
def build_figures(*, now: datetime) -> int:
    """Figures of East Java with all its regions, and a few of the other offices; returns how many rows."""
    given = tomllib.loads((files("halopst.demo") / "angka.toml").read_text(encoding="utf-8"))
    province = Unit.objects.get(code=PROVINCE)
    today = now.astimezone(province.tz).date()
    rows = list(_of_province(given, today))
    store_rows(province, rows, origin=Indicator.Origin.EXAMPLE, now=now)
    for code in ALONE:
        region = gazetteer().by_code[code]
        few = [one for one in given["indicator"] if one["name"] in FEW]
        own = [row for one in few for row in _yearly(one, [region], today.year - 1)]
        store_rows(Unit.objects.get(code=code), own, origin=Indicator.Origin.EXAMPLE, now=now)
        rows += own
    _call_in_english(given)
    _schedule(province, today)
    return len(rows)


def _call_in_english(given: dict[str, Any]) -> None:
    """As the WebAPI's English pages call them, where an office has such an indicator."""
    english = {
        one["name"]: one["english"] for kind in ("indicator", "monthly", "quarterly") for one in given[kind]
    }
    for indicator in Indicator.objects.filter(origin=Indicator.Origin.EXAMPLE, name__in=english):
        call_indicator(SYSTEM, indicator, aliases=f"{ENGLISH} {english[indicator.name]}")


def _of_province(given: dict[str, Any], today: date) -> Iterator[FigureRow]:
    known = gazetteer()
    regions = [known.by_code[PROVINCE], *known.children(PROVINCE)]
    for one in given["indicator"]:
        yield from _yearly(one, regions, today.year - 1)
    for one in given["monthly"]:
        yield from _parts(one, _months(today))
    for one in given["quarterly"]:
        yield from _parts(one, [Period(today.year - 1, part) for part in QUARTERS])


def _yearly(one: dict[str, Any], regions: list[Region], last: int) -> Iterator[FigureRow]:
    for region in regions:
        for back in range(YEARS):
            place = Place(region, Period(last - back), back)
            value = _amount(one, place) * (one["whole"] if region.code == PROVINCE else 1)
            status = PROVISIONAL if one.get("provisional") and not back else ""
            yield _row(one, place, value, status=status)
            for label, share in HALVES if one.get("halves") else ():
                yield _row(one, place, value * share, breakdown=label)


def _parts(one: dict[str, Any], periods: list[Period]) -> Iterator[FigureRow]:
    for code in one["regions"]:
        region = gazetteer().by_code[code]
        for period in periods:
            yield _row(one, Place(region, period, 0), _amount(one, Place(region, period, 0)))


def _amount(one: dict[str, Any], place: Place) -> float:
    """The same for the same region and time; without any likeness to what was measured."""
    seed = sum(ord(letter) for letter in one["name"])
    of_region = (int(place.region.code) * 7919 + seed * 104_729) % 1000 / 1000
    of_time = (place.period.code * 31 + seed * 17 + int(place.region.code)) % 100 / 100
    spread = one["spread"] * (of_region if "slope" in one else of_time)
    return float(one["base"] + spread + one.get("slope", 0) * (YEARS - place.back + of_time / 2))


def _row(
    one: dict[str, Any], place: Place, value: float, *, breakdown: str = "", status: str = ""
) -> FigureRow:
    number = Decimal(f"{value:.{one.get('decimals', 0)}f}")
    text = f"{number}{'*' if status else ''}"
    said = Value(text, number, status)
    return FigureRow(0, one["name"], one["measure"], place.region, place.period, breakdown, said, SOURCE, "")


def _months(today: date) -> list[Period]:
    """The months before this one, newest first."""
    last = today.year * 12 + today.month - 2
    months = (divmod(last - back, 12) for back in range(MONTHS_BACK))
    return [Period(year, month + 1) for year, month in months]


def _schedule(province: Unit, today: date) -> None:
    """When some figures are to come out, so that answers can say so: of this year, and of this month."""
    for indicator in Indicator.objects.filter(unit=province, name__in=YEARLY):
        due = today + UNTIL_RELEASE
        set_release(SYSTEM, indicator=indicator, period=str(today.year), due_on=due, note="Contoh")
    month = Period(today.year, today.month).label("id")
    due = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    for indicator in Indicator.objects.filter(unit=province, name="Inflasi"):
        set_release(SYSTEM, indicator=indicator, period=month, due_on=due, note="Contoh")
