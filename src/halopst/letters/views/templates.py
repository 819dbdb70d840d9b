"""Naskah surat: the office's own texts, with a look at how they print."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.editing import CHANGED, Seen
from halopst.core.errors import Invalid, Outdated, Refused
from halopst.core.forms import plain, posted
from halopst.core.http import Request, respond
from halopst.letters import queries, services
from halopst.letters.addressed import kind_of, office
from halopst.letters.downloads import word_template
from halopst.letters.forms import TemplateForm
from halopst.letters.kinds import DocumentKind, all_kinds
from halopst.letters.models import Template
from halopst.letters.permissions import VIEW
from halopst.letters.queries.variables import variables
from halopst.letters.services.authority import must_manage
from halopst.letters.services.refusals import OtherTemplateThatDay, WordTemplateFaulty
from halopst.letters.views.frame import kept
from halopst.units.models import Unit


@never_cache
@login_required
@require_GET
def template_list(request: Request, slug: str) -> HttpResponse:
    """Every kind of letter, and whose text the office prints it by."""
    unit = office(queries.viewing_units, request, slug)
    own = queries.own_templates(unit)
    context = {
        **kept(request.actor, unit),
        "kinds": [(kind, own.get(kind.code, [])) for kind in all_kinds()],
    }
    return respond(request, "letters/templates.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def template(request: Request, slug: str, kind: str) -> HttpResponse:
    """Edit, look, save as a draft, publish from a day on; who may not change it reads it."""
    unit, declared = office(queries.viewing_units, request, slug), kind_of(kind)
    today = timezone.now().astimezone(unit.tz).date()
    shown = queries.template_to_edit(unit, kind, today)
    form = _form(request, unit, shown)
    seen = Seen(request, queries.draft_of(unit, shown))
    if form.is_bound and form.is_valid():
        try:
            return _act(request, unit, declared, form, seen)
        except Outdated:
            _beside(form, seen, unit, shown)
        except (Invalid, OtherTemplateThatDay) as refusal:
            form.add_error(_field_of(refusal), str(refusal.message))
    body = (form.data if form.is_bound else form.initial).get("body", "")
    about = {**kept(request.actor, unit), "kind": declared, "form": form, "seen": seen, "today": today}
    context = {
        **about,
        "versions": queries.own_templates(unit).get(kind, []),
        "may_withdraw": queries.newest_published(unit, kind) is not None,
        "shown": shown,
        "variables": variables(declared, unit, today),
        **_samples(request, unit, declared),
        **_preview(request, unit, declared, str(body)),
    }
    return respond(request, "letters/template.html", context, status=_status(form, seen))


@never_cache
@login_required
@require_GET
def samples(request: Request, slug: str, kind: str) -> HttpResponse:
    """The people the words find, to fill the preview with."""
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    context = {"office": unit, "kind": declared, **_samples(request, unit, declared)}
    return respond(request, "letters/template.html#contoh", context)


@never_cache
@login_required
@require_GET
def word(request: Request, slug: str, kind: str) -> HttpResponse:
    """The Word form of the text in work, else of the one in force: to edit, and to hand in again."""
    unit, declared = office(queries.viewing_units, request, slug), kind_of(kind)
    return word_template(unit, declared)


@login_required
@require_POST
def preview(request: Request, slug: str, kind: str) -> HttpResponse:
    """The pages of what is being typed, and nothing saved."""
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    context = {
        "office": unit,
        "kind": declared,
        **_preview(request, unit, declared, request.POST.get("body", "")),
    }
    return respond(request, "letters/template.html#pratinjau", context)


@login_required
@require_POST
def withdraw(request: Request, slug: str, kind: str) -> HttpResponse:
    """Take the office's newest published version out of force."""
    unit = office(queries.managed_units, request, slug)
    row = queries.newest_published(unit, kind)
    if row is None:
        raise Http404
    services.withdraw_template(request.actor, row)
    earlier = queries.newest_published(unit, kind) is not None
    said = (
        _("Versi %(versi)d ditarik; versi sebelumnya berlaku lagi.")
        if earlier
        else _("Versi %(versi)d ditarik; satker ini memakai naskah bawaan lagi.")
    )
    messages.success(request, said % {"versi": row.version})
    return redirect("letters:template", slug, kind)


