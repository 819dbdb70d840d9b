"""The figures: caps, prices, budget, tax, teams; one page for all, one shelf each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.accounts.queries import people
from halopst.core.editing import Seen, attempt_edit
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.core.shapes import NavItem
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import figure_of, unit_of
from halopst.partners.forms import (
    BudgetLineForm,
    CapForm,
    CeilingForm,
    DatedForm,
    EndForm,
    FigureForm,
    PositionForm,
    PriceForm,
    RulesForm,
    TaxForm,
    TeamForm,
    as_typed,
)
from halopst.partners.models import BudgetLine, OfficeRules, Position, TaxPolicy
from halopst.partners.rules import brackets
from halopst.partners.views.frame import PER_PAGE, asked_year, frame, typed
from halopst.units.models import Unit

LONGEST_PK = 18
Find = Callable[[Any, Unit, int, str], QuerySet[Any, Model]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """One kind of figure: how its page is called, searched and filled. Caps are `of_province`."""

    key: str
    title: str | Promise
    lead: str | Promise
    add: str | Promise
    find: Find
    form: Callable[[Request, Unit], FigureForm]
    has_years: bool = True
    of_province: bool = False


SHELVES: Sequence[Shelf] = (
    Shelf(
        key="jabatan",
        title=_("Jabatan mitra"),
        lead=_("Sebagai apa mitra ditugaskan. Jabatan dari BPS pusat dan provinsi berlaku juga di bawahnya."),
        add=_("Tambah jabatan"),
        find=lambda actor, unit, _year, text: queries.positions(actor, unit, text),
        form=lambda request, unit: PositionForm(posted(request), positions=_capped(unit)),
        has_years=False,
    ),
    Shelf(
        key="batas",
        title=_("Batas honor (SBML)"),
        lead=_("Paling banyak diterima satu orang dalam sebulan. Ditetapkan per provinsi dan tahun."),
        add=_("Tambah batas"),
        find=queries.caps,
        form=lambda request, unit: CapForm(posted(request), positions=_capped(unit), initial=_since(request)),
        of_province=True,
    ),
    Shelf(
        key="harga",
        title=_("Harga satuan (SHKS)"),
        lead=_("Bayaran per satuan volume. Harga provinsi berlaku juga di kabupaten dan kotanya."),
        add=_("Tambah harga"),
        find=queries.prices,
        form=lambda request, _unit: PriceForm(posted(request), initial=_since(request)),
    ),
    Shelf(
        key="mak",
        title=_("MAK dan pagu"),
        lead=_("Baris anggaran yang membayar honor. Alokasi tidak dapat melewati pagunya."),
        add=_("Tambah MAK"),
        find=queries.budget_lines,
        form=lambda request, _unit: BudgetLineForm(
            posted(request), initial={"year": asked_year(request.GET)}
        ),
    ),
    Shelf(
        key="pajak",
        title=_("Pajak honor (PPh 21)"),
        lead=_(
            "Cara memotong PPh 21. Aturan satker sendiri didahulukan dari aturan provinsi, "
            "lalu aturan BPS pusat."
        ),
        add=_("Tambah aturan pajak"),
        find=queries.tax_policies,
        form=lambda request, unit: TaxForm(posted(request), initial=_taken_over(request, unit)),
    ),
    Shelf(
        key="tim",
        title=_("Tim kerja"),
        lead=_("Tim yang menjalankan kegiatan."),
        add=_("Tambah tim"),
        find=lambda actor, unit, _year, text: queries.teams(actor, unit, text),
        form=lambda request, _unit: TeamForm(posted(request), people=people(request.actor)),
        has_years=False,
    ),
)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def shelf(request: Request, slug: str, key: str) -> HttpResponse:
    """One kind of figure of a year; those who configure add rows."""
    unit, this = unit_of(request, slug), _shelf(key)
    may_add = _may_add(request, unit, this)
    if request.method == "POST":
        unit_of(request, slug, permissions.CONFIGURE)
    form = this.form(request, unit) if may_add else None
    status = 200
    if request.method == "POST" and form is not None:
        status = attempt(form, lambda: services.add_row(request.actor, form.row(unit)))
        if status == HTTPStatus.OK:
            messages.success(request, say("Tersimpan."))
            return redirect(_of_year(slug, key, _year_typed(form)))
    rows = this.find(request.actor, unit, asked_year(request.GET), typed(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _context(request, unit, this, page=page, form=form)
    if this.key == "pajak":
        context |= _taxes(unit, context["year"], page)
    return respond(request, "partners/shelf.html", context, partial="baris", status=status)


@login_required
@require_POST
def remove(request: Request, slug: str, key: str, pk: int) -> HttpResponse:
    """Take away a row typed by mistake."""
    unit, this = unit_of(request, slug, permissions.CONFIGURE), _shelf(key)
    model = this.find(request.actor, unit, timezone.localdate().year, "").model
    row = figure_of(request, unit, model, pk)
    services.remove_row(request.actor, row)
    messages.success(request, say("Baris dihapus."))
    return redirect(_of_year(slug, key, getattr(row, "year", None)))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ceiling(request: Request, slug: str, pk: int) -> HttpResponse:
    """A revision of one budget line."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    line = figure_of(request, unit, BudgetLine, pk)
    form = CeilingForm(posted(request), initial={"revision": line.revision + 1})
    status, today = 200, timezone.localdate(timezone=unit.tz)
    if request.method == "POST":
        status = attempt(
            form,
            lambda: services.revise_ceiling(request.actor, line, today=today, **form.cleaned_data),
        )
        if status == HTTPStatus.OK:
            messages.success(request, say("Pagu diperbarui."))
            return redirect("partners:shelf", slug, "mak")
    revisions = line.revisions.all()
    context = {**frame(request, unit, "acuan"), "line": line, "revisions": revisions, "form": form}
    return respond(request, "partners/ceiling.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def end_position(request: Request, slug: str, pk: int) -> HttpResponse:
    """The last day of a position the office set."""
    unit = unit_of(request, slug, permissions.CONFIGURE)
    row = figure_of(request, unit, Position, pk)
    form = EndForm(posted(request))
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda: services.end_position(request.actor, row, **form.cleaned_data))
        if status == HTTPStatus.OK:
            messages.success(request, say("Jabatan diakhiri. Penugasan yang sudah ada tetap."))
            return redirect("partners:shelf", slug, "jabatan")
    context = {**frame(request, unit, "acuan"), "position": row, "form": form}
    return respond(request, "partners/end_position.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def rules(request: Request, slug: str) -> HttpResponse:
    """What the office decides for itself about assigning."""
    unit = unit_of(request, slug)
    if request.method == "POST":
        unit_of(request, slug, permissions.CONFIGURE)
    kept, status = queries.rules_of(unit), 200
    form, seen = RulesForm(posted(request), initial=_decided(kept)), Seen(request, kept)

    def act() -> None:
        services.set_office_rules(request.actor, unit, version=seen.version, **form.cleaned_data)

    def stored() -> tuple[OfficeRules, dict[str, Any]]:
        row = queries.rules_of(unit)
        return row, _decided(row)

    if request.method == "POST":
        status = attempt_edit(form, act, seen, stored)
        if status == HTTPStatus.OK:
            messages.success(request, say("Aturan tersimpan. Alokasi yang sudah ada tidak berubah."))
            return redirect("partners:rules", slug)
    may_change = request.actor.may(permissions.CONFIGURE, unit.pk)
    about = {"kept": kept, "seen": seen, "form": form if may_change else None}
    shelf = {"shelves": shelves(unit), "shelf_key": "aturan"}
    context = {**frame(request, unit, "acuan"), **shelf, **about}
    return respond(request, "partners/rules.html", context, status=status)


def _decided(kept: OfficeRules) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in RulesForm.base_fields}


