"""Approving a month, and the contracts it is the ground of."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.errors import Refused
from halopst.core.http import Request, respond
from halopst.letters import permissions as letters
from halopst.letters.models import Batch
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.models import Approval, Registration
from halopst.partners.queries import rules_of
from halopst.partners.queries.allocation import approvals as queries
from halopst.partners.queries.deciding import deciders, names_of
from halopst.partners.queries.handovers.endings import Ended, ended_in
from halopst.partners.queries.handovers.succeeding import Undone, undone
from halopst.partners.queries.own.office import declining, waiting_scans
from halopst.partners.rules.money import next_month
from halopst.partners.services.allocation import approving
from halopst.partners.services.contracts import amending, contracting
from halopst.partners.views.exceptions import asked_in
from halopst.partners.views.frame import (
    PER_PAGE,
    Chip,
    chips,
    frame,
    ticked,
    to_batch,
    typed,
)
from halopst.partners.views.months import month_in, months_around
from halopst.partners.views.sheet import tell_taken_back
from halopst.units.models import Unit

SHOWN = re.compile(r"(?<!\S)([0-9]{1,18}):([0-9]{1,18})(?!\S)")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def approvals(request: Request, slug: str) -> HttpResponse:
    """The office's month, mitra by mitra; posting approves those chosen, or all that wait."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    if request.method == "POST":
        return _approve(request, unit)
    text, chosen = typed(request), request.GET.get("saring", "semua")
    rows = queries.month_rows(request.actor, unit, month)
    found = queries.narrowed(rows, text=text, chosen=chosen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page", ""))
    counts = queries.state_counts(rows)
    context = {
        **frame(request, unit, "persetujuan"),
        **months_around(month),
        "text": text,
        "page": page,
        "counts": counts,
        "sums": queries.honor_of(rows),
        "filters": _filters(request, counts, chosen),
        "exceptions": asked_in(request, unit, month),
        "scans": waiting_scans(request.actor, unit).count(),
        "kept": ["bulan", "saring"],
        "query": request.GET.urlencode(),
        **_to_approve(request, unit, rows),
    }
    return respond(request, "partners/approvals.html", context, partial="daftar")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def contracts(request: Request, slug: str) -> HttpResponse:
    """What can be written of a month's contracts and what stands in the way; posting has them made."""
    unit, now = unit_of(request, slug), timezone.now()
    month = month_in(request, unit)
    if request.method == "POST":
        return to_batch(request, lambda: _written(request, unit, month, now))
    mitra = contracting.mitra_ready(unit, month)
    readiness = contracting.office_ready(unit, mitra, now=now)
    ready = {one.approval.registration_id: one.approval.registration for one in readiness.ready}
    context = {
        **frame(request, unit, "persetujuan"),
        **months_around(month),
        "readiness": readiness,
        "unapproved": _unapproved(request, unit, month),
        "kind": contracting.kind_of(unit),
        "mitra": list(ready.values()),
        "declining": len(declining(list(ready.values()), month)),
        "amendable": len(amending.amendable(unit, mitra.ready, now=now)),
        "ended": _ended(request, unit, month, now),
        "rules": rules_of(unit),
        "may_issue": request.actor.may(letters.ISSUE, unit.pk),
    }
    return respond(request, "partners/contracts.html", context)


def _ended(request: Request, unit: Unit, month: date, now: datetime) -> list[tuple[Ended, Sequence[Undone]]]:
    """Contracts ended in the month; with what they left undone, to those who allocate while it goes on."""
    found = ended_in(request.actor, unit, month)
    goes_on = now.astimezone(unit.tz).date() < next_month(month)
    left: dict[int, list[Undone]] = {}
    if goes_on and request.actor.may(permissions.ALLOCATE, unit.pk):
        left = undone(unit, month, [one.termination for one in found])
    return [(one, left.get(one.termination.pk, [])) for one in found]


def _unapproved(request: Request, unit: Unit, month: date) -> dict[str, Any]:
    """How many of the month wait for their approval, and the filter that shows them."""
    counts = queries.state_counts(queries.month_rows(request.actor, unit, month))
    shown = "menunggu" if counts["menunggu"] else "tertahan"
    return {"count": counts["menunggu"] + counts["tertahan"], "shown": shown}


def _written(request: Request, unit: Unit, month: date, now: datetime) -> Batch:
    if "adendum" in request.POST:
        return amending.write_addenda(request.actor, unit=unit, month=month, now=now)
    chosen = ticked(request) if "dipilih" in request.POST else None
    return contracting.write_contracts(request.actor, unit=unit, month=month, now=now, chosen=chosen)


@login_required
@require_POST
def withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug)
    rows = Approval.objects.visible_to(request.actor).filter(registration__unit=unit)
    row = get_object_or_404(rows, pk=pk)
    now = timezone.now()
    approving.withdraw(request.actor, approval=row, now=now)
    messages.success(request, _("Persetujuan ditarik. Volumenya dapat diubah lagi."))
    tell_taken_back(request, unit, now)
    return redirect(f"{reverse('partners:approvals', args=[unit.slug])}?bulan={row.month:%Y-%m}")


