"""The allocation sheet: who does how much of what in a month, and what it comes to."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.editing import Seen, changed_at
from halopst.core.errors import Outdated, Refused
from halopst.core.http import Request, respond
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.models import Assignment, Registration
from halopst.partners.queries.allocation import grid
from halopst.partners.queries.allocation.approvals import exception_of
from halopst.partners.queries.allocation.changes import to_redo, to_undo
from halopst.partners.queries.allocation.grid import Column, RowView, Sheet
from halopst.partners.queries.allocation.suggesting import Taker
from halopst.partners.queries.allocation.taken_back import taken_back
from halopst.partners.queries.handovers.succeeding import ended_among
from halopst.partners.queries.own.office import answers_of, declining
from halopst.partners.queries.planning.spanning import divided, uncapped, unfunded, unregistered
from halopst.partners.services.allocation import assigning
from halopst.partners.services.allocation_refusals import BadVolume
from halopst.partners.services.obstacles import where_refused
from halopst.partners.views.frame import Chip, chips, frame, typed
from halopst.partners.views.months import month_in, month_name, months_around
from halopst.partners.views.progress import under_way
from halopst.partners.views.repairs import repair
from halopst.partners.views.sheet import (
    MOST_TOLD,
    address_of,
    cells_sent,
    cells_typed,
    changed_cells,
    news_of,
    numbers_in,
    seen_as_text,
    shares_kept,
    shares_refused,
    shares_typed,
    tell_taken_back,
    told,
)
from halopst.partners.wording import allocation
from halopst.partners.wording.taken_back import words_of
from halopst.units.models import Unit

LONGEST_PAGE, LONGEST_TOLD = 3, 18


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row with what the template says of it."""

    row: RowView
    meter: allocation.Meter
    fixes: list[tuple[grid.Fix, str, list[tuple[Taker, str]], SafeString]]
    taken: str
    evaluated: str
    briefly: str


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: Request, slug: str) -> HttpResponse:
    """A page of the office's mitra; posting saves what was typed on it."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    if request.method == "POST":
        return _saved(request, unit, month)
    beside = {} if request.htmx else under_way(unit, month)
    context = {**_page(request, unit, month), **beside}
    return respond(request, "partners/sheet.html", context, partial="tabel")


@never_cache
@login_required
@require_POST
def cells(request: Request, slug: str) -> HttpResponse:
    """What the script saves behind the typing; answers with the rows as they now are."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    sent = cells_sent(request)
    now = timezone.now()
    outcome = assigning.set_volumes(request.actor, unit=unit, month=month, cells=sent, now=now)
    touched = {cell.registration for cell in sent}
    status = 409 if outcome.refused else 200
    changed = [f"v-{one.registration}-{one.duty}" for one in changed_cells(outcome)]
    back = words_of(taken_back(request.actor, unit, now))
    news = format_html("{} {}", news_of(request, unit, month, outcome), back)
    return fresh(request, unit, month, touched, news=news, changed=changed, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def mitra_month(request: Request, slug: str, pk: int) -> HttpResponse:
    """One mitra's month by itself: every activity, what fills the cap, whichever office pays it."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    registration = _registration(request, unit, month, pk)
    if request.method == "POST":
        return _saved(request, unit, month)
    context = _page(request, unit, month, rows=[registration], every_column=True)
    more = {
        "drawn": context["rows"][0],
        "divided": [
            (
                one.assignment,
                changed_at(one.assignment).isoformat(),
                _months(one.parts),
            )
            for one in divided(registration, month)
        ],
        "answers": answers_of([registration], month),
        "exception": exception_of(registration.person_id, month),
    }
    return respond(request, "partners/mitra_month.html", {**context, **more})


@login_required
@require_POST
def divide(request: Request, slug: str, pk: int) -> HttpResponse:
    """What an assignment pays in each of its months, as agreed instead of by days."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    registration = _registration(request, unit, month, pk)
    rows = Assignment.objects.visible_to(request.actor).filter(registration=registration)
    row = get_object_or_404(rows, duty=numbers_in(request.POST.get("tugas", ""), 1)[0])
    seen, shares, now = Seen(request, row), {}, timezone.now()
    try:
        shares = shares_typed(request)
        assigning.set_shares(request.actor, assignment=row, shares=shares, version=seen.version, now=now)
    except Outdated:
        messages.error(request, shares_kept(shares))
    except Refused as refusal:
        messages.error(request, shares_refused(request, str(refusal.message)))
    else:
        messages.success(request, _("Pembagian per bulan tersimpan."))
        tell_taken_back(request, unit, now)
    return redirect(f"{reverse('partners:mitra-month', args=[unit.slug, pk])}?bulan={month:%Y-%m}")


def fresh(
    request: Request,
    unit: Unit,
    month: date,
    touched: Iterable[int],
    *,
    news: str,
    status: int,
    changed: Sequence[str] = (),
) -> HttpResponse:
    """For the script: those rows as they now are, what stands around them, and what to say of it.

    `changed` names the inputs in which somebody was first: what was typed there stays.
    """
    registrations = Registration.objects.visible_to(request.actor).filter(unit=unit, pk__in=touched)
    context = _page(request, unit, month, rows=list(registrations.select_related("person", "unit")))
    context |= {"news": news, "changed": json.dumps(list(changed))}
    return respond(request, "partners/sheet.html#segar", context, status=status)


def _months(parts: Sequence[tuple[date, int]]) -> list[tuple[str, str, int]]:
    return [(f"{at:%Y-%m}", month_name(at), amount) for at, amount in parts]


def _saved(request: Request, unit: Unit, month: date) -> HttpResponse:
    """Save a whole form and show the page again; what did not fit is on it."""
    now = timezone.now()
    try:
        typed = cells_typed(request)
        outcome = assigning.set_volumes(request.actor, unit=unit, month=month, cells=typed.cells, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        if typed.cells or not typed.unread:
            messages.add_message(request, *told(outcome))
        tell_taken_back(request, unit, now)
        if news := news_of(request, unit, month, outcome):
            messages.error(request, news)
        if typed.unread:
            messages.error(request, _unread(request, unit, typed.unread))
    return redirect(request.get_full_path())


def _unread(request: Request, unit: Unit, unread: Mapping[tuple[int, int], str]) -> str:
    """The volumes that were not understood, as they were typed, with their mitra."""
    people = Registration.objects.visible_to(request.actor).filter(unit=unit).select_related("person")
    names = {row.pk: row.person.name for row in people.filter(pk__in={who for who, _duty in unread})}
    named = [f"{names[who]} “{text[:LONGEST_TOLD]}”" for (who, _duty), text in unread.items() if who in names]
    said = _("Tidak disimpan: %(isian)s.") % {"isian": ", ".join(named[:MOST_TOLD])}
    return f"{said} {BadVolume.message}"


def _registration(request: Request, unit: Unit, month: date, pk: int) -> Registration:
    rows = Registration.objects.visible_to(request.actor).filter(unit=unit, year=month.year)
    return get_object_or_404(rows.select_related("person", "unit"), pk=pk)


def _page(
    request: Request,
    unit: Unit,
    month: date,
    *,
    rows: Sequence[Registration] | None = None,
    every_column: bool = False,
) -> dict[str, Any]:
    """What the sheet shows, of a page of mitra or of `rows` only."""
    text, chosen = typed(request), request.GET.get("saring", grid.FILTERS[0])
    every = grid.sheet_rows(request.actor, unit, month)
    found = grid.counts(every)
    page = grid.page_of(every, text=text, chosen=chosen, number=request.GET.get("page", ""))
    shown = grid.rows_on(page) if rows is None else list(rows)
    columns = grid.columns(unit, month)
    part = _columns_shown(request, columns[0], every_column=every_column)
    drawn = [_drawn(request, row) for row in Sheet(unit, month, shown, columns, part).rows()]
    return {
        **_around(request, unit, month),
        "text": text,
        "chosen": chosen,
        "filters": _filters(request, found, chosen),
        "page": page,
        "rows": drawn,
        **_marked(shown, month),
        "columns": [(column, allocation.title(column)) for column in part],
        "parts": _parts(columns[0], part),
        "uncapped": uncapped([column.duty for column in columns[0]], month),
        "one_cap": _one_cap(part),
        "seen": _seen(drawn),
        "summary": grid.summary(unit, month, found.every),
    }


def _marked(shown: Sequence[Registration], month: date) -> dict[str, set[int]]:
    """Mark who declined some of the work, and whose contract was ended."""
    return {"declining": declining(shown, month), "ended": ended_among([row.pk for row in shown], month)}


def _around(request: Request, unit: Unit, month: date) -> dict[str, Any]:
    """The frame, the month, and what this person may do here."""
    return {
        **frame(request, unit, "alokasi"),
        **months_around(month),
        "may_allocate": request.actor.may(permissions.ALLOCATE, unit.pk),
        "unfunded": unfunded(unit, month),
        "nothing_to_undo": not to_undo(request.actor, unit, month).exists(),
        "nothing_to_redo": not to_redo(request.actor, unit, month).exists(),
        "unregistered": unregistered(unit, month),
        "query": request.GET.urlencode(),
        "kept": ["bulan", "saring", "kolom"],
    }


def _drawn(request: Request, row: RowView) -> Drawn:
    taken = [f"{allocation.title(cell.column)} {cell.volume}" for cell in row.cells if cell.volume]
    fixes = [
        (fix, allocation.sentence(row, fix), _known(fix.takers), _mended(request, row, fix))
        for fix in row.fixes
    ]
    known, briefly = "", ""
    if row.evaluation:
        known, briefly = allocation.evaluated(row.evaluation), allocation.evaluated_briefly(row.evaluation)
    return Drawn(row, allocation.meter(row), fixes, ", ".join(taken), known, briefly)


def _mended(request: Request, row: RowView, fix: grid.Fix) -> SafeString:
    """The page where room can be made for a refused volume, as long as some does not fit."""
    sheet = address_of(request, row.registration.unit, fix.column.month)
    here = request.get_full_path() if request.method == "GET" else sheet
    reason = fix.excess.reason if fix.surplus else ""
    url = where_refused(row.registration, fix.column.duty.activity, fix.column.month, reason)
    return repair(request, row.registration.unit, here, url, reason)


def _known(takers: Sequence[Taker]) -> list[tuple[Taker, str]]:
    """Who could take it, each with how their work went before."""
    return [(one, allocation.evaluated(one.evaluation) if one.evaluation else "") for one in takers]


def _columns_shown(request: Request, columns: Sequence[Column], *, every_column: bool) -> list[Column]:
    """Twenty at a time: more would neither fit a screen nor a form."""
    if every_column:
        return list(columns)
    asked = request.GET.get("kolom", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_PAGE else 1
    start = (max(1, number) - 1) * grid.COLUMNS
    return list(columns[start : start + grid.COLUMNS]) or list(columns[: grid.COLUMNS])


def _parts(columns: Sequence[Column], shown: Sequence[Column]) -> list[tuple[int, str, bool]]:
    """The parts of a sheet with more than twenty columns: number, words, whether shown."""
    if len(columns) <= grid.COLUMNS:
        return []
    first = columns.index(shown[0])
    return [
        (n // grid.COLUMNS + 1, f"{n + 1}–{min(n + grid.COLUMNS, len(columns))}", n == first)
        for n in range(0, len(columns), grid.COLUMNS)
    ]


def _one_cap(columns: Sequence[Column]) -> int | None:
    """The cap in the head of the table, where all columns have the same."""
    caps = {column.cap for column in columns}
    return caps.pop() if len(caps) == 1 else None


def _seen(rows: Sequence[Drawn]) -> str:
    return seen_as_text(
        (drawn.row.registration.pk, cell.column.duty.pk, cell.wanted, cell.volume)
        for drawn in rows
        for cell in drawn.row.cells
    )


def _filters(request: Request, found: grid.Counts, chosen: str) -> list[Chip]:
    """The four views of the sheet, each with how many it holds."""
    words = (
        ("semua", _("Semua"), found.every),
        ("dekat", _("Mendekati batas"), found.near),
        ("lebih", _("Melebihi"), found.over),
        ("belum", _("Belum dialokasikan"), found.none),
    )
    return chips(request, words, chosen)
