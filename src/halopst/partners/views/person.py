"""One mitra: who they are, their years, account, files, and the blacklist."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.editing import Seen, Stored, attempt_edit
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.partners import permissions, queries, services
from halopst.partners.addressed import blacklisting_of, document_of, person_of, unit_of
from halopst.partners.downloads import sealed_file
from halopst.partners.forms import (
    AccountForm,
    AppealForm,
    BlacklistForm,
    DecisionForm,
    DocumentForm,
    PersonForm,
    YearForm,
)
from halopst.partners.models import BankAccount, Blacklisting, Person, Registration
from halopst.partners.queries.deciding import Deciders, deciders, names_of
from halopst.partners.queries.own.accounts import open_remarks
from halopst.partners.queries.own.office import own_page_of
from halopst.partners.queries.people import evaluations
from halopst.partners.views.frame import frame
from halopst.partners.wording.allocation import evaluated
from halopst.units.models import Unit


@never_cache
@login_required
@require_GET
def person(request: Request, slug: str, pk: int) -> HttpResponse:
    """Everything the office may know of a mitra on one page; each part has its own form page."""
    unit = unit_of(request, slug)
    return respond(request, "partners/person.html", _context(request, unit, person_of(request, unit, pk)))


@never_cache
@login_required
@require_POST
def nik(request: Request, slug: str, pk: int) -> HttpResponse:
    """The whole NIK, shown once and on record."""
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    whole = services.read_nik(request.actor, who, unit=unit)
    return respond(
        request, "partners/person.html", {**_context(request, unit, who), "whole_nik": whole}, partial="nik"
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    form, seen = PersonForm(posted(request), person=who), Seen(request, who)

    def act() -> None:
        given = {"nik": form.cleaned_data["nik"], "particulars": form.particulars, "version": seen.version}
        services.edit_person(request.actor, who, unit=unit, **given)

    def stored() -> tuple[Person, dict[str, Any]]:
        row = person_of(request, unit, pk)
        return row, dict(PersonForm(person=row).initial)

    status = attempt_edit(form, act, seen, stored) if request.method == "POST" else 200
    if request.method == "POST" and status == HTTPStatus.OK:
        messages.success(request, _("Data mitra tersimpan."))
        for warning in form.warnings:
            messages.warning(request, warning)
        return redirect("partners:person", slug, pk)
    context = {**frame(request, unit, "daftar"), "who": who, "form": form, "seen": seen}
    return respond(request, "partners/edit.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def year(request: Request, slug: str, pk: int) -> HttpResponse:
    """Position and status in one year of this office."""
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    form = YearForm(posted(request), initial=_year_of(_years(who, unit)[0]))

    def stored() -> tuple[Registration | None, dict[str, Any]]:
        rows = _years(person_of(request, unit, pk), unit)
        row = next((one for one in rows if one.year == form.cleaned_data["year"]), rows[0])
        return max(rows, key=lambda one: one.updated_at), _year_of(row)

    seen = Seen(request, max(_years(who, unit), key=lambda one: one.updated_at))

    def act() -> None:
        services.set_year(request.actor, who, unit=unit, version=seen.version, **form.cleaned_data)

    said = _("Status tahunan tersimpan.")
    title = _("Status tahunan")
    return _part(request, unit, who, form, act, title=title, said=said, edits=(seen, stored))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def account(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    form = AccountForm(posted(request), initial={"holder": who.name})
    seen = Seen(request, getattr(who, "bank_account", None))

    def act() -> None:
        services.set_bank_account(request.actor, who, unit=unit, version=seen.version, **form.cleaned_data)

    def stored() -> tuple[BankAccount, dict[str, Any]]:
        row = person_of(request, unit, pk).bank_account
        return row, {"bank": row.bank, "number": f"••••{row.tail}", "holder": row.holder}

    said = _("Rekening tersimpan.")
    return _part(request, unit, who, form, act, title=_("Rekening"), said=said, edits=(seen, stored))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def add_document(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    form = DocumentForm(posted(request), request.FILES or None)

    def act() -> None:
        services.add_document(request.actor, who, unit=unit, **form.cleaned_data)

    return _part(request, unit, who, form, act, title=_("Unggah berkas"), said=_("Berkas disimpan."))


@never_cache
@login_required
@require_GET
def document(request: Request, slug: str, pk: int, document: int) -> HttpResponse:
    """The file as a download and nothing else: never shown, never run, never guessed at."""
    kept = document_of(request, unit_of(request, slug), pk, document)
    return sealed_file(lambda: services.read_document(kept), kept.name, kept.content_type)


@login_required
@require_POST
def remove_document(request: Request, slug: str, pk: int, document: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    services.remove_document(request.actor, document_of(request, unit, pk, document))
    messages.success(request, _("Berkas dihapus."))
    return redirect("partners:person", slug, pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def blacklist(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    who = person_of(request, unit, pk)
    form = BlacklistForm(posted(request), initial={"since": timezone.localdate()})

    def act() -> None:
        services.blacklist(request.actor, who, unit=unit, **form.cleaned_data, now=timezone.now())

    title = _("Masukkan ke daftar hitam")
    said = _("Mitra masuk daftar hitam. Alokasi dan perjanjian baru di semua satker ditolak selama berlaku.")
    return _part(request, unit, who, form, act, title=title, said=said)


@login_required
@require_POST
def lift(request: Request, slug: str, pk: int, listed: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    row = blacklisting_of(request, unit, pk, listed)
    services.lift(request.actor, row, today=timezone.localdate(timezone=unit.tz))
    messages.success(request, _("Daftar hitam diakhiri."))
    return redirect("partners:person", slug, pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: Request, slug: str, pk: int, listed: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    row = blacklisting_of(request, unit, pk, listed)
    form = AppealForm(posted(request))

    def act() -> None:
        services.appeal(request.actor, row, **form.cleaned_data, now=timezone.now())

    said = _("Keberatan dicatat. Kepala satker memutuskannya.")
    return _part(request, unit, row.person, form, act, title=_("Catat keberatan"), said=said)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def decide(request: Request, slug: str, pk: int, listed: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.APPROVE)
    row = blacklisting_of(request, unit, pk, listed)
    if request.method == "GET" and (refusal := services.why_no_decision(request.actor, row)):
        messages.error(request, str(refusal.message))
        return redirect(f"{reverse('partners:person', args=[slug, pk])}#daftar-hitam")
    form = DecisionForm(posted(request))

    def act() -> None:
        granted = form.cleaned_data["decision"] == Blacklisting.Decision.GRANTED
        note = form.cleaned_data["note"]
        services.decide_appeal(request.actor, row, granted=granted, note=note, now=timezone.now())

    said = _("Putusan atas keberatan tersimpan.")
    title = _("Putuskan keberatan")
    return _part(request, unit, row.person, form, act, title=title, said=said, listed=row)


def _part(
    request: Request,
    unit: Unit,
    who: Person,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    title: str,
    said: str,
    edits: tuple[Seen, Stored] | None = None,
    listed: Blacklisting | None = None,
) -> HttpResponse:
    """One form about a mitra: show it, or do what it asks and go back to the mitra."""
    status = 200
    if request.method == "POST":
        status = attempt_edit(form, act, *edits) if edits else attempt(form, act)
    if request.method == "POST" and status == HTTPStatus.OK:
        messages.success(request, said)
        return redirect("partners:person", unit.slug, who.pk)
    context = {**frame(request, unit, "daftar"), "who": who, "form": form, "title": title}
    return respond(
        request,
        "partners/person_part.html",
        {**context, "seen": edits and edits[0], "listed": listed},
        status=status,
    )


def _years(who: Person, unit: Unit) -> list[Registration]:
    """What the mitra is to this office, the newest year first."""
    return [row for row in who.registrations.all() if row.unit_id == unit.pk]


def _year_of(row: Registration) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("year", "position", "status", "decree")}


def _context(request: Request, unit: Unit, who: Person) -> dict[str, Any]:
    account = getattr(who, "bank_account", None)
    today = timezone.localdate(timezone=unit.tz)
    evaluation = evaluations.evaluation_of(request.actor, who)
    return {
        **frame(request, unit, "daftar"),
        "who": who,
        "evaluated": evaluated(evaluation) if evaluation else "",
        "works": evaluations.recent_work(request.actor, who) if evaluation else [],
        "account": account,
        "same_account": queries.others_with_account(account) if account else 0,
        "documents": queries.documents_of(who, unit),
        "own": own_page_of(who, unit, now=timezone.now()),
        "remark": open_remarks(who.pk).first(),
        "blacklistings": _listed(request, unit, who),
        "in_force": queries.blacklistings_of(who).in_force(today),
        "today": today,
    }


def _listed(request: Request, unit: Unit, who: Person) -> list[tuple[Blacklisting, bool, str]]:
    """Each blacklisting; of an undecided appeal whether this person may decide it, and who else can."""
    rows = list(queries.blacklistings_of(who))
    waiting = {row.pk for row in rows if row.unit_id == unit.pk and row.appeal and not row.decision}
    known = deciders(permissions.APPROVE, unit) if waiting else Deciders((), ())
    may = request.actor.may(permissions.APPROVE, unit.pk)
    return [
        (
            row,
            may and row.pk in waiting and row.decided_by_id != request.actor.user_id,
            names_of(known.besides(row.decided_by_id)) if row.pk in waiting else "",
        )
        for row in rows
    ]