@login_required
@require_POST
def discard(request: Request, slug: str, kind: str) -> HttpResponse:
    """Throw the office's unpublished text away."""
    unit, declared = office(queries.managed_units, request, slug), kind_of(kind)
    services.discard_draft(request.actor, unit=unit, kind=declared)
    messages.success(request, _("Konsep dibuang. Surat tetap memakai naskah yang berlaku."))
    return redirect("letters:template", slug, kind)


def _form(request: Request, unit: Unit, shown: Template | None) -> TemplateForm:
    """The form with the text as typed, if the person may change it, even if it is faulty."""
    if request.method == "POST":
        must_manage(request.actor, unit.pk)
    return TemplateForm(posted(request), request.FILES or None, template=shown)


def _status(form: TemplateForm, seen: Seen) -> int:
    return 409 if seen.is_outdated else 422 if form.errors else 200


def _field_of(refusal: Refused) -> str:
    """The field of the form a refusal is about."""
    fields = {WordTemplateFaulty: "word", OtherTemplateThatDay: "valid_from"}
    return fields.get(type(refusal), "body")


def _beside(form: TemplateForm, seen: Seen, unit: Unit, shown: Template | None) -> None:
    """What somebody else stored meanwhile, beside what was typed."""
    seen.go_on(form, queries.draft_of(unit, shown), {"body": shown.body, "note": shown.note} if shown else {})
    form.add_error(None, str(CHANGED))


def _act(request: Request, unit: Unit, kind: DocumentKind, form: TemplateForm, seen: Seen) -> HttpResponse:
    now = timezone.now()
    today = now.astimezone(unit.tz).date()
    given = form.cleaned_data
    text = {name: given[name] for name in ("body", "note")} | {"word": form.word_bytes}
    text |= {"unit": unit, "kind": kind, "today": today, "version": seen.version}
    if request.POST.get("aksi") == "terbit":
        services.publish_text(request.actor, **text, valid_from=given["valid_from"] or today, now=now)
        messages.success(request, _("Naskah terbit. Surat yang sudah ada tidak berubah."))
    else:
        services.save_draft(request.actor, **text)
        messages.success(request, _("Konsep tersimpan."))
    return redirect("letters:template", unit.slug, kind.code)


def _samples(request: Request, unit: Unit, kind: DocumentKind) -> dict[str, Any]:
    """Only who may read the office's letters tries a text on a real person."""
    text = plain(request.GET.get("cari", ""))
    may_try = services.has_samples(kind) and request.actor.may(VIEW, unit.pk)
    found = services.samples_of(kind, actor=request.actor, unit=unit, text=text) if may_try else ()
    return {"may_try": may_try, "samples": found, "wanted": text}


def _preview(request: Request, unit: Unit, kind: DocumentKind, body: str) -> dict[str, Any]:
    """Only who may read the office's letters sees the text filled with a real one."""
    now = timezone.now()
    today = now.astimezone(unit.tz).date()
    may_read = request.actor.may(VIEW, unit.pk)
    has_latest = may_read and queries.latest_letter(unit, kind.code) is not None
    asked = request.POST if request.method == "POST" else request.GET
    who = plain(asked.get("mitra", "")) if may_read and services.has_samples(kind) else ""
    real = has_latest and not who and asked.get("isi") == "surat"
    context = {"may_fill": has_latest, "is_real": real, "who": who}
    try:
        filled = services.sampled(kind, actor=request.actor, unit=unit, key=who, now=now) if who else None
    except Refused as refusal:
        return {**context, "preview": services.Preview(lacking=str(refusal.message))}
    shown = services.preview(kind=kind, unit=unit, body=body, today=today, now=now, real=real, filled=filled)
    return {**context, "preview": shown, "whose": filled.parties[0] if filled else ""}
