"""Naskah pesan: an office's own wording of each kind of notice, and its quiet hours."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from halopst.core.errors import Invalid, NotPermitted
from halopst.core.http import Request, respond
from halopst.core.shapes import Option
from halopst.notifications import queries
from halopst.notifications.forms import QuietHoursForm, TextForm
from halopst.notifications.kinds import NoticeKind, find_kind, worded_kinds
from halopst.notifications.models import Text
from halopst.notifications.rules import variables_in
from halopst.notifications.services import texts as services
from halopst.notifications.services.letters import template_text
from halopst.notifications.services.preferences import set_quiet_hours
from halopst.units.models import Unit

LANGUAGES = {"id": _lazy("Indonesia"), "en": _lazy("Inggris")}


@never_cache
@login_required
@require_GET
def texts(request: Request) -> HttpResponse:
    """Every kind of notice with the state of its two languages, for one of the offices one manages."""
    units = list(queries.managed_units(request.actor))
    if not units:
        raise NotPermitted
    unit = next((unit for unit in units if unit.slug == request.GET.get("satker")), units[0])
    own = queries.texts_of(unit)
    kinds = [
        (kind, [(language, own.get((kind.code, language), [])) for language in LANGUAGES])
        for kind in worded_kinds()
    ]
    context = {
        "unit_shown": unit,
        "units": [Option(each.slug, each.name, checked=each == unit) for each in units],
        "kinds": kinds,
        "hours": QuietHoursForm(instance=queries.office_quiet_hours(unit)),
    }
    return respond(request, "notifications/texts.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def text(request: Request, slug: str, kind: str, language: str) -> HttpResponse:
    """Edit, preview, try on oneself, publish or withdraw one text; the button pressed says which."""
    unit, declared = _unit(request, slug), find_kind(kind)
    if declared is None or declared.alone or language not in LANGUAGES:
        raise Http404
    versions = queries.texts_of(unit).get((kind, language), [])
    form = TextForm(request.POST or None, instance=None, initial=_words(unit, declared, language, versions))
    if request.method == "POST" and form.is_valid():
        try:
            return _act(request, unit, declared, language, form)
        except Invalid as refusal:
            form.add_error("body", str(refusal.message))
    context = _page(unit, declared, language, versions, form)
    return respond(request, "notifications/text.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["POST"])
def quiet_hours(request: Request, slug: str) -> HttpResponse:
    unit = _unit(request, slug)
    form = QuietHoursForm(request.POST, instance=queries.office_quiet_hours(unit))
    if not form.is_valid():
        messages.error(request, _("Jam tenang belum lengkap. Contoh: 20:00 sampai 06:00."))
    else:
        set_quiet_hours(request.actor, unit, **form.cleaned_data)
        messages.success(request, _("Jam tenang satker tersimpan."))
    return redirect(f"{reverse('notifications:texts')}?satker={unit.slug}")


def _unit(request: Request, slug: str) -> Unit:
    """The office, if one manages it; another office is not there."""
    unit: Unit = get_object_or_404(queries.managed_units(request.actor), slug=slug)
    return unit


def _words(unit: Unit, kind: NoticeKind, language: str, versions: list[Text]) -> dict[str, str]:
    """What the form begins with: the draft, else the text in force."""
    draft = next((version for version in versions if version.state == Text.State.DRAFT), None)
    current = draft or queries.text_for(unit, kind, language)
    return {"subject": current.subject, "body": current.body}


def _act(request: Request, unit: Unit, kind: NoticeKind, language: str, form: TextForm) -> HttpResponse:
    words = {"subject": form.cleaned_data["subject"], "body": form.cleaned_data["body"]}
    about: dict[str, Any] = {"kind": kind, "language": language}
    action, now = request.POST.get("aksi", "simpan"), timezone.now()
    if action == "tarik":
        services.withdraw(request.actor, unit, **about, now=now)
        messages.success(request, _("Naskah satker ditarik; naskah bawaan berlaku lagi."))
    elif action == "uji":
        services.send_test(request.actor, unit, **about, **words, key=str(uuid4()), now=now)
        messages.success(request, _("Pesan uji dikirim ke surel Anda."))
        services.save_draft(request.actor, unit, **about, **words)
    else:
        services.save_draft(request.actor, unit, **about, **words)
        messages.success(request, _("Draf tersimpan."))
        if action == "terbit":
            services.publish_draft(request.actor, unit, **about, now=now)
            messages.success(request, _("Naskah terbit dan dipakai mulai sekarang."))
    return redirect("notifications:text", slug=unit.slug, kind=kind.code, language=language)


def _page(
    unit: Unit, kind: NoticeKind, language: str, versions: list[Text], form: TextForm
) -> dict[str, Any]:
    shown = form.data if form.is_bound else form.initial
    subject, body = str(shown.get("subject", "")), str(shown.get("body", ""))
    used = variables_in(f"{subject} {body}")
    preview: tuple[str, str] | None = None
    if set(used) <= set(kind.variables):
        preview = services.preview(kind, subject, body)
    template = queries.template_states().get((kind.whatsapp_template, language))
    return {
        "unit_shown": unit,
        "kind": kind,
        "language": language,
        "languages": LANGUAGES,
        "form": form,
        "variables": [(f"{{{name}}}", example, name in used) for name, example in kind.variables.items()],
        "preview": preview,
        "versions": versions,
        "published": next((v for v in versions if v.state == Text.State.PUBLISHED), None),
        "template_text": template_text(kind, language),
        "template": template,
    }
