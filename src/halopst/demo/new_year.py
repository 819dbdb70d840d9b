"""One activity that goes on over New Year: each year's own budget line, price, caps and register."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from halopst.core.actors import SYSTEM, Actor
from halopst.demo.works import OVER_NEW_YEAR, budget_line, carry_out, set_caps, unit_price
from halopst.partners.models import Activity, Registration
from halopst.partners.services import carry_duties, set_budget_line, set_year
from halopst.partners.services.allocation.assigning import Cell, set_volumes
from halopst.units.models import Unit

DEARER = 2_000
"""By so much a unit costs more in the second year."""


def span_new_year(
    head: Actor, province: Unit, mitra: Sequence[Registration], month: date, *, now: datetime
) -> None:
    """These do it from `month` on; all but the last of them are in the next year's register already."""
    year = month.year + 1
    activity = carry_out(mitra[0].unit, OVER_NEW_YEAR, month, date(year, 1, 31)).activity
    _share_out(head, activity, mitra, month, now=now)
    set_caps(province, year)
    _carried_on(activity, year, now=now)
    _share_out(head, activity, [_kept_on(row, year) for row in mitra[:-1]], date(year, 1, 1), now=now)


def _carried_on(activity: Activity, year: int, *, now: datetime) -> None:
    """Its part of the second year, paid from that year's line at that year's price."""
    work = replace(OVER_NEW_YEAR, price=OVER_NEW_YEAR.price + DEARER)
    unit_price(activity.unit, work, year)
    line = budget_line(activity.unit, work, year, is_revised=False)
    set_budget_line(SYSTEM, activity, year=year, budget_line=line, now=now)
    carry_duties(SYSTEM, activity, year=year, today=now.astimezone(activity.unit.tz).date())


def _kept_on(row: Registration, year: int) -> Registration:
    return set_year(SYSTEM, row.person, unit=row.unit, year=year, position=row.position, status=row.status)


def _share_out(
    head: Actor, activity: Activity, mitra: Sequence[Registration], month: date, *, now: datetime
) -> None:
    duty = activity.duties.get(unit_price__year=month.year)
    cells = [Cell(row.pk, duty.pk, OVER_NEW_YEAR.most) for row in mitra]
    set_volumes(head, unit=activity.unit, month=month, cells=cells, now=now)
