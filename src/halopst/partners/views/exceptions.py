"""What may go beyond the cap: asked for on one page, decided by a second person on another."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from halopst.core.errors import Refused
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.downloads import sealed_file
from halopst.partners.forms.exceptions import DecliningForm, ExceptionForm
from halopst.partners.models import CapOverride, Registration
from halopst.partners.queries.allocation import approvals as queries
from halopst.partners.queries.deciding import deciders, names_of, permission_to_end
from halopst.partners.services.allocation import overriding
from halopst.partners.services.allocation_refusals import ExceptionDecided
from halopst.partners.views.frame import frame
from halopst.partners.views.months import month_in, months_around
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """An exception as one person reads it; `others` are the people who could grant it."""

    row: CapOverride
    may_grant: bool
    may_decline: bool
    is_own: bool
    others: str


def asked_in(request: Request, unit: Unit, month: date) -> list[Asked]:
    """The office's exceptions of a month; who may not decide one is told who can."""
    rows = list(queries.exceptions(request.actor, unit, month))
    known = deciders(permissions.OVERRIDE, unit) if rows else None
    may = request.actor.may(permissions.OVERRIDE, unit.pk)
    return [
        Asked(
            row,
            may_grant=may and row.standing == "waiting" and row.asked_by_id != request.actor.user_id,
            may_decline=_may_end(request, row) and row.withdrawn_at is None,
            is_own=row.asked_by_id == request.actor.user_id,
            others=names_of(known.besides(row.asked_by_id)) if known else "",
        )
        for row in rows
    ]


def _may_end(request: Request, row: CapOverride) -> bool:
    return request.actor.may(permission_to_end(row, request.actor.user_id), row.unit_id)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask_exception(request: Request, slug: str, pk: int) -> HttpResponse:
    """Ask that one mitra may receive more than the cap in a month."""
    unit = unit_of(request, slug, permissions.ALLOCATE)
    month = month_in(request, unit)
    rows = Registration.objects.visible_to(request.actor).filter(unit=unit, year=month.year)
    registration = get_object_or_404(rows.select_related("person"), pk=pk)
    form = ExceptionForm(posted(request), request.FILES or None)

    def act() -> CapOverride:
        asked = {**form.cleaned_data, "registration": registration, "month": month}
        return overriding.ask_exception(request.actor, now=timezone.now(), **asked)

    status = attempt(form, act) if request.method == "POST" else 200
    if request.method == "POST" and status == HTTPStatus.OK:
        messages.success(request, _("Pengecualian diajukan. KPA memutuskannya di halaman persetujuan."))
        return redirect(f"{reverse('partners:mitra-month', args=[unit.slug, pk])}?bulan={month:%Y-%m}")
    others = names_of(deciders(permissions.OVERRIDE, unit).besides(request.actor.user_id))
    context = {"registration": registration, "form": form, "others": others, **months_around(month)}
    return respond(
        request, "partners/exception.html", {**context, **frame(request, unit, "alokasi")}, status=status
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def decide_exception(request: Request, slug: str, pk: int) -> HttpResponse:
    """Grant what was asked (`putusan=setuju`), or say why it is declined or taken back."""
    unit = unit_of(request, slug)
    rows = CapOverride.objects.visible_to(request.actor).filter(unit=unit)
    row = get_object_or_404(rows.select_related("person", "asked_by", "confirmed_by"), pk=pk)
    if not _may_end(request, row) and not request.actor.may(permissions.OVERRIDE, unit.pk):
        raise PermissionDenied
    if request.POST.get("putusan") == "setuju":
        return _granted(request, row)
    if row.withdrawn_at is not None:
        messages.error(request, _undone(request))
        return redirect(_address(row))
    form = DecliningForm(posted(request), initial={"seen": row.standing})

    def act() -> CapOverride:
        return overriding.withdraw_exception(
            request.actor, exception=row, now=timezone.now(), **form.cleaned_data
        )

    status = attempt(form, act) if request.method == "POST" else 200
    if request.method == "POST" and status == HTTPStatus.OK:
        messages.success(request, _("Putusan tercatat. Yang mengajukan diberi tahu beserta alasannya."))
        return redirect(_address(row))
    context = {**frame(request, unit, "persetujuan"), **months_around(row.month), "row": row, "form": form}
    context["is_own"] = row.asked_by_id == request.actor.user_id and row.standing == "waiting"
    return respond(request, "partners/exception_decline.html", context, status=status)


@never_cache
@login_required
@require_GET
def exception_document(request: Request, slug: str, pk: int) -> HttpResponse:
    rows = CapOverride.objects.visible_to(request.actor).filter(unit=unit_of(request, slug))
    row = get_object_or_404(rows, pk=pk)
    return sealed_file(lambda: overriding.read_exception_document(row), row.document_name, row.document_type)


def _granted(request: Request, row: CapOverride) -> HttpResponse:
    try:
        overriding.grant_exception(request.actor, exception=row, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Pengecualian disetujui. Yang mengajukan diberi tahu."))
    return redirect(_address(row))


def _undone(request: Request) -> str:
    """Somebody was first; what was typed is said again, so that it is not lost."""
    typed = " ".join(request.POST.get("reason", "").split())
    more = _("Alasan yang Anda tulis tidak disimpan: %(alasan)s") % {"alasan": typed[:1000]}
    return f"{ExceptionDecided.message} {more}" if typed else str(ExceptionDecided.message)


def _address(row: CapOverride) -> str:
    page = reverse("partners:approvals", args=[row.unit.slug])
    return f"{page}?bulan={row.month:%Y-%m}#pengecualian"
