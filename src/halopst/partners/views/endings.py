"""Ending a contract before its work is done."""

from http import HTTPStatus
from typing import Any

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
from halopst.partners.queries.allocation.approvals import in_its_place
from halopst.partners.queries.handovers.endings import Endable, endable
from halopst.partners.queries.handovers.recorded import plans
from halopst.partners.rules.handover import days_to_end
from halopst.partners.services.allocation_refusals import NotInForce
from halopst.partners.services.handovers.terminating import issue_termination
from halopst.partners.services.handovers.terminating import terminate as end
from halopst.partners.services.handovers.termination_refusals import ContractGone, NotBegun
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
    rows = Approval.objects.visible_to(request.actor).filter(registration__unit=unit)
    asked = get_object_or_404(rows.select_related("registration__person", "registration__unit"), pk=pk)
    approval = asked if asked.withdrawn_at is None else in_its_place(asked) or asked
    if request.method != "POST" and (why := _nothing_to_end(approval)):
        messages.error(request, str(why.message))
        return redirect(f"{reverse('partners:handovers', args=[slug])}?bulan={approval.month:%Y-%m}")
    found = endable(approval) if approval.withdrawn_at is None else []
    chosen = _chosen(request, found)
    context = {**frame(request, unit, "serah-terima"), **months_around(approval.month)}
    context |= {"approval": approval, "endable": found, "ended": chosen}
    if request.method == "POST" and (chosen is None or approval != asked):
        context["form"] = _typed(request, approval, chosen)
        return respond(request, "partners/terminate.html", context, status=HTTPStatus.CONFLICT)
    if chosen is None:
        return respond(request, "partners/terminate.html", context)
    return _ended(request, approval, chosen, context)


def _ended(request: Request, approval: Approval, chosen: Endable, context: dict[str, Any]) -> HttpResponse:
    """The contract ended as asked, or the form that asks how."""
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
    return respond(request, "partners/terminate.html", {**context, "form": form}, status=status)


def _typed(request: Request, approval: Approval, chosen: Endable | None) -> TerminationForm:
    """What was typed about a contract that is not there any more, with what is to be done."""
    works = chosen.works if chosen else plans([approval])[approval.pk]
    dated_on = chosen.letter.dated_on if chosen else approval.month
    form = TerminationForm(posted(request), plans=works, days=days_to_end(approval.month, dated_on))
    form.is_valid()
    form.add_error(None, str(ContractGone.message))
    return form


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


def _nothing_to_end(approval: Approval) -> type[Refused] | None:
    """Why nobody need be asked how; None where something can be ended."""
    if approval.withdrawn_at is not None:
        return NotInForce
    today = timezone.localdate(timezone=approval.registration.unit.tz)
    return NotBegun if today < approval.month else None


def _chosen(request: Request, found: list[Endable]) -> Endable | None:
    """The contract the address names; the only one where it names none."""
    named = request.GET.get("perjanjian", "")
    if not named:
        return found[0] if len(found) == 1 else None
    return next((one for one in found if str(one.letter.pk) == named), None)
