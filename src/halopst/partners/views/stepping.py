"""Backwards and forwards through what a person changed on the sheet."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from halopst.core import formats
from halopst.core.errors import Refused
from halopst.core.formats import language
from halopst.core.http import Request
from halopst.partners.addressed import unit_of
from halopst.partners.models import Change, Registration
from halopst.partners.queries.allocation import grid
from halopst.partners.queries.allocation.taken_back import taken_back
from halopst.partners.services.allocation import assigning
from halopst.partners.views.grid import fresh
from halopst.partners.views.months import month_in
from halopst.partners.views.sheet import address_of, rows_shown
from halopst.partners.wording import allocation
from halopst.partners.wording.taken_back import words_of
from halopst.units.models import Unit

Step = Callable[..., Change]


@login_required
@require_POST
def undo(request: Request, slug: str) -> HttpResponse:
    """Take back this person's last change of the sheet."""
    return _stepped(request, slug, assigning.undo, back=True)


@login_required
@require_POST
def redo(request: Request, slug: str) -> HttpResponse:
    """Set again what this person took back last."""
    return _stepped(request, slug, assigning.redo, back=False)


def _stepped(request: Request, slug: str, step: Step, *, back: bool) -> HttpResponse:
    """To the sheet again; for the script, which says in `baris` what it shows, those rows as they now are."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    level, status, now = messages.SUCCESS, 200, timezone.now()
    try:
        change = step(request.actor, unit=unit, month=month, now=now)
        touched, said = {cell[0] for cell in change.cells}, _told(request, unit, month, change, back=back)
        said = f"{said} {words_of(taken_back(request.actor, unit, now))}".strip()
    except Refused as refusal:
        touched, said, level, status = set(), str(refusal.message), messages.ERROR, 409
    if "baris" in request.POST:
        return fresh(request, unit, month, touched & set(rows_shown(request)), news=said, status=status)
    messages.add_message(request, level, said)
    return redirect(address_of(request, unit, month))


def _told(request: Request, unit: Unit, month: date, change: Change, *, back: bool) -> str:
    """The one volume that changed, or how many of how many mitra."""
    if len(change.cells) > 1:
        counted = {"sel": _count(len(change.cells)), "mitra": _count(len({cell[0] for cell in change.cells}))}
        words = _many_back(len(change.cells)) if back else _many_again(len(change.cells))
        return words % counted
    ((who, what, before, after),) = change.cells
    people = Registration.objects.visible_to(request.actor).filter(unit=unit).select_related("person")
    titles = {column.duty.pk: allocation.title(column) for column in grid.columns(unit, month)[0]}
    named = {
        "kegiatan": titles[what],
        "mitra": people.get(pk=who).person.name,
        "n": _count(before if back else after),
    }
    if back:
        return _("Diurungkan: %(kegiatan)s untuk %(mitra)s kembali %(n)s.") % named
    return _("Diulangi: %(kegiatan)s untuk %(mitra)s menjadi %(n)s.") % named


def _many_back(count: int) -> str:
    return ngettext(
        "Diurungkan: %(sel)s sel milik %(mitra)s mitra.",
        "Diurungkan: %(sel)s sel milik %(mitra)s mitra.",
        count,
    )


def _many_again(count: int) -> str:
    return ngettext(
        "Diulangi: %(sel)s sel milik %(mitra)s mitra.", "Diulangi: %(sel)s sel milik %(mitra)s mitra.", count
    )


def _count(number: int) -> str:
    return formats.number(number, lang=language())
