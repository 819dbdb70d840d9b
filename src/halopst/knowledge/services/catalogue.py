"""Rows of the WebAPI's lists are kept as indicators and catalogue items."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from halopst.core.actors import SYSTEM
from halopst.knowledge.models import CatalogueItem, Document, Indicator, Sync
from halopst.knowledge.services.cells import Outcome
from halopst.knowledge.services.measures import let_go
from halopst.knowledge.services.text_import import import_lines
from halopst.knowledge.webapi import rows
from halopst.units.models import Unit

ITEM_KINDS = (rows.PUBLICATION, rows.PRESS_RELEASE, rows.NEWS, rows.STATIC_TABLE, rows.GLOSSARY)
TEXT_KINDS: dict[str, str] = {
    rows.PUBLICATION: Document.Kind.PUBLICATION,
    rows.PRESS_RELEASE: Document.Kind.PRESS_RELEASE,
    rows.NEWS: Document.Kind.ARTICLE,
    rows.STATIC_TABLE: Document.Kind.ARTICLE,
    rows.GLOSSARY: Document.Kind.CONCEPT,
}
Origin = Indicator.Origin


def known(unit: Unit, kind: str) -> int:
    """How many rows of this kind an office has."""
    if kind in ITEM_KINDS:
        return CatalogueItem.objects.filter(unit=unit, kind=kind).count()
    origin = Origin.VARIABLE if kind == Sync.Kind.VARIABLES else Origin.STRATEGIC
    return Indicator.objects.filter(unit=unit, origin=origin).count()


def keep_variables(unit: Unit, found: Iterable[Mapping[str, Any]]) -> tuple[Outcome, int]:
    """Keep the variables of a page as indicators; their figures are fetched separately."""
    found = list(found)
    read = [one for row in found if (one := rows.variable(dict(row))) is not None]
    wanted = {
        one.external_id: {
            "name": one.title,
            "measure": one.unit,
            "subject": one.subject,
            "definition": one.definition,
            "notes": one.notes,
        }
        for one in read
    }
    outcome, _indicators = keep_indicator_rows(unit, Origin.VARIABLE, wanted)
    return outcome, len(found) - len(read)


def keep_indicator_rows(
    unit: Unit, origin: str, wanted: Mapping[str, dict[str, Any]]
) -> tuple[Outcome, dict[str, Indicator]]:
    """Indicators by external id, added or updated; nothing is written where nothing changed."""
    there = Indicator.objects.select_for_update().filter(unit=unit, origin=origin, external_id__in=wanted)
    have = {one.external_id: one for one in there.order_by("pk")}
    added = [
        Indicator(unit=unit, origin=origin, external_id=key, **values)
        for key, values in wanted.items()
        if key not in have
    ]
    changed = [one for key, one in have.items() if _changes(one, _taken_over(one, wanted[key]))]
    for one in changed:
        one.save()
    for one in Indicator.objects.bulk_create(added):
        have[one.external_id] = one
    return Outcome(len(added), len(changed), len(wanted) - len(added) - len(changed)), have


def _taken_over(indicator: Indicator, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values to take over.

    A variable's unit changes together with its figures; of other indicators the figures in the old unit are
    deleted.
    """
    if indicator.origin == Origin.VARIABLE and indicator.measure:
        return {**values, "measure": indicator.measure}
    let_go(indicator, values.get("measure", indicator.measure))
    return values


def keep_items(
    unit: Unit, kind: str, found: Sequence[Mapping[str, Any]], *, site: str, now: datetime
) -> tuple[Outcome, int]:
    """Keep the items of a page; what a static table says is fetched later (`services.static_tables`).

    Until then a new table is found by its title, and a changed one by what it said before.
    """
    read = [one for row in found if (one := rows.item(kind, dict(row), site=site)) is not None]
    wanted = {one.external_id: _values(one) for one in read}
    if kind == rows.STATIC_TABLE:
        _keep_what_is_read(unit, wanted)
    there = CatalogueItem.objects.select_for_update().filter(unit=unit, kind=kind, external_id__in=wanted)
    have = {one.external_id: one for one in there.order_by("pk")}
    changed = [item for key, item in have.items() if _changes(item, wanted[key])]
    for item in changed:
        item.retrieved_at = now
        item.save()
    added = [
        CatalogueItem(unit=unit, kind=kind, external_id=key, retrieved_at=now, **values)
        for key, values in wanted.items()
        if key not in have
    ]
    CatalogueItem.objects.bulk_create(added)
    known = [item for item in changed if item.body or kind != rows.STATIC_TABLE]
    left = make_findable(unit, [*added, *known], now=now)
    outcome = Outcome(len(added), len(changed), len(wanted) - len(added) - len(changed))
    return outcome, len(found) - len(read) + left


def _keep_what_is_read(unit: Unit, wanted: Mapping[str, dict[str, Any]]) -> None:
    """Give tables that have not changed the content we have; the others are to be read again."""
    there = CatalogueItem.objects.filter(unit=unit, kind=rows.STATIC_TABLE, external_id__in=wanted)
    for item in there:
        same = item.changed_on == wanted[item.external_id]["changed_on"]
        wanted[item.external_id] |= {"body": item.body} if same else {"read_as": ""}


def make_findable(unit: Unit, items: Sequence[CatalogueItem], *, now: datetime) -> int:
    """Put what was published among the texts that are searched; returns how many could not be.

    A text that an officer has changed since stays as the officer wrote it.
    """
    lines = [
        json.dumps(
            {
                "source": f"webapi-{item.kind}",
                "external_id": f"{unit.code}-{item.external_id}",
                "title": item.title,
                "text": item.body or item.title,
                "url": item.link,
                "published_on": item.released_on.isoformat() if item.released_on else "",
                "unit": unit.code,
                "kind": TEXT_KINDS[item.kind],
            }
        ).encode()
        for item in items
    ]
    return len(import_lines(SYSTEM, lines, now=now, progress=lambda _report: None).faults)


def _values(one: rows.Item) -> dict[str, Any]:
    return {
        "title": one.title,
        "body": one.body,
        "subject": one.subject,
        "link": one.link,
        "released_on": one.released_on,
        "scheduled_on": one.scheduled_on,
        "changed_on": one.updated_on,
    }


def _changes(row: Indicator | CatalogueItem, values: Mapping[str, Any]) -> bool:
    """Take over what differs; returns whether anything did."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