def shelves(unit: Unit) -> list[NavItem]:
    shown = [
        NavItem(one.key, str(one.title), reverse("partners:shelf", args=[unit.slug, one.key]))
        for one in SHELVES
    ]
    return [*shown, NavItem("aturan", say("Aturan satker"), reverse("partners:rules", args=[unit.slug]))]


def _shelf(key: str) -> Shelf:
    found = next((one for one in SHELVES if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _of_year(slug: str, key: str, year: int | None) -> str:
    """The page on which a row of that year is seen; teams and positions have none."""
    page = reverse("partners:shelf", args=[slug, key])
    return f"{page}?tahun={year}" if year else page


def _year_typed(form: FigureForm) -> int | None:
    typed = form.cleaned_data
    year: int | None = typed["valid_from"].year if isinstance(form, DatedForm) else typed.get("year")
    return year


def _since(request: Request) -> dict[str, Any]:
    """The first day of the year whoever was led here is about."""
    return {"valid_from": date(asked_year(request.GET), 1, 1)} if "tahun" in request.GET else {}


def _taken_over(request: Request, unit: Unit) -> dict[str, Any]:
    """A policy to begin a new one from (`salin`), for the year the page shows."""
    asked = request.GET.get("salin", "")
    known = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_PK
    rows = TaxPolicy.objects.visible_to(request.actor).holding_in(unit)
    row = rows.filter(pk=int(asked)).first() if known else None
    if row is None:
        return {}
    year = asked_year(request.GET)
    return {**as_typed(row), "valid_from": date(year, 1, 1) if year > row.year else None}


def _capped(unit: Unit) -> list[Position]:
    """The positions of today that have a cap of their own."""
    known = queries.known_positions(unit)
    return queries.offered(known, day=timezone.localdate(timezone=unit.tz), capped=True)


def _may_add(request: Request, unit: Unit, this: Shelf) -> bool:
    """Whether this person may add rows here; caps belong to provinces, so an office below only reads them."""
    is_place = unit.kind == Unit.Kind.PROVINCE if this.of_province else True
    return is_place and request.actor.may(permissions.CONFIGURE, unit.pk)


def _taxes(unit: Unit, year: int, page: Page[Any]) -> dict[str, Any]:
    """Each policy with what it would keep of well-known amounts, and the last of the year before.

    The one in force today stands out.
    """
    held = queries.policy_for(unit, timezone.localdate(timezone=unit.tz))
    worked = [
        (row, queries.examples(row), brackets.written(row.parameters.get("brackets", []))) for row in page
    ]
    before = queries.policy_for(unit, date(year - 1, 12, 31))
    take_over = f"?tahun={year}&salin={before.pk}#tambah" if before else ""
    return {"policies": worked, "in_force": held and held.pk, "before": before, "take_over": take_over}


def _context(request: Request, unit: Unit, this: Shelf, **more: Any) -> dict[str, Any]:
    year = asked_year(request.GET)
    now = timezone.localdate().year
    return {
        **frame(request, unit, "acuan"),
        "shelf": this,
        "shelves": shelves(unit),
        "shelf_key": this.key,
        "rows_template": f"partners/shelf_{this.key}.html",
        "year": year,
        "years": range(max(year, now) + 1, max(year, now) - 3, -1) if this.has_years else [],
        "q": typed(request),
        "today": timezone.localdate(timezone=unit.tz),
        **more,
    }
