"""Holidays that hold for an office, and the decrees that name them."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.calendars import services
from halopst.calendars.forms import DecreeForm, HolidayForm
from halopst.calendars.models import Holiday, HolidayDecree
from halopst.calendars.queries import holidays_for, owner_named, slug_of
from halopst.calendars.views.frame import edit_frame, frame
from halopst.core.errors import Refused
from halopst.core.forms import plain, posted
from halopst.core.http import Request, refusal_status, respond

YEARS = range(1990, 2101)
DECREE = ("title", "number", "decided_on", "legal_basis")


@login_required
@require_GET
def holiday_list(request: Request, owner: str) -> HttpResponse:
    """The days of a year on which the office is closed, by month, and the decrees they come from."""
    unit = owner_named(request.actor, owner)
    this_year = timezone.localtime().year
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked[:5]) in YEARS else this_year
    text = plain(request.GET.get("q", ""))
    days = list(holidays_for(unit, year, text))
    decrees = HolidayDecree.objects.visible_to(request.actor).filter(unit=unit).prefetch_related("holidays")
    context = {
        **frame(request, unit, "libur"),
        "year": year,
        "years": range(max(year, this_year) - 2, max(year, this_year) + 2),
        "q": text,
        "count": len(days),
        "months": [
            (first, list(group)) for first, group in groupby(days, key=lambda d: d.date.replace(day=1))
        ],
        "decrees": decrees,
    }
    return respond(request, "calendars/holiday_list.html", context, partial="days")


@login_required
@require_http_methods(["GET", "POST"])
def decree_new(request: Request, owner: str) -> HttpResponse:
    unit = owner_named(request.actor, owner)
    form = DecreeForm(posted(request))
    context = {**edit_frame(request, unit, "libur"), "form": form, "decree": None}
    if request.method == "POST" and form.is_valid():
        try:
            decree = services.add_decree(request.actor, unit, **_picked(form.cleaned_data))
        except Refused as refusal:
            return _refused(request, "calendars/decree_form.html", context, refusal)
        messages.success(request, _("Keputusan disimpan. Tambahkan hari liburnya."))
        return redirect("calendars:decree", decree.pk)
    return respond(request, "calendars/decree_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def decree_edit(request: Request, pk: int) -> HttpResponse:
    decree = _decree(request, pk)
    form = DecreeForm(posted(request), instance=decree)
    context = {**edit_frame(request, decree.unit, "libur"), "form": form, "decree": decree}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_decree(request.actor, decree, **_picked(form.cleaned_data))
        except Refused as refusal:
            return _refused(request, "calendars/decree_form.html", context, refusal)
        messages.success(request, _("Keputusan disimpan."))
        return redirect("calendars:decree", pk)
    return respond(request, "calendars/decree_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def decree(request: Request, pk: int) -> HttpResponse:
    """A decree with its days; posting adds a day."""
    found = _decree(request, pk)
    form = HolidayForm(posted(request), national=found.unit_id is None)
    context = {
        **frame(request, found.unit, "libur"),
        "decree": found,
        "form": form,
        "days": found.holidays.all(),
    }
    if request.method == "POST" and form.is_valid():
        try:
            services.add_holiday(request.actor, found, **form.cleaned_data)
        except Refused as refusal:
            return _refused(request, "calendars/decree.html", context, refusal)
        messages.success(request, _("Hari libur ditambahkan. Tenggat yang terpengaruh dihitung ulang."))
        return redirect("calendars:decree", pk)
    return respond(request, "calendars/decree.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def decree_remove(request: Request, pk: int) -> HttpResponse:
    """Ask before a decree goes with all its days."""
    found = _decree(request, pk)
    if request.method == "POST":
        services.remove_decree(request.actor, found)
        messages.success(request, _("Keputusan dan hari liburnya dihapus. Tenggat dihitung ulang."))
        return redirect("calendars:holidays", slug_of(found.unit))
    context = {**edit_frame(request, found.unit, "libur"), "decree": found, "days": found.holidays.all()}
    return respond(request, "calendars/decree_remove.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def holiday(request: Request, pk: int) -> HttpResponse:
    found = _holiday(request, pk)
    start = {"day": found.date, "name": found.name, "kind": found.kind}
    national = found.decree.unit_id is None
    form = HolidayForm(posted(request), national=national, initial=start)
    context = {**edit_frame(request, found.decree.unit, "libur"), "form": form, "holiday": found}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_holiday(request.actor, found, **form.cleaned_data)
        except Refused as refusal:
            return _refused(request, "calendars/holiday_form.html", context, refusal)
        messages.success(request, _("Hari libur disimpan. Tenggat yang terpengaruh dihitung ulang."))
        return redirect("calendars:decree", found.decree_id)
    return respond(request, "calendars/holiday_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def holiday_remove(request: Request, pk: int) -> HttpResponse:
    found = _holiday(request, pk)
    services.remove_holiday(request.actor, found)
    messages.success(request, _("Hari libur dihapus. Tenggat yang terpengaruh dihitung ulang."))
    return redirect("calendars:decree", found.decree_id)


def _decree(request: Request, pk: int) -> HolidayDecree:
    return get_object_or_404(HolidayDecree.objects.visible_to(request.actor).select_related("unit"), pk=pk)


def _holiday(request: Request, pk: int) -> Holiday:
    return get_object_or_404(Holiday.objects.visible_to(request.actor).select_related("decree__unit"), pk=pk)


def _picked(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in DECREE}


def _refused(request: Request, template: str, context: dict[str, Any], refusal: Refused) -> HttpResponse:
    context["form"].add_error(None, str(refusal.message))
    return respond(request, template, context, status=refusal_status(refusal))
