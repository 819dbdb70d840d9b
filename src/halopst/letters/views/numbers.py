"""Nomor surat: the series of an office, its patterns, and numbers from older books."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from halopst.core.forms import attempt, plain, posted
from halopst.core.http import Request, respond
from halopst.letters import queries, services
from halopst.letters.addressed import office
from halopst.letters.forms import ImportNumbersForm, PatternForm
from halopst.letters.kinds import all_kinds, find_kind, kind_choices
from halopst.letters.models import NumberSeries
from halopst.letters.views.frame import kept, kind_label
from halopst.units.models import Unit

PAGE, MOST_GAPS, LONGEST_NUMBER = 50, 50, 150


@never_cache
@login_required
@require_GET
def numbers(request: Request, slug: str) -> HttpResponse:
    """Where each series stands, and how the office writes its numbers."""
    unit = office(queries.viewing_units, request, slug)
    return respond(request, "letters/numbers.html", _page(request, unit))


@never_cache
@login_required
@require_GET
def book(request: Request, slug: str, pk: int) -> HttpResponse:
    """Every number of a series, void and old ones too, the last first; and those that are not in it."""
    unit = office(queries.viewing_units, request, slug)
    series = get_object_or_404(NumberSeries.objects.visible_to(request.actor).filter(unit=unit), pk=pk)
    q = plain(request.GET.get("q", ""), LONGEST_NUMBER)
    rows = queries.numbers_of(series).filter(text__icontains=q).order_by("-sequence", "-segment")
    rows = rows.select_related("letter").defer("letter__data")
    context = {
        **kept(request.actor, unit),
        "series": series,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "gaps": queries.gaps_of(series, MOST_GAPS),
        "q": q,
    }
    return respond(request, "letters/book.html", context, partial="daftar")


@login_required
@require_http_methods(["GET", "POST"])
def pattern(request: Request, slug: str) -> HttpResponse:
    """A pattern for one kind of letter, from a day on."""
    unit = office(queries.managed_units, request, slug)
    usual = _usual(request.GET.get("jenis", ""))
    form = PatternForm(posted(request), unit=unit, kinds=kind_choices(), initial=usual)
    status = 200
    if form.is_bound:

        def act() -> None:
            services.set_pattern(request.actor, unit=unit, **form.cleaned_data)
            messages.success(request, _("Pola nomor tersimpan."))

        status = attempt(form, act, field="pattern")
        if status == HTTPStatus.OK:
            return redirect("letters:numbers", slug)
    day = getattr(form, "cleaned_data", {}).get("valid_from") or _today(unit)
    codes = queries.classifications_on(unit, day)
    context = {"office": unit, "form": form, "codes": codes, "active": "kelola"}
    return respond(request, "letters/pattern.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def old_numbers(request: Request, slug: str) -> HttpResponse:
    """Enter numbers given before, so that new ones follow them."""
    unit = office(queries.managed_units, request, slug)
    form, status = ImportNumbersForm(posted(request), kinds=kind_choices()), 200
    if form.is_bound:

        def act() -> None:
            kind, rows = form.cleaned_data["kind"], form.cleaned_data["lines"]
            added = services.import_numbers(
                request.actor, unit=unit, kind=kind, rows=rows, today=_today(unit), lines=form.places
            )
            messages.success(request, _told(added, len(rows) - added))

        status = attempt(form, act, field="lines")
        if status == HTTPStatus.OK:
            return redirect("letters:numbers", slug)
    context = {"office": unit, "form": form, "active": "kelola"}
    return respond(request, "letters/old_numbers.html", context, status=status)


def _page(request: Request, unit: Unit) -> dict[str, Any]:
    in_force = queries.patterns_in_force(unit, _today(unit))
    return {
        **kept(request.actor, unit),
        "in_force": [(in_force[code], label) for code, label in kind_choices() if code in in_force],
        "series": NumberSeries.objects.visible_to(request.actor).filter(unit=unit)[:60],
        "patterns": [(row, kind_label(row.kind)) for row in queries.own_patterns(unit)],
    }


def _told(added: int, known: int) -> str:
    """How many numbers were new, and how many the books held already."""
    said = ngettext("%(n)d nomor lama dimasukkan.", "%(n)d nomor lama dimasukkan.", added) % {"n": added}
    if not known:
        return said
    also = ngettext("%(n)d sudah tercatat sebelumnya.", "%(n)d sudah tercatat sebelumnya.", known)
    return f"{said} {also % {'n': known}}"


def _today(unit: Unit) -> date:
    return timezone.now().astimezone(unit.tz).date()


def _usual(code: str) -> dict[str, Any]:
    """How the release numbers that kind, the first one where none is named."""
    kind = find_kind(code) or next(iter(all_kinds()), None)
    if kind is None:
        return {}
    names = ("counter", "pattern", "grade", "classification", "keeps_dates", "basis")
    return {"kind": kind.code, "resets": kind.resets.value, **{name: getattr(kind, name) for name in names}}
