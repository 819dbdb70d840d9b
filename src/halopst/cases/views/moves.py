"""What an officer does to a case. Each is a form that posts here and comes back to the case's page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halopst.cases import queries, services
from halopst.cases.forms import FinishForm, ReasonForm, ReplyForm
from halopst.cases.models import Case
from halopst.cases.services import CaseMoved
from halopst.cases.views.desk import case_page, office_case
from halopst.core.errors import Invalid, Refused
from halopst.core.http import Request, refusal_status

Act = Callable[[Request, Case], str]


class Incomplete(Invalid):
    message = _("Isian belum lengkap. Periksa lagi, lalu kirim.")


def act(do: Act) -> Callable[..., HttpResponse]:
    """A POST that does one thing to one case. A refusal shows the case as it now is, with what was typed."""

    @login_required
    @require_POST
    @wraps(do)
    def door(request: Request, number: str) -> HttpResponse:
        case = office_case(request.actor, number)
        try:
            done = do(request, case)
        except Refused as refusal:
            now = refusal.case if isinstance(refusal, CaseMoved) else office_case(request.actor, number)
            return case_page(
                request, now, status=refusal_status(refusal), refused=refusal.message, typed=request.POST
            )
        if done:
            messages.success(request, done)
        return redirect("cases:case-detail", number=number)

    return door


def valid(form: Any) -> dict[str, Any]:
    """The cleaned values of `form`, or a refusal with its first complaint."""
    if form.is_valid():
        return dict(form.cleaned_data)
    raise Incomplete(next(iter(form.errors.values()))[0])


@act
def reply(request: Request, case: Case) -> str:
    given = valid(ReplyForm(request.POST))
    if given["ask"]:
        services.ask_visitor(
            request.actor,
            case,
            body=given["body"],
            files=request.FILES.getlist("files"),
            expected_version=given["version"],
            now=timezone.now(),
        )
        return _("Pertanyaan terkirim. Jam dijeda sampai pemohon membalas.")
    services.reply(
        request.actor,
        case,
        body=given["body"],
        files=request.FILES.getlist("files"),
        expected_version=given["version"],
        now=timezone.now(),
    )
    return ""


@act
def assign(request: Request, case: Case) -> str:
    chosen = request.POST.get("officer", "")
    pk = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 18 else 0  # noqa: PLR2004  # longer is no id
    officer = get_object_or_404(queries.officers_at(case.unit), pk=pk)
    services.assign(request.actor, case, officer=officer, now=timezone.now())
    return _("%(number)s kini ditangani %(officer)s.") % {"number": case.number, "officer": officer}


@act
def complete(request: Request, case: Case) -> str:
    services.complete_case(request.actor, case, now=timezone.now())
    return _("Permintaan dinyatakan lengkap. Jam layanan mulai berjalan.")


@act
def resume(request: Request, case: Case) -> str:
    services.resume(request.actor, case, now=timezone.now())
    return _("Jam berjalan lagi.")


@act
def finish(request: Request, case: Case) -> str:
    given = valid(FinishForm(request.POST))
    services.finish(
        request.actor,
        case,
        result=given["result"],
        summary=given["summary"],
        expected_version=given["version"],
        now=timezone.now(),
    )
    return _("%(number)s selesai. Pemohon menerima ringkasannya.") % {"number": case.number}


@act
def cancel(request: Request, case: Case) -> str:
    given = valid(ReasonForm(request.POST))
    services.cancel(
        request.actor,
        case,
        reason=given["reason"],
        expected_version=given["version"],
        now=timezone.now(),
    )
    return _("%(number)s dibatalkan.") % {"number": case.number}


@act
def reopen(request: Request, case: Case) -> str:
    given = valid(ReasonForm(request.POST))
    services.reopen(request.actor, case, reason=given["reason"], now=timezone.now())
    return _("%(number)s dibuka kembali.") % {"number": case.number}


@login_required
@require_POST
def presence(request: Request, number: str) -> HttpResponse:
    """A page that is open says so now and then; the answer is who else is here."""
    case = office_case(request.actor, number)
    now = timezone.now()
    services.be_present(request.actor, case, typing=request.POST.get("menulis") == "1", now=now)
    here = queries.colleagues_here(request.actor, case, now=now)
    return render(request, "cases/inbox.html#hadir", {"here": here, "case": case})
