"""The hours of an office or of the platform: read, set from a day on, special periods, cuti bersama."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.calendars import services
from halopst.calendars.forms import EffectiveForm, HoursForm, JointLeaveForm, SpecialHoursForm
from halopst.calendars.models import Schedule
from halopst.calendars.queries import (
    hours_overview,
    joint_leave_of,
    open_now,
    owner_named,
    slug_of,
    week_lines,
    week_of,
)
from halopst.calendars.views.frame import edit_frame, frame
from halopst.core.errors import Refused
from halopst.core.forms import posted
from halopst.core.http import Request, refusal_status, respond
from halopst.units.models import Unit


@login_required
@require_GET
def hours(request: Request, owner: str) -> HttpResponse:
    return _hours_page(request, owner_named(request.actor, owner), EffectiveForm())


@login_required
@require_http_methods(["GET", "POST"])
def hours_edit(request: Request, owner: str) -> HttpResponse:
    unit = owner_named(request.actor, owner)
    regular = hours_overview(unit, _today(unit)).regular
    start = {
        "title": regular.title if regular else _("Jam layanan"),
        "legal_basis": regular.legal_basis if regular else "",
        "effective_from": _today(unit),
    }
    form = HoursForm(posted(request), weekly=week_of(regular) if regular else {}, initial=start)
    context = {**edit_frame(request, unit, "jam"), "form": form}
    if request.method == "POST" and form.is_valid():
        refusal = _try(form, lambda values: services.set_weekly_hours(request.actor, unit, **values), HOURS)
        if refusal:
            return respond(request, "calendars/hours_form.html", context, status=refusal_status(refusal))
        messages.success(request, _("Jam layanan disimpan. Tenggat yang terpengaruh dihitung ulang."))
        return redirect("calendars:hours", owner)
    return respond(request, "calendars/hours_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def hours_inherit(request: Request, owner: str) -> HttpResponse:
    unit = owner_named(request.actor, owner)
    form = EffectiveForm(request.POST)
    if not form.is_valid():
        return _hours_page(request, unit, form)
    services.inherit_hours(request.actor, unit, effective_from=form.cleaned_data["effective_from"])
    messages.success(request, _("Satker ini kembali mengikuti jam di atasnya."))
    return redirect("calendars:hours", owner)


@login_required
@require_http_methods(["GET", "POST"])
def special_new(request: Request, owner: str) -> HttpResponse:
    unit = owner_named(request.actor, owner)
    form = SpecialHoursForm(posted(request))
    context = {**edit_frame(request, unit, "jam"), "form": form, "schedule": None}
    if request.method == "POST" and form.is_valid():
        refusal = _try(
            form, lambda values: services.add_special_hours(request.actor, unit, **values), SPECIAL
        )
        if refusal:
            return respond(request, "calendars/special_form.html", context, status=refusal_status(refusal))
        messages.success(request, _("Jam khusus disimpan. Tenggat yang terpengaruh dihitung ulang."))
        return redirect("calendars:hours", owner)
    return respond(request, "calendars/special_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def special(request: Request, pk: int) -> HttpResponse:
    schedule = _special(request, pk)
    start = {
        "title": schedule.title,
        "legal_basis": schedule.legal_basis,
        "first": schedule.first_day,
        "last": schedule.last_day,
    }
    form = SpecialHoursForm(posted(request), weekly=week_of(schedule), initial=start)
    context = {
        **frame(request, schedule.unit, "jam"),
        "form": form,
        "schedule": schedule,
        "week": week_lines(week_of(schedule)),
    }
    if request.method == "POST" and form.is_valid():
        refusal = _try(
            form, lambda values: services.change_special_hours(request.actor, schedule, **values), SPECIAL
        )
        if refusal:
            return respond(request, "calendars/special_form.html", context, status=refusal_status(refusal))
        messages.success(request, _("Jam khusus disimpan. Tenggat yang terpengaruh dihitung ulang."))
        return redirect("calendars:hours", slug_of(schedule.unit))
    return respond(request, "calendars/special_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def special_remove(request: Request, pk: int) -> HttpResponse:
    schedule = _special(request, pk)
    services.remove_special_hours(request.actor, schedule)
    messages.success(request, _("Jam khusus dihapus."))
    return redirect("calendars:hours", slug_of(schedule.unit))


@login_required
@require_POST
def joint_leave(request: Request, owner: str) -> HttpResponse:
    unit = owner_named(request.actor, owner)
    form = JointLeaveForm(request.POST)
    if unit is not None and form.is_valid():
        services.set_joint_leave(request.actor, unit, is_closed=form.cleaned_data["is_closed"])
        messages.success(request, _("Pilihan cuti bersama disimpan."))
    return redirect("calendars:hours", owner)


HOURS = ("effective_from", "weekly", "title", "legal_basis")
SPECIAL = ("title", "first", "last", "weekly", "legal_basis")


def _try(form: Any, act: Any, names: tuple[str, ...]) -> Refused | None:
    """Let the service act on the form's values; a refusal becomes the form's own error."""
    try:
        act({name: form.cleaned_data[name] for name in names})
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return refusal
    return None


def _special(request: Request, pk: int) -> Schedule:
    visible = Schedule.objects.visible_to(request.actor).filter(kind=Schedule.Kind.SPECIAL)
    return get_object_or_404(visible.select_related("unit"), pk=pk)


def _today(unit: Unit | None) -> date:
    now = timezone.now()
    return now.astimezone(unit.tz).date() if unit else timezone.localtime(now).date()


def _hours_page(request: Request, unit: Unit | None, form: EffectiveForm) -> HttpResponse:
    context = {
        **frame(request, unit, "jam"),
        "overview": hours_overview(unit, _today(unit)),
        "form": form,
        "now": open_now(unit, timezone.now()) if unit else None,
    }
    if unit:
        context["closes_on_joint_leave"], context["own_joint_leave"] = joint_leave_of(unit)
    return respond(request, "calendars/hours.html", context, status=422 if form.errors else 200)
