"""Tables of the WebAPI are put into cells: which row is a region, which a breakdown, and their source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from halopst.knowledge.models import Indicator
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.regions import Gazetteer, of_table_row
from halopst.knowledge.rules.figures.table_words import JOINT, listed
from halopst.knowledge.services import cell_references
from halopst.knowledge.services.catalogue import keep_indicator_rows
from halopst.knowledge.services.cells import Incoming, Outcome, store_cells
from halopst.knowledge.services.measures import let_go
from halopst.knowledge.webapi import rows, tables
from halopst.units.models import Unit

WHOLE = listed("heads", "whole")


@dataclass(frozen=True, slots=True)
class KeptTable:
    outcome: Outcome
    skipped: int


def keep(indicator: Indicator, answer: Mapping[str, Any], *, site: str, now: datetime) -> KeptTable:
    """Put the figures of one answer of dynamic data into the cells of `indicator`."""
    table = tables.table_of(dict(answer))
    if table is None:
        return KeptTable(Outcome(0, 0, 0), 1)
    if table.unit and table.unit != indicator.measure:
        let_go(indicator, table.unit)
        indicator.measure = table.unit
        indicator.save(update_fields=["measure", "updated_at"])
    unit = indicator.unit
    source = cell_references.source_id(unit, indicator.name, rows.table_link(indicator.external_id, site))
    known = gazetteer()
    placed = [(figure, *_place(figure, unit.code, known)) for figure in table.figures]
    ids = cell_references.region_ids()
    breakdowns = cell_references.breakdown_ids(label for _one, _code, label in placed)
    outcome = store_cells(
        (
            Incoming(indicator.pk, ids[code], breakdowns[label], figure.period.code, figure.value, source)
            for figure, code, label in placed
        ),
        now=now,
    )
    return KeptTable(outcome, table.unclear + table.unread)


def keep_indicators(
    unit: Unit, found: Sequence[Mapping[str, Any]], *, site: str, now: datetime
) -> tuple[Outcome, int]:
    """Keep a page of strategic indicators: each is a figure of the office's own region."""
    read = [one for row in found if (one := rows.indicator(dict(row))) is not None]
    wanted = {one.external_id: {"name": one.title, "measure": one.unit} for one in read}
    _outcome, indicators = keep_indicator_rows(unit, Indicator.Origin.STRATEGIC, wanted)
    region, whole = cell_references.region_ids()[unit.code], cell_references.breakdown_ids([""])[""]
    figures = [
        Incoming(
            indicators[one.external_id].pk,
            region,
            whole,
            one.period.code,
            one.value,
            cell_references.source_id(unit, one.source or one.title, site),
        )
        for one in read
        if one.period is not None and one.value is not None
    ]
    outcome = store_cells(figures, now=now)
    return outcome, len(found) - len(figures)


def _place(figure: tables.Figure, domain: str, known: Gazetteer) -> tuple[str, str]:
    """The code of the region, and the breakdown, which holds a row that is no region; empty for the whole."""
    region = of_table_row(known, domain=domain, code=figure.row_code, label=figure.row)
    code = region.code if region else domain
    parts = figure.breakdown.split(JOINT) if figure.breakdown else []
    if region is None:
        parts.insert(0, figure.row)
    return code, JOINT.join(part for part in parts if part.casefold() not in WHOLE)
