"""Klasifikasi arsip: the codes numbers of letters carry, and since when."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.errors import Refused
from halopst.core.forms import attempt, plain, posted
from halopst.core.http import Request, respond
from halopst.letters import queries, services
from halopst.letters.addressed import classification_of, office
from halopst.letters.forms import ClassificationForm, EndClassificationForm
from halopst.letters.reference import codes_of_the_release
from halopst.letters.services.authority import must_manage
from halopst.letters.views.frame import kept

PER_PAGE = 50


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def classifications(request: Request, slug: str) -> HttpResponse:
    """Every code that reaches the office; for those who manage them, a form for one more."""
    unit = office(queries.viewing_units, request, slug)
    form, status = ClassificationForm(posted(request)), 200
    if form.is_bound:
        must_manage(request.actor, unit.pk)

        def act() -> None:
            services.add_classification(request.actor, unit=unit, **form.cleaned_data)
            messages.success(request, _("Kode klasifikasi tersimpan."))

        status = attempt(form, act, field="first_day")
        if status == HTTPStatus.OK:
            return redirect("letters:classifications", slug)
    text = plain(request.GET.get("q", ""))
    context = {
        **kept(request.actor, unit),
        "scope": queries.scope_of(unit),
        "fixed": set() if queries.scope_of(unit) else codes_of_the_release(),
        "form": form,
        "q": text,
        "page": Paginator(queries.classifications_of(unit, text), PER_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(timezone=unit.tz),
    }
    return respond(request, "letters/classifications.html", context, partial="baris", status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def end(request: Request, slug: str, pk: int) -> HttpResponse:
    """The last day of a code the office keeps."""
    unit = office(queries.managed_units, request, slug)
    row = classification_of(unit, pk)
    form, status = EndClassificationForm(posted(request)), 200
    if form.is_bound:
        status = attempt(
            form,
            lambda: services.end_classification(request.actor, row, unit=unit, **form.cleaned_data),
            field="last_day",
        )
        if status == HTTPStatus.OK:
            messages.success(request, _("Kode diakhiri. Surat yang sudah memakainya tetap."))
            return redirect("letters:classifications", slug)
    context = {"office": unit, "row": row, "form": form, "active": "kelola"}
    return respond(request, "letters/end_classification.html", context, status=status)


@login_required
@require_POST
def remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take away a code typed by mistake."""
    unit = office(queries.managed_units, request, slug)
    try:
        services.remove_classification(request.actor, classification_of(unit, pk), unit=unit)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Kode klasifikasi dihapus."))
    return redirect("letters:classifications", slug)
