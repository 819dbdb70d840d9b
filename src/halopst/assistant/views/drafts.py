"""From a group of questions to a draft, in one click or one short form."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halopst.assistant import permissions, services
from halopst.assistant.addressed import unit_of
from halopst.assistant.forms import PhraseForm, ShortAnswerForm, WantedForm
from halopst.assistant.models import QuestionGroup, Remedy
from halopst.assistant.queries.group_subjects import wish_of
from halopst.assistant.views.group_page import group_page
from halopst.assistant.views.learning_frame import group_in
from halopst.core.errors import Refused
from halopst.core.forms import attempt
from halopst.core.http import Request
from halopst.units.models import Unit


@login_required
@require_POST
def draft(request: Request, satker: str, pk: int) -> HttpResponse:
    """Draft what the pressed button says."""
    unit = unit_of(request, satker, permissions.IMPROVE)
    group = group_in(unit, pk)
    sent = {"faq": _short_answer, "synonym": _synonym, "data": _request}
    return sent.get(request.POST.get("jenis", ""), _article)(request, unit, group)


def _article(request: Request, unit: Unit, group: QuestionGroup) -> HttpResponse:
    now = timezone.now()
    try:
        made = services.draft_text(request.actor, group, kind=Remedy.Kind.ARTICLE, text="", now=now)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("assistant:group", unit.slug, group.pk)
    messages.success(
        request, _("Konsep dibuat, berjudul pertanyaannya. Lengkapi isinya, lalu minta diterbitkan.")
    )
    return redirect("knowledge:edit", made.pk)


def _short_answer(request: Request, unit: Unit, group: QuestionGroup) -> HttpResponse:
    form = ShortAnswerForm(request.POST)
    done = _("Jawaban tersimpan sebagai konsep. AIDA memakainya setelah diterbitkan.")

    def make(given: dict[str, Any]) -> None:
        kind, now = Remedy.Kind.FAQ, timezone.now()
        services.draft_text(request.actor, group, kind=kind, text=given["text"], now=now)

    return _sent(request, unit, group, form, name="answer", make=make, done=done)


def _synonym(request: Request, unit: Unit, group: QuestionGroup) -> HttpResponse:
    form = PhraseForm(request.POST)
    done = _("Padanan diusulkan. AIDA memakainya setelah rekan lain menyetujuinya.")

    def make(given: dict[str, Any]) -> None:
        services.draft_synonym(request.actor, group, now=timezone.now(), **given)

    return _sent(request, unit, group, form, name="phrase", make=make, done=done)


def _request(request: Request, unit: Unit, group: QuestionGroup) -> HttpResponse:
    wish = wish_of(group)
    form = WantedForm(request.POST, regions=wish.regions)
    done = _("Diteruskan kepada pengelola data. Kelompok ini tertutup sendiri setelah datanya ada.")

    def make(given: dict[str, Any]) -> None:
        region = form.regions.get(given["region"])
        wanted = services.Wanted(given["topic"], region, given["period"], wish.indicator)
        services.draft_data_request(request.actor, group, wanted=wanted, now=timezone.now())

    return _sent(request, unit, group, form, name="wanted", make=make, done=done)


def _sent(
    request: Request,
    unit: Unit,
    group: QuestionGroup,
    form: forms.Form,
    *,
    name: str,
    make: Callable[[dict[str, Any]], None],
    done: str,
) -> HttpResponse:
    status = attempt(form, lambda: make(form.cleaned_data))
    if status != HTTPStatus.OK:
        return group_page(request, unit, group, status=status, **{name: form})
    messages.success(request, done)
    return redirect("assistant:group", unit.slug, group.pk)
