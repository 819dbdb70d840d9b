"""One payment list: its lines, its letter, the transfer, and the day it was paid."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.errors import Refused
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.letters.models import Letter
from halopst.letters.rules import SIGNED, rupiah_in_words
from halopst.letters.services.composing import Trouble
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.downloads import spreadsheet
from halopst.partners.forms.payments import CancelListForm, PaidForm
from halopst.partners.models import PaymentList
from halopst.partners.queries.payments import lists as queries
from halopst.partners.queries.payments.payable import ALL, NO_NPWP
from halopst.partners.services.payments import files as payment_files
from halopst.partners.services.payments import paying
from halopst.partners.services.payments.letters import look_at_list, why_no_letter
from halopst.partners.views.frame import PER_PAGE, chips, frame, looked_at, typed
from halopst.partners.views.months import month_name, months_around
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


@never_cache
@login_required
@require_GET
def look(request: Request, slug: str, pk: int) -> HttpResponse:
    """Its letter as it would be printed now; no number is taken."""
    unit, row = list_of(request, slug, pk)
    back = reverse("partners:payment-list", args=[slug, pk])
    of = _("Daftar ke-%(n)d, %(bulan)s") % {"n": row.sequence, "bulan": month_name(row.month)}
    return looked_at(
        request, unit, "pembayaran", lambda: look_at_list(row, now=timezone.now()), of=of, back=back
    )


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
    """The list, its letter, and its lines whose name holds what was typed, or only those taxed higher."""
    text, letter, chosen = typed(request), queries.letter_of(row), request.GET.get("saring", ALL)
    lines = queries.lines_of(row).filter(name__icontains=text)
    raised = row.lines.filter(is_raised=True).count()
    if chosen == NO_NPWP:
        lines = lines.filter(is_raised=True)
    states = [(ALL, _("Semua"), row.people), (NO_NPWP, _("Tanpa NPWP"), raised)]
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
        "raised": raised,
        "filters": chips(request, states, chosen),
        "troubles": _troubles(row, letter),
    }


def _troubles(row: PaymentList, letter: Letter | None) -> list[Trouble]:
    """What its letter still lacks, as long as there is one to make."""
    if letter is not None or row.state not in paying.OPEN:
        return []
    return why_no_letter(row.unit, timezone.localdate(timezone=row.unit.tz))


def list_of(request: Request, slug: str, pk: int) -> tuple[Unit, PaymentList]:
    unit = unit_of(request, slug)
    try:
        return unit, queries.payment_list(request.actor, unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
