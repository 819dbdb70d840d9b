"""Figures into cells by COPY and set-based SQL. What a cell said before it changed stays as a revision.

The same figures a second time change nothing. A figure that a later reading no longer holds stays as it is:
an office that takes a table from its site has not said that its figures were wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from halopst.knowledge.rules.figures.values import Value

_CREATE = """
CREATE TEMP TABLE IF NOT EXISTS knowledge_incoming (
    indicator_id integer, region_id integer, breakdown_id integer, period integer,
    published text, value numeric, status text, source_id integer
) ON COMMIT DROP;
TRUNCATE knowledge_incoming
"""
_COPY = """
COPY knowledge_incoming
    (indicator_id, region_id, breakdown_id, period, published, value, status, source_id) FROM STDIN
"""
_LOCK = """
SELECT id FROM knowledge_indicator WHERE id IN (SELECT indicator_id FROM knowledge_incoming)
ORDER BY id FOR NO KEY UPDATE
"""
_HERE = "(indicator_id, region_id, breakdown_id, period)"
_SAYS = "({0}.published, {0}.value, {0}.status)"
_CHANGED = f"""
FROM knowledge_cell c JOIN knowledge_incoming i USING {_HERE}
WHERE {_SAYS.format("c")} IS DISTINCT FROM {_SAYS.format("i")}
"""
_KEEP_OLD = f"""
INSERT INTO knowledge_cellrevision
    (cell_id, published, value, status, source_id, retrieved_at, replaced_at)
SELECT c.id, c.published, c.value, c.status, c.source_id, c.retrieved_at, %(now)s {_CHANGED}
"""  # our own column names
_CHANGE = f"""
UPDATE knowledge_cell t SET published = i.published, value = i.value, status = i.status,
    source_id = i.source_id, retrieved_at = %(now)s
FROM knowledge_incoming i
WHERE (t.indicator_id, t.region_id, t.breakdown_id, t.period)
    = (i.indicator_id, i.region_id, i.breakdown_id, i.period)
  AND {_SAYS.format("t")} IS DISTINCT FROM {_SAYS.format("i")}
"""  # noqa: S608  # our own column names
_ADD = """
INSERT INTO knowledge_cell
    (indicator_id, region_id, breakdown_id, period, published, value, status, source_id, retrieved_at)
SELECT indicator_id, region_id, breakdown_id, period, published, value, status, source_id, %(now)s
FROM knowledge_incoming i
WHERE NOT EXISTS (
    SELECT 1 FROM knowledge_cell c
    WHERE (c.indicator_id, c.region_id, c.breakdown_id, c.period)
        = (i.indicator_id, i.region_id, i.breakdown_id, i.period)
)
"""
_CONFIRM = """
UPDATE knowledge_indicator SET checked_at = %(now)s
WHERE id IN (SELECT indicator_id FROM knowledge_incoming)
"""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A figure on its way into its cell; `period` is the code of the period."""

    indicator_id: int
    region_id: int
    breakdown_id: int
    period: int
    value: Value
    source_id: int

    @property
    def place(self) -> tuple[int, int, int, int]:
        return self.indicator_id, self.region_id, self.breakdown_id, self.period


@dataclass(frozen=True, slots=True)
class Outcome:
    added: int
    changed: int
    same: int


@transaction.atomic
def store_cells(figures: Iterable[Incoming], *, now: datetime) -> Outcome:
    """Put these figures into their cells; of two for the same cell the later one is kept."""
    rows = list({figure.place: figure for figure in figures}.values())
    if not rows:
        return Outcome(0, 0, 0)
    with connection.cursor() as cursor:
        _take_up(cursor, rows)
        cursor.execute(_LOCK)
        cursor.execute(_KEEP_OLD, {"now": now})
        cursor.execute(_CHANGE, {"now": now})
        changed = cursor.rowcount
        cursor.execute(_ADD, {"now": now})
        added = cursor.rowcount
        cursor.execute(_CONFIRM, {"now": now})
    return Outcome(added, changed, len(rows) - added - changed)


def _take_up(cursor: CursorWrapper, rows: Sequence[Incoming]) -> None:
    cursor.execute(_CREATE)
    with cursor.cursor.copy(_COPY) as copy:
        for row in rows:
            copy.write_row((*row.place, row.value.text, row.value.number, row.value.status, row.source_id))
    cursor.execute("ANALYZE knowledge_incoming")
