"""The lines of a nation's offices, province by province: five hundred rows are no overview."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from halopst.partners.queries.monitoring.following import FollowLine
from halopst.partners.queries.monitoring.progress import OfficeLine
from halopst.units.models import Unit

Line = TypeVar("Line", OfficeLine, FollowLine)


def by_province(
    lines: Iterable[Line], unit: Unit, summed: Callable[[Iterable[Line], Unit], Line]
) -> list[Line]:
    """At the head office one line for each province with its regencies, and its own; elsewhere as given."""
    given = list(lines)
    if unit.kind != Unit.Kind.HEAD_OFFICE:
        return given
    offices = {line.unit.pk: line.unit for line in given}
    groups: dict[int, list[Line]] = {}
    for line in given:
        groups.setdefault(line.unit.province_id or line.unit.pk, []).append(line)
    return [summed(rows, offices.get(pk) or rows[0].unit) for pk, rows in groups.items()]
