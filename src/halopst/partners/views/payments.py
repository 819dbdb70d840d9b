"""Paying a month: who can be paid, what the others lack, and the lists they are paid from."""

from datetime import date
from typing import Any

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
from halopst.core.http import Request, respond
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.downloads import spreadsheet
from halopst.partners.queries.payments import lists as queries
from halopst.partners.queries.payments import payable
from halopst.partners.rules.payment import Stage
from halopst.partners.rules.tax import has_surcharge, surcharge_share
from halopst.partners.services.payments import files as payment_files
from halopst.partners.services.payments import paying
from halopst.partners.services.payments.refusals import NoTaxPolicy
from halopst.partners.views.frame import PER_PAGE, Chip, chips, frame, ticked, typed
from halopst.partners.views.months import month_in, months_around
from halopst.partners.wording.payments import told
from halopst.units.models import Unit


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def payments(request: Request, slug: str) -> HttpResponse:
    """The office's month, mitra by mitra; posting puts those chosen, or all that are ready, on a list."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    if request.method == "POST":
        return _make(request, unit, month)
    rows = payable.payables(unit, month, today=timezone.localdate(timezone=unit.tz))
    text, stage = typed(request), request.GET.get("saring", payable.ALL)
    found = payable.chosen(rows, text=text, stage=stage)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page", ""))
    counts, reckoned = payable.stage_counts(rows), _estimate(unit, month)
    if not reckoned["surcharge"]:
        counts[payable.NO_NPWP] = 0
    context = {
        **_month(request, unit, month),
        **reckoned,
        "text": text,
        "page": page,
        "shown": told(payable.rows_of(page)),
        "counts": counts,
        "without_npwp": counts[payable.NO_NPWP],
        "filters": _filters(request, counts, stage),
        "kept": ["bulan", "saring"],
        "query": request.GET.urlencode(),
    }
    return respond(request, "partners/payments.html", context, partial="daftar")


@login_required
@require_POST
def payment_file(request: Request, slug: str, kind: str) -> HttpResponse:
    """Everything paid for one month."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    name = f"pembayaran-honor-{unit.slug}-{month:%Y-%m}"
    return spreadsheet(
        kind, name, lambda: payment_files.payment_table(request.actor, unit, month), sheet=_("Pembayaran")
    )


def _month(request: Request, unit: Unit, month: date) -> dict[str, Any]:
    return {
        **frame(request, unit, "pembayaran"),
        **months_around(month),
        "may_pay": request.actor.may(permissions.PAY, unit.pk),
        "lists": queries.payment_lists(request.actor, unit, month),
        "deadline": payable.deadline(unit, month),
    }


def _make(request: Request, unit: Unit, month: date) -> HttpResponse:
    chosen = ticked(request)
    try:
        made = paying.make_list(request.actor, unit=unit, month=month, approvals=chosen, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(request.get_full_path())
    messages.success(request, _("Daftar tersusun. Periksa barisnya, lalu terbitkan."))
    return redirect("partners:payment-list", unit.slug, made.pk)


def _estimate(unit: Unit, month: date) -> dict[str, Any]:
    """What those who are ready would get today, under which policy."""
    try:
        policy = paying.policy_of_month(unit, month)
    except NoTaxPolicy:
        return {"policy": None, "no_policy": NoTaxPolicy.message, "surcharge": ""}
    more = surcharge_share(policy.parameters) if has_surcharge(policy.parameters) else ""
    estimate = paying.estimate(unit, month, policy, now=timezone.now())
    return {"policy": policy, "estimate": estimate, "surcharge": more}


def _filters(request: Request, counts: dict[str, int], chosen: str) -> list[Chip]:
    words = {
        payable.ALL: _("Semua"),
        Stage.READY: _("Siap dibayar"),
        Stage.LACKING: _("Belum lengkap"),
        Stage.LISTED: _("Dalam daftar"),
        Stage.PAID: _("Dibayar"),
        Stage.NOTHING: _("Tanpa honor"),
        payable.LATE: _("Terlambat"),
        payable.NO_NPWP: _("Siap, tanpa NPWP"),
    }
    shown = [key for key in words if counts[key] or key in {payable.ALL, chosen}]
    return chips(request, [(key, words[key], counts[key]) for key in shown], chosen)
