"""The list of mitra, and adding one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from halopst.core.errors import NotPermitted
from halopst.core.forms import attempt, plain, posted
from halopst.core.http import Request, respond
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import unit_of
from halopst.partners.forms import PersonForm, YearForm
from halopst.partners.models import Registration
from halopst.partners.views.frame import PER_PAGE, asked_year, frame

FILTERS = ("tahun", "status", "posisi", "cek")


@never_cache
@login_required
@require_GET
def home(request: Request) -> HttpResponse:
    """Lead to the person's office if they work in one, else show the offices to choose from."""
    if not request.actor.units(permissions.VIEW) and not request.actor.is_system:
        raise NotPermitted
    year = timezone.localdate().year
    offices = list(queries.offices(request.actor, year))
    if len(offices) == 1:
        return redirect("partners:register", offices[0].slug)
    context = {"offices": offices, "year": year, "active": "mitra"}
    return respond(request, "partners/offices.html", context)


@never_cache
@login_required
@require_GET
def register(request: Request, slug: str) -> HttpResponse:
    """The office's mitra of a year, found and filtered."""
    unit, today = unit_of(request, slug), timezone.localdate()
    choice = choice_of(request.GET)
    rows = queries.registrations(unit, choice, today=today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, unit, "daftar"),
        "choice": choice,
        "page": page,
        "years": [(year, year) for year in queries.years(unit, this_year=choice.year)],
        "statuses": Registration.Status.choices,
        "positions": Registration.Position.choices,
        "lacks": [
            ("nik", _("Belum ada NIK")),
            ("alamat", _("Belum ada alamat")),
            ("rekening", _("Belum ada rekening")),
            ("hitam", _("Daftar hitam")),
            ("keberatan", _("Keberatan menunggu putusan")),
        ],
        "appeals": queries.appeals_to(unit).count() if request.actor.may(permissions.APPROVE, unit.pk) else 0,
        "keep": ",".join(FILTERS),
    }
    return respond(request, "partners/register.html", context, partial="daftar")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def add(request: Request, slug: str) -> HttpResponse:
    """A new mitra of the office, or one other offices know already."""
    unit = unit_of(request, slug, permissions.MANAGE)
    form, year = PersonForm(posted(request)), _year_form(request)
    status, added = 200, []

    def act() -> None:
        values = {"nik": form.cleaned_data["nik"], "particulars": form.particulars}
        added.append(services.register(request.actor, unit=unit, **values, **year.cleaned_data))

    if request.method == "POST":
        status = attempt(form, act) if year.is_valid() else 422
    if added:
        messages.success(request, _("%(nama)s masuk daftar mitra.") % {"nama": added[0].person.name})
        for warning in form.warnings:
            messages.warning(request, warning)
        return redirect("partners:person", slug, added[0].person_id)
    context = {**frame(request, unit, "daftar"), "form": form, "year_form": year}
    return respond(request, "partners/add.html", context, status=status)


def _year_form(request: Request) -> YearForm:
    initial: dict[str, Any] = {"year": timezone.localdate().year, "status": Registration.Status.ACTIVE}
    return YearForm(posted(request), initial=initial)


def choice_of(asked: QueryDict) -> queries.Choice:
    """What an address or a form asks for; a value nobody offers counts as none."""
    status, position = asked.get("status", ""), asked.get("posisi", "")
    return queries.Choice(
        year=asked_year(asked),
        text=plain(asked.get("q", "")),
        status=status if status in Registration.Status.values else "",
        position=position if position in Registration.Position.values else "",
        lack=_lack(asked.get("cek", "")),
    )


def _lack(asked: str) -> str:
    return asked if asked in queries.LACKS else ""
