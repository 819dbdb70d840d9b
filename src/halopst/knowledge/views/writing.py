"""The office's texts: the list, one text with its versions, and what may be done with it."""

from collections.abc import Sequence
from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.editing import CHANGED, show_newer
from halopst.core.errors import NotPermitted, Outdated, Refused
from halopst.core.forms import plain, posted
from halopst.core.http import Request, refusal_status, respond
from halopst.core.pages import LongPaginator
from halopst.knowledge import permissions, queries, services
from halopst.knowledge.addressed import kept_text_of, text_of
from halopst.knowledge.forms import ContentForm, NewDocumentForm
from halopst.knowledge.models import Document
from halopst.knowledge.panels import origin_of
from halopst.knowledge.rules.texts.layout import blocks
from halopst.knowledge.rules.texts.prompt_injection import order_in
from halopst.knowledge.rules.texts.version_changes import changes
from halopst.knowledge.services import Content
from halopst.knowledge.views.frame import writing_for

PAGE = 25
TONES = {"draft": "warn", "published": "ok", "withdrawn": ""}


@require_GET
@login_required
def texts(request: Request) -> HttpResponse:
    """The texts of the person's offices, with drafts."""
    if not request.actor.units(permissions.VIEW):
        raise NotPermitted
    text = plain(request.GET.get("q", ""))
    state, kind = request.GET.get("keadaan", ""), request.GET.get("jenis", "")
    today = timezone.localdate()
    rows = queries.kept_documents(request.actor, text=text, state=state, kind=kind, today=today)
    page = LongPaginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, TONES[row.state], row.is_stale(today)) for row in page],
        "text": text,
        "state": state,
        "kind": kind,
        "states": [*Document.State.choices, (queries.STALE, _("Perlu ditinjau"))],
        "kinds": Document.Kind.choices,
        "kept": ["keadaan", "jenis"],
        "may_write": bool(request.actor.units(permissions.WRITE)),
        "active": "pengetahuan",
    }
    return respond(request, "knowledge/texts.html", context, partial="daftar")


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    form = NewDocumentForm(posted(request), **writing_for(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = services.write(request.actor, unit=form.unit, content=form.content(), now=timezone.now())
        except services.ReviewDatePast as refusal:
            form.add_error("review_by", str(refusal.message))
        else:
            messages.success(request, _("Konsep tersimpan. Terbitkan setelah Anda memeriksanya."))
            return redirect("knowledge:edit", row.pk)
    context = {"form": form, "active": "pengetahuan"}
    return respond(request, "knowledge/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, pk: int) -> HttpResponse:
    row = kept_text_of(request, pk)
    form = ContentForm(posted(request), initial={**asdict(Content.of(row)), "version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _save(request, row, form))
        except Outdated:
            return _beside(request, text_of(request, pk), form)
        except NotPermitted:
            return _not_theirs_any_more(request, text_of(request, pk), form)
        except Refused as refusal:
            about_it = isinstance(refusal, services.ABOUT_THE_REVIEW_DATE)
            form.add_error("review_by" if about_it else None, str(refusal.message))
            return _page(request, row, form, refusal_status(refusal))
        return redirect("knowledge:edit", pk)
    return _page(request, row, form, 422 if form.is_bound else 200)


def _save(request: Request, row: Document, form: ContentForm) -> str:
    """Save the form, and publish the words if the button says so; returns a sentence on what was done."""
    publishes = request.POST.get("aksi") == "terbit"
    save = services.edit_and_publish if publishes else services.edit
    version = form.cleaned_data["version"] or 0
    save(request.actor, row, content=form.content(row), expected_version=version, now=timezone.now())
    if publishes:
        return _("Tulisan terbit dan dapat ditemukan sekarang juga.")
    return _("Perubahan tersimpan. Isi sebelumnya ada di riwayat.")


@require_POST
@login_required
def move(request: Request, pk: int) -> HttpResponse:
    """Publish, withdraw or take over a text, as the button pressed says."""
    row, step = text_of(request, pk), request.POST.get("aksi", "")
    if step == "terbit":
        services.publish(request.actor, row, now=timezone.now())
        messages.success(request, _("Tulisan terbit dan dapat ditemukan sekarang juga."))
    elif step == "tarik":
        services.withdraw(request.actor, row)
        messages.success(request, _("Tulisan ditarik. Pencarian dan AIDA tidak memakainya lagi."))
    elif step == "ambil":
        services.take_over(request.actor, row)
        messages.success(request, _("Anda kini penanggung jawab tulisan ini."))
    return redirect("knowledge:edit", pk)


@require_GET
@login_required
def version(request: Request, pk: int, number: int) -> HttpResponse:
    """What the text said then, and what the version after it changed."""
    row = kept_text_of(request, pk)
    then = get_object_or_404(row.versions.select_related("written_by"), number=number)
    after = row.versions.filter(number__gt=number).last() or row
    context = {
        "document": row,
        "then": then,
        "blocks": blocks(then.text),
        "after": getattr(after, "number", row.version),
        "changes": changes(f"{then.title}\n{then.text}", f"{after.title}\n{after.text}"),
        "active": "pengetahuan",
    }
    return respond(request, "knowledge/version.html", context)


def _beside(request: Request, newer: Document, form: ContentForm) -> HttpResponse:
    """What was typed, beside what somebody else stored meanwhile; the next press is about the latter."""
    stored = asdict(Content.of(newer))
    long = show_newer(form, {name: stored[name] for name in stored if name in form.fields})
    form.add_error(None, str(CHANGED))
    form.data = {**request.POST.dict(), "version": newer.version}
    return _page(request, newer, form, 409, newer=long)


def _not_theirs_any_more(request: Request, newer: Document, form: ContentForm) -> HttpResponse:
    """The page if the text was published or taken over meanwhile; what was typed stays, to be copied."""
    said = _(
        "Isian Anda belum disimpan: tulisan ini baru saja terbit atau diambil alih orang lain, sehingga kini "
        "hanya penanggung jawab dan yang berhak menerbitkan yang dapat mengubahnya. Salin isian Anda dari "
        "halaman ini, lalu sampaikan kepada %(siapa)s."
    )
    form.add_error(None, said % {"siapa": newer.owner or _("yang berhak menerbitkan")})
    return _page(request, newer, form, 403)


def _page(
    request: Request, row: Document, form: ContentForm, status: int, newer: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    context = {
        "newer": newer,
        "document": row,
        "form": form,
        "tone": TONES[row.state],
        "is_stale": row.is_stale(timezone.localdate()),
        "order": order_in(f"{row.title}\n{row.text}"),
        "origin": origin_of(request.actor, row),
        "versions": row.versions.select_related("written_by"),
        "may_edit": services.may_edit(request.actor, row),
        "may_publish": services.may_publish(request.actor, row),
        "may_take": services.may_write(request.actor, row),
        "is_owner": row.owner_id == request.actor.user_id,
        "active": "pengetahuan",
    }
    return respond(request, "knowledge/edit.html", context, status=status)
