"""A block from a spreadsheet, longer than a page of the sheet or said by name: seen first, then filled in."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.errors import Invalid, Refused
from halopst.core.http import Request, respond
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.models import Registration
from halopst.partners.queries.allocation import grid, pasting, reading
from halopst.partners.queries.allocation.grid import Column
from halopst.partners.rules.volumes import block_of
from halopst.partners.services.allocation import assigning
from halopst.partners.services.allocation.assigning import MOST_CELLS
from halopst.partners.services.allocation_refusals import NoVolumes, TooManyCells
from halopst.partners.views.frame import frame, typed
from halopst.partners.views.months import month_in, month_name
from halopst.partners.views.sheet import (
    address_of,
    cells_sent,
    is_id,
    refused_cells,
    rows_shown,
    tell_taken_back,
    told,
)
from halopst.partners.wording import allocation
from halopst.units.models import Unit

LONGEST_BLOCK = 1_000_000
HEAD = "kepala-"
MOST_SHOWN = 100


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def paste(request: Request, slug: str) -> HttpResponse:
    """A place to paste; posting it shows what it would fill. Nothing is saved yet."""
    unit = unit_of(request, slug, permissions.ALLOCATE)
    month = month_in(request, unit)
    columns = grid.columns(unit, month)[0]
    context = _context(request, unit, month) | {
        "columns": [(column.duty.pk, allocation.title(column)) for column in columns],
        "first": _first(request, columns),
    }
    if request.method != "POST":
        return respond(request, "partners/paste.html", context)
    text = request.POST.get("blok", "")[: LONGEST_BLOCK + 1]
    try:
        directory = pasting.Directory(grid.sheet_rows(request.actor, unit, month))
        block = _read(request, columns, directory, text)
    except Invalid as refusal:
        more = {"refused": refusal.message, "typed": text[:LONGEST_BLOCK]}
        return respond(request, "partners/paste.html", context | more, status=422)
    if block.unknown:
        return respond(request, "partners/paste_heads.html", context | _asked(request, block, text))
    plan = pasting.planned(block, directory, _below(request, unit, month, block))
    return respond(request, "partners/paste_plan.html", context | _drawn(plan, block))


@login_required
@require_POST
def fill(request: Request, slug: str) -> HttpResponse:
    """Save what the summary showed, as one change; every cell refused is named with its reason."""
    unit = unit_of(request, slug, permissions.ALLOCATE)
    month = month_in(request, unit)
    sheet, now = address_of(request, unit, month), timezone.now()
    try:
        sent = cells_sent(request)
        outcome = assigning.set_volumes(request.actor, unit=unit, month=month, cells=sent, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(sheet)
    tell_taken_back(request, unit, now)
    if not outcome.refused:
        messages.add_message(request, *told(outcome))
        return redirect(sheet)
    refused = refused_cells(request, unit, month, outcome.refused)
    context = _context(request, unit, month) | {"refused": refused, "saved": len(outcome.saved)}
    return respond(request, "partners/paste_refused.html", context)


def _context(request: Request, unit: Unit, month: date) -> dict[str, Any]:
    return {
        **frame(request, unit, "alokasi"),
        "month_name": month_name(month),
        "bulan": f"{month:%Y-%m}",
        "sheet": address_of(request, unit, month),
        "query": request.GET.urlencode(),
    }


def _read(
    request: Request, columns: Sequence[Column], directory: pasting.Directory, text: str
) -> reading.Reading:
    if len(text) > LONGEST_BLOCK:
        raise TooManyCells
    block = block_of(text)
    if not block:
        raise NoVolumes
    found = reading.read(
        block,
        columns,
        first=_first(request, columns),
        said=_said(request),
        is_somebody=directory.knows,
    )
    if found.size > MOST_CELLS:
        raise TooManyCells
    if not found.size and not found.unknown:
        raise NoVolumes
    return found


def _below(request: Request, unit: Unit, month: date, block: reading.Reading) -> list[Registration]:
    if block.named:
        return []
    every, chosen = grid.sheet_rows(request.actor, unit, month), request.GET.get("saring", grid.FILTERS[0])
    return grid.in_turn(every, rows_shown(request), len(block.rows), text=typed(request), chosen=chosen)


def _said(request: Request) -> dict[int, int]:
    """What unknown heads were said to mean, in fields named `kepala-<column>`: a duty, or 0 to skip it."""
    given = {
        name.removeprefix(HEAD): str(text) for name, text in request.POST.items() if name.startswith(HEAD)
    }
    return {int(at): int(what) for at, what in given.items() if is_id(at) and is_id(what)}


def _asked(request: Request, block: reading.Reading, text: str) -> dict[str, Any]:
    """The heads nobody knows, each with what it may be, and those that are known."""
    return {
        "unknown": [
            (head, [(one.duty.pk, allocation.title(one)) for one in head.means]) for head in block.unknown
        ],
        "head": HEAD,
        "known": [(head.text, allocation.title(column)) for head, column in block.known],
        "typed": text,
        "said": [(f"{HEAD}{at}", what) for at, what in _said(request).items()],
        "shown": request.POST.get("baris", ""),
    }


def _first(request: Request, columns: Sequence[Column]) -> int:
    asked = request.POST.get("kolom", "")
    return int(asked) if is_id(asked) else columns[0].duty.pk if columns else 0


def _drawn(plan: pasting.Plan, block: reading.Reading) -> dict[str, Any]:
    rows = [
        (
            row,
            [
                (allocation.title(one.column), one.before, one.volume, one.before != one.volume)
                for one in changes
            ],
        )
        for row, changes in plan.filled[:MOST_SHOWN]
    ]
    return {
        "plan": plan,
        "by_heads": bool(block.known),
        "rightmost": allocation.title(block.columns[-1]) if block.columns else "",
        "rows": rows,
        "more": max(0, len(plan.filled) - MOST_SHOWN),
        "cells": json.dumps(plan.cells, separators=(",", ":")),
        "count": len(plan.cells),
        "last": plan.filled[-1][0].person.name if plan.filled else "",
    }
