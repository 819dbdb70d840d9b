"""Units of measure: a figure stays in the unit it was published in."""

from halopst.audit.services import record
from halopst.core.actors import SYSTEM
from halopst.knowledge.models import Cell, Indicator
from halopst.knowledge.rules.figures.measures import same_measure


def let_go(indicator: Indicator, measure: str) -> None:
    """Delete the figures in the old unit before `indicator` gets a new `measure`.

    The next run fetches the years that are missing then.
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
