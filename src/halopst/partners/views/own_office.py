"""The office's side of its mitra's own pages: links to send and take back, scans to look at."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from halopst.core.errors import Refused
from halopst.core.forms import plain
from halopst.core.http import Request, respond
from halopst.letters import permissions as letters
from halopst.partners import permissions
from halopst.partners.addressed import person_of, unit_of
from halopst.partners.downloads import sealed_file
from halopst.partners.models import SentScan
from halopst.partners.queries.own import office as queries
from halopst.partners.services import own as services
from halopst.partners.views.frame import frame
from halopst.partners.views.months import month_in
from halopst.units.models import Unit

LONGEST_REASON = 300


@login_required
@require_POST
def send_link(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    _told(
        request,
        lambda: services.send_link(request.actor, who, unit=unit, now=timezone.now()),
        _("Tautan dikirim. Mitra membukanya dengan kode yang dikirim ke alamatnya."),
    )
    return redirect("partners:person", slug, pk)


@login_required
@require_POST
def revoke_links(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    services.revoke_links(request.actor, who, unit=unit, now=timezone.now())
    messages.success(request, _("Tautan dicabut dan halaman yang sedang terbuka ditutup."))
    return redirect("partners:person", slug, pk)


@login_required
@require_POST
def send_links(request: Request, slug: str) -> HttpResponse:
    """To everyone with work in the month the address names."""
    unit = unit_of(request, slug, permissions.MANAGE)
    month = month_in(request, unit)
    try:
        count = services.ask_links(request.actor, unit=unit, month=month, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        said = ngettext("Tautan dikirim kepada %(n)d mitra.", "Tautan dikirim kepada %(n)d mitra.", count)
        messages.success(request, said % {"n": count})
    return redirect(f"{reverse('partners:approvals', args=[slug])}?bulan={month:%Y-%m}")


@login_required
@require_POST
def settle_remark(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    services.settle_remarks(request.actor, who, unit=unit, now=timezone.now())
    messages.success(request, _("Permintaan pembetulan ditandai selesai."))
    return redirect("partners:person", slug, pk)


@never_cache
@login_required
@require_GET
def scans(request: Request, slug: str) -> HttpResponse:
    """What mitra have sent and nobody has looked at yet."""
    unit = unit_of(request, slug, permissions.MANAGE)
    context = {
        **frame(request, unit, "persetujuan"),
        "scans": list(queries.waiting_scans(request.actor, unit)),
        "may_issue": request.actor.may(letters.ISSUE, unit.pk),
    }
    return respond(request, "partners/own/scans.html", context)


@never_cache
@login_required
@require_GET
def scan_file(request: Request, slug: str, pk: int) -> HttpResponse:
    kept = _scan(request, unit_of(request, slug, permissions.MANAGE), pk)
    return sealed_file(lambda: services.read_scan(kept), f"pindaian-{kept.pk}.pdf", "application/pdf")


@login_required
@require_POST
def decide_scan(request: Request, slug: str, pk: int) -> HttpResponse:
    """`putusan=terima` makes it the signed letter (`cocok` when the number was compared by eye)."""
    kept = _scan(request, unit_of(request, slug, permissions.MANAGE), pk)
    now = timezone.now()
    if request.POST.get("putusan") == "terima":
        compared = request.POST.get("cocok") == "ya"
        _told(
            request,
            lambda: services.take_scan(request.actor, kept, compared=compared, now=now),
            _("Pindaian diterima. Surat ini ditandai ditandatangani."),
        )
    else:
        reason = plain(request.POST.get("alasan", ""), LONGEST_REASON)
        _told(
            request,
            lambda: services.return_scan(request.actor, kept, reason=reason, now=now),
            _("Pindaian dikembalikan kepada mitra."),
        )
    return redirect("partners:scans", slug)


def _scan(request: Request, unit: Unit, pk: int) -> SentScan:
    rows = SentScan.objects.visible_to(request.actor).filter(letter__unit=unit)
    return get_object_or_404(rows, pk=pk)


def _told(request: Request, act: Callable[[], object], said: str) -> None:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, said)
