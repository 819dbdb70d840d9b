"""What the months of an office's mitra hold, in the order programs go through them."""

from datetime import date

from halopst.core.actors import Actor
from halopst.partners.queries.allocation.grid import RowView, Sheet, columns, narrowed, sheet_rows
from halopst.units.models import Unit


def months_of(
    actor: Actor, unit: Unit, month: date, *, text: str, chosen: str, after: int, most: int
) -> list[RowView]:
    """The first `most` rows of the sheet past registration `after`, with every duty of the month.

    A fixed number of queries, however many mitra.
    """
    rows = narrowed(sheet_rows(actor, unit, month), text=text, chosen=chosen)
    shown = list(rows.filter(pk__gt=after).order_by("pk")[:most])
    every = columns(unit, month)
    return Sheet(unit, month, shown, every, every[0]).rows()