def _to_approve(request: Request, unit: Unit, rows: QuerySet[Registration]) -> dict[str, Any]:
    """Whether they may approve, and with it everyone's honor as this page is made; else who may."""
    if request.actor.may(permissions.APPROVE, unit.pk):
        return {"may_approve": True, "semula": queries.honor_waiting(rows)}
    return {"may_approve": False, "approvers": names_of(deciders(permissions.APPROVE, unit).besides(None))}


def _approve(request: Request, unit: Unit) -> HttpResponse:
    month = month_in(request, unit)
    chosen = ticked(request)
    try:
        done = approving.approve(
            request.actor,
            unit=unit,
            month=month,
            registrations=chosen,
            shown=_shown(request),
            now=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        level = messages.WARNING if "changed" in done.skipped.values() else messages.SUCCESS
        messages.add_message(request, level, _told(done))
    return redirect(request.get_full_path())


def _shown(request: Request) -> dict[int, int]:
    """The honor of everyone who waited when the page was made, on whichever of its pages."""
    return {int(match[1]): int(match[2]) for match in SHOWN.finditer(request.POST.get("semula", ""))}


def _told(done: approving.Approved) -> str:
    why = Counter(done.skipped.values())
    idle, changed = why["inactive"], why["changed"]
    unfit = len(done.skipped) - idle - changed
    said = [_approved(len(done.approvals)), _unfit(unfit), _idle(idle), _changed(changed)]
    return " ".join(words for words in said if words)


def _approved(count: int) -> str:
    return ngettext("%(n)d mitra disetujui.", "%(n)d mitra disetujui.", count) % {"n": count}


def _unfit(count: int) -> str:
    said = ngettext(
        "%(n)d tertahan karena ada isian yang belum muat.",
        "%(n)d tertahan karena ada isian yang belum muat.",
        count,
    )
    return said % {"n": count} if count else ""


def _idle(count: int) -> str:
    said = ngettext(
        "%(n)d tertahan karena tidak aktif atau masuk daftar hitam.",
        "%(n)d tertahan karena tidak aktif atau masuk daftar hitam.",
        count,
    )
    return said % {"n": count} if count else ""


def _changed(count: int) -> str:
    said = ngettext(
        "%(n)d belum disetujui karena honornya baru saja diubah. Periksa angkanya sekarang.",
        "%(n)d belum disetujui karena honornya baru saja diubah. Periksa angkanya sekarang.",
        count,
    )
    return said % {"n": count} if count else ""


def _filters(request: Request, counts: dict[str, int], chosen: str) -> list[Chip]:
    states = [
        ("semua", _("Semua"), counts["semua"]),
        ("menunggu", _("Menunggu"), counts["menunggu"]),
        ("tertahan", _("Tertahan"), counts["tertahan"]),
        ("disetujui", _("Disetujui"), counts["disetujui"]),
        ("menolak", _("Tidak bersedia"), counts["menolak"]),
    ]
    return chips(request, states, chosen)
