"""Step 3: the question and who asks it. Nothing typed is ever lost: it lies in the browser's draft."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halopst.accounts import services as accounts
from halopst.accounts.actors import actor_for
from halopst.accounts.models import User
from halopst.consultations import services
from halopst.consultations.forms import CodeForm, TopicForm
from halopst.consultations.links import ticket_path
from halopst.consultations.models import Draft
from halopst.consultations.queries import consent_owed
from halopst.consultations.services.asking import MOST_FILES
from halopst.consultations.views.frame import draft_in, frame, unit_of, wish_in
from halopst.consultations.views.nearby import texts_on
from halopst.core.clients import client_key
from halopst.core.errors import Invalid, Refused
from halopst.core.http import Request, respond
from halopst.scheduling.services import SlotTaken
from halopst.units.models import Unit

LONGEST = {"topic": 150, "need": 2000, "purpose": 20, "name": 150, "email": 254, "phone": 20}
KEPT = ("topic", "need", "purpose", "name", "email", "phone", "wants_whatsapp", "agreed")


@require_http_methods(["GET", "POST"])
def topic(request: Request, slug: str) -> HttpResponse:
    unit = unit_of(request, slug)
    draft = draft_in(request, unit)
    if draft is None or draft.reservation is None:
        return redirect("consultations:experts", slug=unit.slug)
    if draft.sent:
        return redirect(ticket_path(draft.sent))
    if request.method == "GET":
        form = _form(request, draft, initial={name: getattr(draft, name) for name in KEPT})
        return _topic_page(request, unit, draft, form)
    return _take_answers(request, unit, draft)


def _take_answers(request: Request, unit: Unit, draft: Draft) -> HttpResponse:
    form = _form(request, draft, data=request.POST, files=request.FILES)
    is_valid = form.is_valid()
    draft = services.keep_draft(unit, holder=draft.holder, **_kept(form))
    try:
        services.keep_files(draft, form.cleaned_data.get("attachments") or [])
    except Refused as refusal:
        form.add_error("attachments", str(refusal.message))
        is_valid = False
    removed = request.POST.get("hapus", "")
    if removed.isascii() and removed.isdigit():
        services.drop_file(draft, pk=int(removed[:18]))
        return redirect("consultations:topic", slug=unit.slug)
    if not is_valid:
        return _topic_page(request, unit, draft, form, status=422)
    if request.actor.user_id is None:
        return _ask_code(request, unit, draft, form)
    try:
        return redirect(_send(request, draft))
    except Refused as refusal:
        return _topic_page(request, unit, draft, form, refusal=refusal, status=409)


def _form(request: Request, draft: Draft, **kwargs: Any) -> TopicForm:
    known = request.actor.user_id is not None
    owed = consent_owed(request.actor, now=timezone.now())
    return TopicForm(known=known, mode=draft.mode, agreed=owed is None, **kwargs)


def _kept(form: TopicForm) -> dict[str, Any]:
    """What was typed, cut to what fits, whether or not the form as a whole is right."""
    typed = {name: form[name].value() for name in KEPT if name in form.fields}
    flags = {name: bool(typed[name]) for name in ("wants_whatsapp", "agreed") if name in typed}
    texts = {
        name: str(form.cleaned_data.get(name, value or "")).replace("\0", "")[: LONGEST.get(name)]
        for name, value in typed.items()
        if name not in flags
    }
    return {**texts, **flags}


def _send(request: Request, draft: Draft) -> str:
    """Send the draft as the person signed in; returns the address of the ticket."""
    row = services.send_draft(request.actor, draft, now=timezone.now())
    return ticket_path(row)


def _topic_page(
    request: Request,
    unit: Unit,
    draft: Draft,
    form: TopicForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **frame(unit, wish_in({}, unit, draft), draft, step=3, now=timezone.now()),
        "form": form,
        "files": list(draft.files.order_by("pk")),
        "files_hint": _files_hint(),
        "texts": texts_on(request.actor, unit, draft.topic),
        "visitor": request.user if request.user.is_authenticated else None,
        "consent": consent_owed(request.actor, now=timezone.now()),
        "problem": str(refusal.message) if refusal else "",
        "alternatives": refusal.alternatives if isinstance(refusal, SlotTaken) else [],
    }
    return respond(request, "consultations/topic.html", context, status=status)


def _files_hint() -> str:
    return _("%(kinds)s. Paling besar %(size)d MB tiap berkas, paling banyak %(most)d berkas.") % {
        "kinds": ", ".join(settings.ATTACHMENT_TYPES).upper(),
        "size": settings.ATTACHMENT_MEGABYTES,
        "most": MOST_FILES,
    }


def _ask_code(request: Request, unit: Unit, draft: Draft, form: TopicForm) -> HttpResponse:
    try:
        _mail_code(request, draft)
    except Refused as refusal:
        form.add_error("email", str(refusal.message))
        return _topic_page(request, unit, draft, form, status=409)
    return redirect("consultations:code", slug=unit.slug)


def _mail_code(request: Request, draft: Draft) -> None:
    code_id = accounts.request_code(
        email=draft.email,
        name=draft.name,
        language=get_language() or "id",
        client=client_key(request),
        code=accounts.fresh_code(),
        now=timezone.now(),
    )
    services.keep_draft(draft.unit, holder=draft.holder, code_id=code_id)


@require_http_methods(["GET", "POST"])
def code(request: Request, slug: str) -> HttpResponse:
    """Prove the address by a code from the mail; then the request is on its way."""
    unit = unit_of(request, slug)
    draft = draft_in(request, unit)
    if draft is None or draft.code_id is None:
        return redirect("consultations:topic", slug=unit.slug)
    if request.method == "GET":
        return _code_page(request, unit, draft, CodeForm())
    if request.POST.get("aksi") == "ulang":
        return _send_again(request, unit, draft)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, unit, draft, form, status=422)
    try:
        person = accounts.verify_code(
            code_id=draft.code_id, code=form.cleaned_data["code"], now=timezone.now()
        )
    except Refused as refusal:
        form.add_error("code", str(refusal.message))
        return _code_page(request, unit, draft, form, status=422 if isinstance(refusal, Invalid) else 409)
    return _welcome(request, unit, draft, person)


def _welcome(request: Request, unit: Unit, draft: Draft, person: User) -> HttpResponse:
    """Send what was typed as the person just proven, then sign them in; a lost time keeps the form."""
    request.actor = actor_for(person)
    try:
        next_url = _send(request, draft)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        next_url = topic_url(unit)
    return accounts.sign_in(request, person, method="code", next_url=next_url)


def topic_url(unit: Unit) -> str:
    return reverse("consultations:topic", kwargs={"slug": unit.slug})


def _send_again(request: Request, unit: Unit, draft: Draft) -> HttpResponse:
    try:
        _mail_code(request, draft)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Kode baru sudah dikirim."))
    return redirect("consultations:code", slug=unit.slug)


def _code_page(
    request: Request, unit: Unit, draft: Draft, form: CodeForm, *, status: int = 200
) -> HttpResponse:
    context = {**frame(unit, wish_in({}, unit, draft), draft, step=3, now=timezone.now()), "form": form}
    return respond(request, "consultations/code.html", context, status=status)
