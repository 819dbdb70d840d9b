"""What an officer does with a consultation. Each act has its own page; the case page holds the short ways."""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halopst.consultations import services
from halopst.consultations.choices import time_choice
from halopst.consultations.forms import (
    DeclineForm,
    FinishForm,
    LinkForm,
    PassForm,
    ProposeForm,
    VersionedForm,
)
from halopst.consultations.links import case_path
from halopst.consultations.models import Consultation, Mode
from halopst.consultations.queries import free_colleagues
from halopst.consultations.rules import Side
from halopst.consultations.views.frame import day_in
from halopst.consultations.wording import zone_name
from halopst.core.errors import NotPermitted, Refused
from halopst.core.http import Request, refusal_status, respond
from halopst.scheduling.models import Expert
from halopst.scheduling.services import SlotTaken

Act = Callable[[Consultation, dict[str, Any]], object]
ROOM_BYTES = 15


def _row(request: Request, pk: int, side: Side = Side.OFFICER) -> Consultation:
    row: Consultation = get_object_or_404(Consultation.objects.visible_to(request.actor).whole(), pk=pk)
    if side not in services.sides_of(request.actor, row):
        raise NotPermitted
    return row


def _frame(row: Consultation) -> dict[str, Any]:
    return {
        "row": row,
        "case": row.case,
        "unit": row.case.unit,
        "back": case_path(row),
        "needs_link": row.mode == Mode.ONLINE,
        "has_rooms": bool(settings.MEETING_BASE),
        "now": timezone.now(),
        "active": "masuk",
    }


def _page(
    request: Request, row: Consultation, form: VersionedForm, template: str, *, status: int, **more: Any
) -> HttpResponse:
    return respond(
        request, f"consultations/{template}.html", {**_frame(row), "form": form, **more}, status=status
    )


def _move(
    request: Request,
    row: Consultation,
    form: VersionedForm,
    act: Act,
    *,
    template: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """Show the form, or do what it says; a refusal keeps what was typed and tells what happened."""
    if request.method == "GET":
        return _page(request, row, form, template, status=200, **more)
    if not form.is_valid():
        return _page(request, row, form, template, status=422, **more)
    try:
        act(row, form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        alternatives = refusal.alternatives if isinstance(refusal, SlotTaken) else []
        shown = {**more, "alternatives": alternatives}
        return _page(request, _row(request, row.pk), form, template, status=refusal_status(refusal), **shown)
    messages.success(request, done)
    return redirect(case_path(row))


@login_required
@require_http_methods(["GET", "POST"])
def approve(request: Request, pk: int) -> HttpResponse:
    row, now = _row(request, pk), timezone.now()

    def act(seen: Consultation, said: dict[str, Any]) -> None:
        services.approve(
            request.actor, seen, link=said["link"], chance=_chance(), version=said["version"], now=now
        )

    form = LinkForm(request.POST or None, initial={"version": row.version}, needs_link=_needs_link(row))
    return _move(
        request, row, form, act, template="approve", done=_("Konsultasi disetujui. Undangan dikirim.")
    )


@login_required
@require_http_methods(["GET", "POST"])
def relink(request: Request, pk: int) -> HttpResponse:
    row, now = _row(request, pk), timezone.now()

    def act(seen: Consultation, said: dict[str, Any]) -> None:
        services.relink(request.actor, seen, link=said["link"], version=said["version"], now=now)

    form = LinkForm(
        request.POST or None, initial={"version": row.version, "link": row.meeting_link}, needs_link=True
    )
    return _move(request, row, form, act, template="relink", done=_("Tautan diganti dan dikirim ulang."))


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: Request, pk: int) -> HttpResponse:
    row, now = _row(request, pk), timezone.now()

    def act(seen: Consultation, said: dict[str, Any]) -> None:
        services.propose_time(request.actor, seen, chance=_chance(), now=now, **said)

    data = request.POST.copy()
    data["starts_at"] = data.get("mulai", "")
    given = data if request.method == "POST" else None
    form = ProposeForm(given, initial={"version": row.version}, needs_link=_needs_link(row))
    more = {
        "choice": time_choice(
            row.expert,
            wished=day_in(request.GET, "tanggal") or row.reservation.day,
            first=day_in(request.GET, "dari"),
            held=row.reservation.starts_at,
            now=now,
        ),
        "days_url": f"{reverse('consultations:propose', kwargs={'pk': row.pk})}?usul=1",
        "zone_name": zone_name(row.case.unit),
    }
    done = _("Usulan waktu dikirim kepada pemohon.")
    return _move(request, row, form, act, template="propose", done=done, **more)


@login_required
@require_http_methods(["GET", "POST"])
def pass_to(request: Request, pk: int) -> HttpResponse:
    row, now = _row(request, pk), timezone.now()

    def act(seen: Consultation, said: dict[str, Any]) -> None:
        expert = Expert.objects.visible_to(request.actor).filter(pk=said["expert"]).first()
        if expert is None:
            raise services.NotAColleague
        services.pass_to(
            request.actor, seen, expert=expert, note=said["note"], version=said["version"], now=now
        )

    form = PassForm(request.POST or None, initial={"version": row.version})
    return _move(
        request,
        row,
        form,
        act,
        template="pass",
        done=_("Konsultasi dialihkan."),
        colleagues=free_colleagues(row, now=now),
    )


@login_required
@require_http_methods(["GET", "POST"])
def decline(request: Request, pk: int) -> HttpResponse:
    row, now = _row(request, pk), timezone.now()

    def act(seen: Consultation, said: dict[str, Any]) -> None:
        services.decline(request.actor, seen, reason=said["reason"], version=said["version"], now=now)

    form = DeclineForm(request.POST or None, initial={"version": row.version})
    return _move(request, row, form, act, template="decline", done=_("Jawaban dikirim kepada pemohon."))


@login_required
@require_http_methods(["GET", "POST"])
def finish(request: Request, pk: int) -> HttpResponse:
    row, now = _row(request, pk), timezone.now()

    def act(seen: Consultation, said: dict[str, Any]) -> None:
        services.finish(request.actor, seen, now=now, **said)

    form = FinishForm(request.POST or None, initial={"version": row.version})
    return _move(request, row, form, act, template="finish", done=_("Hasil dicatat dan permintaan selesai."))


@login_required
@require_POST
def arrive(request: Request, pk: int) -> HttpResponse:
    row = _row(request, pk, Side.DOOR)
    services.check_in(request.actor, row, now=timezone.now())
    return _done(request, row, _("Kehadiran pemohon tercatat."))


@login_required
@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    row = _row(request, pk)
    services.start(request.actor, row, now=timezone.now())
    return _done(request, row, _("Konsultasi dimulai."))


@login_required
@require_POST
def miss_visitor(request: Request, pk: int) -> HttpResponse:
    row = _row(request, pk)
    services.miss_visitor(request.actor, row, now=timezone.now())
    return _done(request, row, _("Tercatat: pemohon tidak hadir."))


def _done(request: Request, row: Consultation, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(case_path(row))


def _needs_link(row: Consultation) -> bool:
    """An online meeting needs a typed address unless the office has a meeting server."""
    return row.mode == Mode.ONLINE and not settings.MEETING_BASE


def _chance() -> str:
    """What makes a meeting room impossible to guess."""
    return secrets.token_urlsafe(ROOM_BYTES)
