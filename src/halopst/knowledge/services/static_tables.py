"""Static tables: figures in cells where the structure leaves no doubt, and always lines of text."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from halopst.knowledge.models import CatalogueItem, Cell, Indicator
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.services import cell_references
from halopst.knowledge.services.catalogue import keep_indicator_rows, make_findable
from halopst.knowledge.services.cells import Incoming, store_cells
from halopst.knowledge.webapi import rows, table_text
from halopst.knowledge.webapi.grid import Grid, grid_of
from halopst.knowledge.webapi.static_shape import Unclear
from halopst.knowledge.webapi.static_tables import StaticTable, static_tables
from halopst.units.models import Unit

ReadAs = CatalogueItem.ReadAs
LONGEST_NAME = 300


def waiting_tables(unit: Unit, found: Sequence[Mapping[str, Any]]) -> list[str]:
    """The static tables of a page whose content is still to be fetched."""
    ids = [one.external_id for row in found if (one := rows.item(rows.STATIC_TABLE, dict(row), site=""))]
    there = CatalogueItem.objects.filter(unit=unit, kind=rows.STATIC_TABLE, external_id__in=ids, read_as="")
    return list(there.order_by("pk").values_list("external_id", flat=True))


def keep_table(unit: Unit, external_id: str, answer: Mapping[str, Any] | None, *, now: datetime) -> int:
    """Keep the figures of a table, and its text for the search; returns how many texts could not be kept.

    Without content the text is the title.
    """
    items = CatalogueItem.objects.select_for_update().select_related("unit")
    item = items.filter(unit=unit, kind=rows.STATIC_TABLE, external_id=external_id).first()
    if item is None:
        return 0
    html = (answer or {}).get("table")
    grid = grid_of(html)
    item.body = table_text.lines_of(html, grid) or item.title
    item.retrieved_at = now
    _keep_figures(item, grid, now=now)
    item.save()
    return make_findable(unit, [item], now=now)


def _keep_figures(item: CatalogueItem, grid: Grid, *, now: datetime) -> None:
    """Store the figures in cells, or say why not; those of earlier readings stay."""
    try:
        tables = static_tables(item.title, grid, gazetteer(), item.unit.code)
    except Unclear as error:
        item.read_as, item.figures = ReadAs.TEXT, 0
        item.why, item.why_detail = error.code, error.detail
        return
    item.read_as, item.why, item.why_detail = ReadAs.CELLS, "", ""
    item.figures = sum(len(table.figures) for table in tables)
    for table in tables:
        _store(item, table, now=now)


def _store(item: CatalogueItem, table: StaticTable, *, now: datetime) -> None:
    """Store a table's figures; tables of several years with the same title are one indicator."""
    key = f"{table.name} ({table.measure})".casefold()[:LONGEST_NAME]
    values = {"name": table.name, "measure": table.measure, "subject": item.subject}
    _outcome, indicators = keep_indicator_rows(item.unit, Indicator.Origin.STATIC, {key: values})
    indicator = indicators[key]
    regions = cell_references.region_ids()
    breakdowns = cell_references.breakdown_ids(figure.breakdown for figure in table.figures)
    source = cell_references.source_id(item.unit, item.title, item.link)
    said_newer = _said_by_newer_tables(item, indicator)
    incoming = (
        Incoming(
            indicator.pk,
            regions[figure.region.code],
            breakdowns[figure.breakdown],
            figure.period.code,
            figure.value,
            source,
        )
        for figure in table.figures
    )
    store_cells((one for one in incoming if one.place[1:] not in said_newer), now=now)


def _said_by_newer_tables(item: CatalogueItem, indicator: Indicator) -> set[tuple[int, int, int]]:
    """The places that a newer table has changed since: an older table does not undo that."""
    if item.changed_on is None:
        return set()
    newer = CatalogueItem.objects.filter(
        unit=item.unit, kind=rows.STATIC_TABLE, changed_on__gt=item.changed_on, read_as=ReadAs.CELLS
    ).values_list("title", "link")
    said = Cell.objects.filter(indicator=indicator).values_list(
        "region_id", "breakdown_id", "period", "source__title", "source__link"
    )
    known = set(newer)
    return {
        (region, breakdown, period)
        for region, breakdown, period, title, link in said
        if (title, link) in known
    }
