"""The positions an office may give its mitra, its own and those handed down to it."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from halopst.core.actors import Actor
from halopst.partners.models import Activity, ActivityKind, Position
from halopst.partners.rules.cells import position_of
from halopst.partners.rules.identity import Malformed
from halopst.units.models import Unit


def positions(actor: Actor, unit: Unit, text: str = "") -> QuerySet[Position]:
    """Every position of the office and of those above it, ended ones too."""
    rows: QuerySet[Position] = Position.objects.visible_to(actor).holding_in(unit)
    named = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text)
    found = rows.filter(named | Q(basis__icontains=text)).select_related("unit", "counts_as")
    return found.order_by(Lower("name"), "-period", "pk")


def known_positions(unit: Unit) -> list[Position]:
    """Those of the office and above it, the nearest office's first, and of each the newest first."""
    near = {unit.pk: 0, unit.parent_id: 1}
    rows = Position.objects.holding_in(unit).select_related("counts_as")
    return sorted(rows, key=lambda row: (near.get(row.unit_id, 2), -row.first_day.toordinal()))


def kinds_by_name(unit: Unit) -> dict[str, str]:
    """What the office calls its positions, in small letters, and what a mitra registered as one is.

    It is that of the position its honor is counted under; the nearest office's name comes first.
    """
    found: dict[str, str] = {}
    for row in known_positions(unit):
        under = row.counts_as or row
        with suppress(Malformed):
            kind = position_of(f"{under.code.replace('_', ' ')} {under.name}")
            for name in filter(None, (row.name, row.name_en, row.code)):
                found.setdefault(name.casefold(), kind)
    return found


def offered(
    rows: Iterable[Position], *, day: date, kind: ActivityKind | str = "", capped: bool = False
) -> list[Position]:
    """Of `known_positions`, one of each code that holds on `day`; by name.

    `capped` leaves out those whose honor is counted under another.
    """
    found: dict[str, Position] = {}
    for row in rows:
        counts = not kind or kind in row.kinds
        if row.holds_on(day) and counts and not (capped and row.counts_as_id):
            found.setdefault(row.code, row)
    return sorted(found.values(), key=lambda row: row.title.casefold())


def day_of_duty(activity: Activity, today: date, year: int) -> date:
    """The day a duty of that year's part, given today, would begin: the day its position must hold."""
    begins, ends = activity.within(year)
    return min(max(today, begins), ends - timedelta(days=1))
