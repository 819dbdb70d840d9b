"""What did not fit in an office's month, and who could take it."""

from datetime import date

from halopst.core.actors import Actor
from halopst.partners.models import Registration
from halopst.partners.queries.allocation.grid import CHOSEN, Fix, Sheet, columns, sheet_rows
from halopst.units.models import Unit


def surplus_of(
    actor: Actor, unit: Unit, month: date, *, after: int, most: int
) -> list[tuple[Registration, Fix]]:
    """Each volume refused to the first `most` mitra past registration `after`, as the sheet shows it.

    A fixed number of queries, however many mitra.
    """
    rows = sheet_rows(actor, unit, month).filter(CHOSEN["lebih"], pk__gt=after)
    held = list(rows.select_related("person", "unit").order_by("pk")[:most])
    every = columns(unit, month)
    shown = Sheet(unit, month, held, every, every[0]).rows()
    return [(row.registration, fix) for row in shown for fix in row.fixes]
