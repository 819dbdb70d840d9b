"""An office's activities and the duties in them."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.editing import Seen, attempt_edit, changed_at
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import activity_of, duty_of, unit_of
from halopst.partners.forms import ActivityForm, DutyForm, YearLineForm
from halopst.partners.models import Activity
from halopst.partners.views.frame import PER_PAGE, asked_year, frame, typed
from halopst.units.models import Unit


@never_cache
@login_required
@require_GET
def activities(request: Request, slug: str) -> HttpResponse:
    unit, year = unit_of(request, slug), asked_year(request.GET)
    rows = queries.activities(request.actor, unit, year, typed(request))
    now = timezone.localdate().year
    context = {
        **frame(request, unit, "kegiatan"),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "year": year,
        "years": range(max(year, now) + 1, max(year, now) - 3, -1),
        "q": typed(request),
    }
    return respond(request, "partners/activities.html", context, partial="daftar")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def add_activity(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    form = _form(request, unit, timezone.localdate().year)
    status, added = 200, []
    if request.method == "POST":
        status = attempt(
            form,
            lambda: added.append(services.add_activity(request.actor, unit=unit, **form.cleaned_data)),
        )
    if added:
        messages.success(request, _("Kegiatan tersimpan. Tambahkan penugasannya."))
        return redirect("partners:activity", slug, added[0].pk)
    context = {**frame(request, unit, "kegiatan"), "form": form, "year": timezone.localdate().year}
    return respond(request, "partners/activity_form.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def activity(request: Request, slug: str, pk: int) -> HttpResponse:
    """One activity with its duties; posting adds a duty."""
    unit = unit_of(request, slug)
    found = activity_of(request, unit, pk)
    if request.method == "POST":
        unit_of(request, slug, permissions.MANAGE)
    today = timezone.localdate(timezone=unit.tz)
    form = _duty_form(request, unit, found, posted(request))
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda: services.add_duty(request.actor, found, today=today, **form.cleaned_data)
        )
        if status == HTTPStatus.OK:
            messages.success(request, _("Penugasan ditambahkan."))
            return redirect("partners:activity", slug, pk)
    context = _whole(request, unit, found) | {"form": form}
    return respond(request, "partners/activity.html", context, status=status)


@never_cache
@login_required
@require_POST
def set_budget_line(request: Request, slug: str, pk: int, year: int) -> HttpResponse:
    """What pays the part of one year; where somebody was first, the page with what they chose."""
    unit = unit_of(request, slug, permissions.MANAGE)
    found, seen = activity_of(request, unit, pk), Seen(request, None)
    form = _line_form(request, unit, found, year, request.POST)

    def act() -> None:
        services.set_budget_line(
            request.actor, found, year=year, now=timezone.now(), version=seen.version, **form.cleaned_data
        )

    def stored() -> tuple[Activity, dict[str, Any]]:
        row = activity_of(request, unit, pk)
        return row, {"budget_line": row.line_of(year)}

    status = attempt_edit(form, act, seen, stored)
    if status == HTTPStatus.OK:
        messages.success(request, _("MAK tahun %(year)d tersimpan.") % {"year": year})
        return redirect("partners:activity", slug, pk)
    context = _whole(request, unit, activity_of(request, unit, pk), refused=(year, form, seen))
    return respond(request, "partners/activity.html", context, status=status)


@login_required
@require_POST
def carry_duties(request: Request, slug: str, pk: int, year: int) -> HttpResponse:
    """The duties of the year before, at the prices of this one."""
    unit = unit_of(request, slug, permissions.MANAGE)
    today = timezone.localdate(timezone=unit.tz)
    services.carry_duties(request.actor, activity_of(request, unit, pk), year=year, today=today)
    messages.success(request, _("Penugasan diteruskan ke tahun %(year)d.") % {"year": year})
    return redirect("partners:activity", slug, pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit_activity(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    found = activity_of(request, unit, pk)
    form, seen = _form(request, unit, found.first_day.year, activity=found), Seen(request, found)
    status = 200

    def act() -> None:
        services.edit_activity(request.actor, found, version=seen.version, **form.cleaned_data)

    def stored() -> tuple[Activity, dict[str, Any]]:
        row = activity_of(request, unit, pk)
        drawn = _form(request, unit, row.first_day.year, activity=row).initial
        return row, {**drawn, "budget_line": row.line_of(row.first_day.year), "team": row.team}

    if request.method == "POST":
        status = attempt_edit(form, act, seen, stored)
        if status == HTTPStatus.OK:
            messages.success(request, _("Kegiatan tersimpan."))
            return redirect("partners:activity", slug, pk)
    context = {**frame(request, unit, "kegiatan"), "form": form, "activity": found, "seen": seen}
    context["year"] = found.first_day.year
    return respond(request, "partners/activity_form.html", context, status=status)


@login_required
@require_POST
def remove_duty(request: Request, slug: str, pk: int, duty: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    services.remove_duty(request.actor, duty_of(request, unit, pk, duty))
    messages.success(request, _("Penugasan dihapus."))
    return redirect("partners:activity", slug, pk)


def _form(request: Request, unit: Unit, year: int, *, activity: Activity | None = None) -> ActivityForm:
    """Offers the office's budget lines from that year on, and its teams."""
    offered = queries.offered_to_activities(request.actor, unit, year)
    return ActivityForm(posted(request), activity=activity, **offered)


def _whole(
    request: Request, unit: Unit, found: Activity, *, refused: tuple[int, YearLineForm, Seen] | None = None
) -> dict[str, Any]:
    """An activity's page, with the form of the year whose line was refused as it was sent."""
    year, form, seen = refused or (0, None, None)
    parts = [_part(request, unit, found, year) for year in found.years]
    for part in parts:
        if part["year"] == year:
            part |= {"form": form, "seen": seen}
    return {
        **frame(request, unit, "kegiatan"),
        "activity": found,
        "form": _duty_form(request, unit, found),
        "refused": form,
        "parts": parts,
    }


def _duty_form(request: Request, unit: Unit, found: Activity, sent: QueryDict | None = None) -> DutyForm:
    """Offers the positions that may still be given in the activity, and the prices of its year."""
    today, known = timezone.localdate(timezone=unit.tz), queries.known_positions(unit)
    days = [queries.day_of_duty(found, today, year) for year in found.years]
    offered = {row.code: row for day in days for row in queries.offered(known, day=day, kind=found.kind)}
    prices = queries.prices_of(request.actor, found)
    return DutyForm(sent, prices=prices, positions=offered.values())


def _line_form(
    request: Request, unit: Unit, found: Activity, year: int, sent: QueryDict | None = None
) -> YearLineForm:
    """Offers the lines of that year."""
    lines = queries.budget_lines(request.actor, unit, year)
    return YearLineForm(sent, lines=lines, year=year, chosen=found.line_of(year))


def _part(request: Request, unit: Unit, found: Activity, year: int) -> dict[str, Any]:
    """One year of it: what pays it, its duties, and a form to choose the line."""
    return {
        "year": year,
        "line": found.line_of(year),
        "duties": [row for row in found.duties.all() if row.unit_price.year == year],
        "is_later": year > found.first_day.year,
        "form": _line_form(request, unit, found, year),
        "seen": {"shown": changed_at(found).isoformat()},
    }
