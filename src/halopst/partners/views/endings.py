"""Ending a contract before its work is done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.errors import Refused
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.forms.handovers import TerminationForm
from halopst.partners.models import Approval, Termination
from halopst.partners.queries.endings import Endable, endable
from halopst.partners.rules.handover import days_to_end
from halopst.partners.services.terminating import issue_termination
from halopst.partners.services.terminating import terminate as end
from halopst.partners.views.frame import frame
from halopst.partners.views.months import months_around

ENDED = _(
    "Perjanjian diputus. Surat pemutusannya siap dicetak. Siapa yang dapat meneruskan pekerjaannya "
    "tertulis di Persetujuan, Buat perjanjian kerja."
)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def terminate(request: Request, slug: str, pk: int) -> HttpResponse:
    """End a contract of one mitra's month (`?perjanjian=` of several); what was done by then is asked for."""
    unit = unit_of(request, slug, permissions.APPROVE)
    rows = Approval.objects.visible_to(request.actor).in_force().filter(registration__unit=unit)
    approval = get_object_or_404(rows.select_related("registration__person"), pk=pk)
    found = endable(approval)
    context = {**frame(request, unit, "serah-terima"), **months_around(approval.month)}
    context |= {"approval": approval, "endable": found}
    chosen = _chosen(request, found)
    if chosen is None:
        return respond(request, "partners/terminate.html", context)
    days = days_to_end(approval.month, chosen.letter.dated_on)
    form = TerminationForm(posted(request), plans=chosen.works, days=days)
    made: list[int] = []

    def act() -> None:
        given = {**form.decided, "approval": approval, "contract": chosen.letter.pk}
        made.append(end(request.actor, now=timezone.now(), **given).pk)

    status = attempt(form, act) if request.method == "POST" else 200
    if made:
        messages.success(request, str(ENDED))
        return redirect("letters:letter", made[0])
    context |= {"ended": chosen, "form": form}
    return respond(request, "partners/terminate.html", context, status=status)


@login_required
@require_POST
def issue_again(request: Request, slug: str, pk: int) -> HttpResponse:
    """The letter of a termination anew, after the one before was annulled."""
    unit = unit_of(request, slug)
    rows = Termination.objects.visible_to(request.actor).filter(registration__unit=unit)
    ended = get_object_or_404(rows.select_related("registration__unit"), pk=pk)
    try:
        letter = issue_termination(request.actor, ended, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(f"{reverse('partners:contracts', args=[slug])}?bulan={ended.month:%Y-%m}")
    messages.success(
        request, say("Surat pemutusan terbit dengan nomor %(nomor)s.") % {"nomor": letter.number}
    )
    return redirect("letters:letter", letter.pk)


def _chosen(request: Request, found: list[Endable]) -> Endable | None:
    """The contract the address names; the only one where it names none."""
    named = request.GET.get("perjanjian", "")
    if not named:
        return found[0] if len(found) == 1 else None
    return next((one for one in found if str(one.letter.pk) == named), None)
