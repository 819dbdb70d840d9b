"""A figure is in the unit it was published in: it never stands under another one."""

from halopst.audit.services import record
from halopst.core.actors import SYSTEM
from halopst.knowledge.models import Cell, Indicator
from halopst.knowledge.rules.figures.measures import same_measure


def let_go(indicator: Indicator, measure: str) -> None:
    """Before `indicator` is measured otherwise: figures in the old unit go, to be read again in the new one.

    The years that are missing then are what the next run asks for.
    """
    if not indicator.measure or same_measure(indicator.measure, measure):
        return
    cells = Cell.objects.filter(indicator=indicator)
    count = cells.count()
    if count:
        cells.delete()
        record(
            SYSTEM,
            "knowledge.measure-changed",
            indicator,
            before=indicator.measure,
            after=measure,
            cells=count,
        )
