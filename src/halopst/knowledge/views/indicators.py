"""The indicators of an office: their figures, what these were before, other names, and when more is due."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.formats import language
from halopst.core.forms import attempt, plain, posted
from halopst.core.http import Request, respond
from halopst.knowledge import permissions
from halopst.knowledge.addressed import indicator_of, unit_of
from halopst.knowledge.data_forms import AliasesForm, ReleaseForm
from halopst.knowledge.models import Indicator
from halopst.knowledge.queries import figure_keeping
from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.services import indicator_names as naming
from halopst.knowledge.services import releases
from halopst.knowledge.views.data_frame import PER_PAGE, frame
from halopst.units.models import Unit

LATEST_REVISIONS = 20


@never_cache
@login_required
@require_GET
def indicators(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug)
    text = plain(request.GET.get("q", ""))
    page = Paginator(figure_keeping.indicators_of(unit, text), PER_PAGE).get_page(request.GET.get("page"))
    shown = [
        (one, count, Period.of_code(latest).label(language()) if latest else "")
        for one, count, latest in figure_keeping.with_counts(page)
    ]
    context = {
        **frame(request, unit, "indikator"),
        "page": page,
        "shown": shown,
        "text": text,
        "coming": figure_keeping.being_fetched(unit),
    }
    return respond(request, "knowledge/indicators.html", context, partial="daftar")


@never_cache
@login_required
@require_GET
def indicator(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug)
    return _page(request, unit, indicator_of(pk, unit))


@login_required
@require_POST
def call(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.DATA)
    found = indicator_of(pk, unit)
    form = AliasesForm(request.POST)
    status = attempt(form, lambda: naming.call_indicator(request.actor, found, **form.cleaned_data))
    if status != HTTPStatus.OK:
        return _page(request, unit, found, aliases=form, status=status)
    messages.success(request, _("Nama lain tersimpan."))
    return redirect("figures:indicator", slug, pk)


@login_required
@require_POST
def schedule(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.DATA)
    found = indicator_of(pk, unit)
    form = ReleaseForm(posted(request))
    status = attempt(
        form,
        lambda: releases.set_release(request.actor, indicator=found, **form.cleaned_data),
        field="period",
    )
    if status != HTTPStatus.OK:
        return _page(request, unit, found, release=form, status=status)
    messages.success(request, _("Jadwal rilis tersimpan."))
    return redirect("figures:indicator", slug, pk)


@login_required
@require_http_methods(["POST"])
def unschedule(request: Request, slug: str, pk: int, release_pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.DATA)
    release = get_object_or_404(figure_keeping.releases_of(indicator_of(pk, unit)), pk=release_pk)
    releases.remove_release(request.actor, release)
    messages.success(request, _("Jadwal rilis dihapus."))
    return redirect("figures:indicator", slug, pk)


def _page(
    request: Request,
    unit: Unit,
    found: Indicator,
    *,
    aliases: AliasesForm | None = None,
    release: ReleaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    text = plain(request.GET.get("q", ""))
    page = Paginator(figure_keeping.cells_of(found, text), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, unit, "indikator"),
        "indicator": found,
        "page": page,
        "text": text,
        "revisions": figure_keeping.revisions_of(found)[:LATEST_REVISIONS],
        "releases": figure_keeping.releases_of(found),
        "is_coming": found.origin in figure_keeping.being_fetched(unit),
        "aliases_form": aliases or AliasesForm(initial={"aliases": found.aliases}),
        "release_form": release or ReleaseForm(),
    }
    return respond(request, "knowledge/indicator.html", context, partial="angka", status=status)
