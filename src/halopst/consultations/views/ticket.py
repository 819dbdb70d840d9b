"""The visitor's ticket: whoever holds its signed address acts for the visitor, in this consultation only."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.consultations import services
from halopst.consultations.choices import time_choice
from halopst.consultations.forms import CancelForm
from halopst.consultations.ics import invitation
from halopst.consultations.invitations import CONTENT_TYPE, entry_of
from halopst.consultations.journeys import TONES, clock_to_answer, head_of, journey_of
from halopst.consultations.links import absolute, ticket_path
from halopst.consultations.models import Consultation, Mode
from halopst.consultations.queries import by_link, policy_of
from halopst.consultations.rules import (
    OVER,
    Side,
    State,
    Verb,
    may_call_absent,
    may_check_in,
    may_still_change,
    verbs,
)
from halopst.consultations.views.frame import day_in, moment_in
from halopst.consultations.wording import place, zone_name
from halopst.core.actors import Actor
from halopst.core.errors import Refused
from halopst.core.http import Request, respond
from halopst.core.shapes import Step
from halopst.scheduling.services import SlotTaken

Act = Callable[[Actor, Consultation], Consultation]


def _frame(row: Consultation, token: str) -> dict[str, Any]:
    return {
        "unit": row.case.unit,
        "row": row,
        "case": row.case,
        "reservation": row.reservation,
        "token": token,
        "now": timezone.now(),
        "active": "janji",
    }


@never_cache
@require_GET
def ticket(request: Request, token: str) -> HttpResponse:
    """Step 4, and the page every message links to."""
    _bearer, row = by_link(token)
    now = timezone.now()
    context = {
        **_frame(row, token),
        "steps": [Step(_("Pilih ahli")), Step(_("Pilih waktu")), Step(_("Tulis topik")), Step(_("Selesai"))],
        "is_new": row.state == State.REQUESTED,
        "head": head_of(row, now),
        "tone": TONES[row.state],
        "moments": journey_of(row),
        "clock": clock_to_answer(row, now),
        "place": place(row),
        "link": absolute(ticket_path(row)),
        "can": _can(row),
        "is_over": row.state in OVER,
        "is_online": row.mode == Mode.ONLINE,
    }
    return respond(request, "consultations/ticket.html", context)


def _can(row: Consultation) -> set[str]:
    """What the visitor may do at this moment; the services decide again when it is done."""
    now, times, policy = timezone.now(), row.reservation, policy_of(row.case.unit_id)
    timely = {
        Verb.CHECK_IN: may_check_in(times.starts_at, times.ends_at, now, opens=policy.check_in_opens),
        Verb.MISS_OFFICER: may_call_absent(times.starts_at, now, grace=policy.grace),
        Verb.RESCHEDULE: may_still_change(row.state, times.starts_at, now, notice=policy.change_notice),
        Verb.CANCEL: may_still_change(row.state, times.starts_at, now, notice=policy.change_notice),
        Verb.ACCEPT: times.starts_at > now,
    }
    return {verb.value for verb in verbs(row.state, Side.VISITOR) if timely.get(verb, True)}


@never_cache
@require_GET
def ticket_ics(_request: Request, token: str) -> HttpResponse:
    _bearer, row = by_link(token)
    entry = entry_of(row, row.case.visitor)
    response = HttpResponse(invitation(entry, "PUBLISH"), content_type=f"{CONTENT_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.case.number}.ics"'
    return response


@require_POST
def accept(request: Request, token: str) -> HttpResponse:
    now = timezone.now()
    return _act(
        request,
        token,
        lambda who, row: services.accept_proposal(who, row, now=now),
        _("Waktu dicatat."),
    )


@require_POST
def refuse(request: Request, token: str) -> HttpResponse:
    now = timezone.now()
    return _act(
        request, token, lambda who, row: services.decline_proposal(who, row, now=now), _("Janji dibatalkan.")
    )


@require_POST
def arrive(request: Request, token: str) -> HttpResponse:
    now = timezone.now()
    return _act(
        request, token, lambda who, row: services.check_in(who, row, now=now), _("Kehadiran Anda tercatat.")
    )


@require_POST
def miss_officer(request: Request, token: str) -> HttpResponse:
    now = timezone.now()
    return _act(
        request,
        token,
        lambda who, row: services.miss_officer(who, row, now=now),
        _("Laporan diterima."),
    )


def _act(request: Request, token: str, act: Act, done: str) -> HttpResponse:
    bearer, row = by_link(token)
    act(bearer, row)
    messages.success(request, done)
    return redirect("consultations:ticket", token=token)


@never_cache
@require_http_methods(["GET", "POST"])
def cancel(request: Request, token: str) -> HttpResponse:
    bearer, row = by_link(token)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.cancel(bearer, row, reason=form.cleaned_data["reason"], now=timezone.now())
        messages.success(request, _("Janji dibatalkan. Waktunya kami lepas untuk orang lain."))
        return redirect("consultations:ticket", token=token)
    status = 422 if form.errors else 200
    return respond(request, "consultations/cancel.html", {**_frame(row, token), "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def reschedule(request: Request, token: str) -> HttpResponse:
    """Another time with the same expert; the old one is given back the moment the new one is taken."""
    bearer, row = by_link(token)
    now = timezone.now()
    if request.method == "GET":
        return _times(request, row, token)
    starts_at = moment_in(request.POST, "mulai", now)
    if starts_at is None:
        return _times(request, row, token, problem=_("Pilih salah satu waktu yang ditampilkan."), status=422)
    try:
        services.reschedule(bearer, row, starts_at=starts_at, now=now)
    except SlotTaken as refusal:
        return _times(request, row, token, problem=str(refusal.message), refusal=refusal, status=409)
    messages.success(request, _("Jadwal baru kami catat. Petugas menanggapinya lagi."))
    return redirect("consultations:ticket", token=token)


def _times(
    request: Request,
    row: Consultation,
    token: str,
    *,
    problem: str = "",
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    data = request.POST or request.GET
    context = {
        **_frame(row, token),
        "choice": time_choice(
            row.expert,
            wished=day_in(data, "tanggal"),
            first=day_in(data, "dari"),
            held=row.reservation.starts_at,
            now=timezone.now(),
        ),
        "days_url": f"{reverse('consultations:reschedule', kwargs={'token': token})}?ubah=1",
        "zone_name": zone_name(row.case.unit),
        "may_change": "reschedule" in _can(row),
        "problem": problem,
        "alternatives": refusal.alternatives if isinstance(refusal, SlotTaken) else [],
    }
    return respond(request, "consultations/reschedule.html", context, status=status)
