"""One payment list: its lines, its letter, the transfer, and the day it was paid."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.errors import Refused
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.letters.rules import SIGNED, rupiah_in_words
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.downloads import spreadsheet
from halopst.partners.forms.payments import CancelListForm, PaidForm
from halopst.partners.models import PaymentList
from halopst.partners.queries import payments as queries
from halopst.partners.services import paying, payment_files
from halopst.partners.views.frame import PER_PAGE, frame, typed
from halopst.partners.views.sheet import months_around
from halopst.units.models import Unit


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def payment_list(request: Request, slug: str, pk: int) -> HttpResponse:
    """One list with its lines; posting records that it was paid."""
    unit, row = list_of(request, slug, pk)
    form = PaidForm(posted(request), initial={"paid_on": timezone.localdate(timezone=unit.tz)})
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda: paying.mark_paid(request.actor, row, now=timezone.now(), **form.cleaned_data)
        )
        if status == HTTPStatus.OK:
            messages.success(request, _("Pembayaran tercatat. Surat-suratnya kini berstatus dibayar."))
            return redirect("partners:payment-list", slug, pk)
    context = {**_shown(request, unit, row), "form": form, "cancel": CancelListForm()}
    return respond(request, "partners/payment_list.html", context, partial="baris", status=status)


@login_required
@require_POST
def issue(request: Request, slug: str, pk: int) -> HttpResponse:
    """Make the letter of the list."""
    _unit, row = list_of(request, slug, pk)
    try:
        letter = paying.issue_list(request.actor, row, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Daftar terbit dengan nomor %(nomor)s.") % {"nomor": letter.number})
    return redirect("partners:payment-list", slug, pk)


@login_required
@require_POST
def cancel(request: Request, slug: str, pk: int) -> HttpResponse:
    _unit, row = list_of(request, slug, pk)
    form = CancelListForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        paying.cancel_list(request.actor, row, reason=reason, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Daftar dibatalkan. Mitranya dapat dimasukkan ke daftar lain."))
    return redirect("partners:payment-list", slug, pk)


@login_required
@require_POST
def transfer(request: Request, slug: str, pk: int, kind: str) -> HttpResponse:
    """The file for the bank, `csv` or `xlsx`, with whole account numbers."""
    unit, row = list_of(request, slug, pk)
    name = f"transfer-honor-{unit.slug}-{row.month:%Y-%m}-{row.sequence}"
    return spreadsheet(
        kind, name, lambda: payment_files.transfer_table(request.actor, row), sheet=_("Transfer")
    )


def _shown(request: Request, unit: Unit, row: PaymentList) -> dict[str, Any]:
    """The list, its letter, and its lines whose name holds what was typed."""
    text, letter = typed(request), queries.letter_of(row)
    lines = queries.lines_of(row).filter(name__icontains=text)
    return {
        **frame(request, unit, "pembayaran"),
        **months_around(row.month),
        "may_pay": request.actor.may(permissions.PAY, unit.pk),
        "list": row,
        "letter": letter,
        "letter_signed": letter is not None and letter.state in SIGNED,
        "words": rupiah_in_words(row.net),
        "returned": queries.returned_of(row),
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page", "")),
        "text": text,
    }


def list_of(request: Request, slug: str, pk: int) -> tuple[Unit, PaymentList]:
    unit = unit_of(request, slug)
    try:
        return unit, queries.payment_list(request.actor, unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
