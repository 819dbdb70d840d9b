from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.http import Request, respond
from halopst.scheduling import queries, services
from halopst.scheduling.forms import ExceptionForm, HoursForm, LeaveForm
from halopst.scheduling.models import AvailabilityException, Expert
from halopst.scheduling.views.frame import expert_tabs, found, place_of

KINDS = ("jam", "kecuali", "cuti")
Forms = dict[str, Any]


@require_http_methods(["GET", "POST"])
@login_required
def schedule(request: Request, pk: int) -> HttpResponse:
    """Weekly hours, exceptions and leave: three small forms, told apart by the button `aksi`."""
    expert = found(queries.expert_to_edit, request, pk)
    action = request.POST.get("aksi", "") if request.method == "POST" else ""
    forms: Forms = {
        "hours_form": HoursForm(request.POST if action == "jam" else None),
        "exception_form": ExceptionForm(request.POST if action == "kecuali" else None, zone=expert.unit.tz),
        "leave_form": LeaveForm(request.POST if action == "cuti" else None),
    }
    if action in KINDS and _save(request, expert, action, forms):
        return redirect("scheduling:schedule", pk)
    return _page(request, expert, forms, status=422 if request.method == "POST" else 200)


@require_POST
@login_required
def withdraw(request: Request, pk: int, kind: str, row: int) -> HttpResponse:
    """Take one line of the schedule out again."""
    expert = found(queries.expert_to_edit, request, pk)
    if kind not in KINDS:
        raise Http404
    line = found(lambda _actor, row: queries.line_of(expert, kind, row), request, row)
    services.withdraw(request.actor, line)
    messages.success(request, _("Baris jadwal dihapus."))
    return redirect("scheduling:schedule", pk)


def _save(request: Request, expert: Expert, action: str, forms: Forms) -> bool:
    hours, exception, leave = forms.values()
    if action == "jam" and hours.is_valid():
        services.add_hours(request.actor, expert, **hours.cleaned_data)
        messages.success(request, _("Jam mingguan tersimpan."))
        _tell_of_closed_days(request, expert, hours.cleaned_data["weekdays"])
        return True
    if action == "kecuali" and exception.is_valid():
        added = services.add_exception(request.actor, expert, **exception.values)
        if added.kind == AvailabilityException.Kind.EXTRA:
            messages.success(request, _("Jam tambahan tersimpan dan sudah ditawarkan."))
        else:
            _tell(request, queries.appointments_between(expert, added.starts_at, added.ends_at).count())
        return True
    if action == "cuti" and leave.is_valid():
        taken = services.take_leave(request.actor, expert, **leave.cleaned_data)
        _tell(request, queries.appointments_on_days(expert, taken.first_day, taken.last_day).count())
        return True
    return False


def _tell(request: Request, promised: int) -> None:
    """Say it is saved, and which appointments people still have to move."""
    messages.success(request, _("Tersimpan. Waktu itu tidak lagi ditawarkan."))
    if promised:
        warning = ngettext(
            "Ada %(n)d janji pada waktu itu yang tetap berlaku. Pindahkan atau alihkan lewat Kalender.",
            "Ada %(n)d janji pada waktu itu yang tetap berlaku. Pindahkan atau alihkan lewat Kalender.",
            promised,
        )
        messages.warning(request, warning % {"n": promised})


def _tell_of_closed_days(request: Request, expert: Expert, weekdays: list[int]) -> None:
    today = timezone.localdate(timezone=expert.unit.tz)
    if closed := queries.weekdays_without_service(expert.unit, weekdays, today=today):
        warning = _(
            "Satker tidak membuka layanan pada hari %(days)s, jadi jam itu belum ditawarkan. "
            "Admin satker dapat membukanya di halaman Jam layanan."
        )
        messages.warning(request, warning % {"days": ", ".join(closed)})


def _page(request: Request, expert: Expert, forms: Forms, *, status: int) -> HttpResponse:
    now = timezone.now()
    today = now.astimezone(expert.unit.tz).date()
    context = {
        "expert": expert,
        "timetable": queries.timetable(expert, today=today),
        "days": queries.day_summary(expert, today, today + timedelta(days=13), now=now),
        "tabs": expert_tabs(request.actor, expert),
        "active": place_of(request.actor, expert),
        **forms,
    }
    return respond(request, "scheduling/schedule.html", context, status=status)
