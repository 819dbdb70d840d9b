"""Penanda tangan: who signs for an office, and since when."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.editing import Seen, attempt_edit
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.letters import queries, services
from halopst.letters.addressed import office
from halopst.letters.forms import EndForm, SignatoryForm, WhoSignsForm
from halopst.letters.models import Signatory
from halopst.letters.services.authority import must_manage
from halopst.letters.views.frame import kept
from halopst.units.models import Unit


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def signatories(request: Request, slug: str) -> HttpResponse:
    """The signatories of the office, for whoever reads its letters; those who manage them may add one."""
    unit = office(queries.viewing_units, request, slug)
    form, status = SignatoryForm(posted(request), initial=_asked(request)), 200
    if form.is_bound:
        must_manage(request.actor, unit.pk)

        def act() -> None:
            services.appoint(request.actor, unit=unit, **form.cleaned_data)
            messages.success(request, _("Penanda tangan tersimpan."))

        status = attempt(form, act, field="first_day")
        if status == HTTPStatus.OK:
            return redirect("letters:signatories", slug)
    context = {
        **kept(request.actor, unit),
        "form": form,
        **_appointed(request, unit),
    }
    return respond(request, "letters/signatories.html", context, status=status)


def _asked(request: Request) -> dict[str, str]:
    """The role whoever was led here lacks, and what its title mostly is."""
    role = request.GET.get("peran", "")
    return {"role": role, "title": str(Signatory.Role(role).label)} if role in Signatory.Role else {}


def _appointed(request: Request, unit: Unit) -> dict[str, Any]:
    """Everybody on record, with whether they sign today."""
    today = timezone.now().astimezone(unit.tz).date()
    rows = Signatory.objects.visible_to(request.actor).filter(unit=unit)
    return {"rows": [(row, today in row.period) for row in rows], "today": today}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def correct(request: Request, slug: str, pk: int) -> HttpResponse:
    """Correct what was typed of one signatory."""
    unit, row = _one(request, slug, pk)
    form, seen, status = WhoSignsForm(posted(request), initial=_printed(row)), Seen(request, row), 200

    def act() -> None:
        services.correct_signatory(request.actor, row, version=seen.version, **form.cleaned_data)

    def stored() -> tuple[Signatory, dict[str, Any]]:
        newer = _one(request, slug, pk)[1]
        return newer, _printed(newer)

    if form.is_bound:
        status = attempt_edit(form, act, seen, stored)
        if status == HTTPStatus.OK:
            said = _("Data penanda tangan tersimpan. Surat yang sudah dibuat tidak berubah.")
            messages.success(request, said)
            return redirect("letters:signatories", slug)
    context = {"office": unit, "row": row, "form": form, "seen": seen, "active": "kelola"}
    return respond(request, "letters/signatory.html", context, status=status)


def _printed(row: Signatory) -> dict[str, Any]:
    return {name: getattr(row, name) for name in WhoSignsForm.base_fields}


def _one(request: Request, slug: str, pk: int) -> tuple[Unit, Signatory]:
    unit = office(queries.managed_units, request, slug)
    return unit, get_object_or_404(Signatory.objects.visible_to(request.actor).filter(unit=unit), pk=pk)


@login_required
@require_POST
def end(request: Request, slug: str, pk: int) -> HttpResponse:
    _unit, row = _one(request, slug, pk)
    form, seen = EndForm(request.POST), Seen(request, row)

    def act() -> None:
        services.end_signatory(request.actor, row, **form.cleaned_data, version=seen.version)

    if attempt(form, act) == HTTPStatus.OK:
        messages.success(request, _("Masa penanda tangan diakhiri."))
    else:
        refused = " ".join(map(str, form.non_field_errors()))
        messages.error(request, refused or _("Isi hari terakhirnya, misalnya 2026-12-31."))
    return redirect("letters:signatories", slug)
