"""What people say for what texts and tables say: proposed by one, approved by another."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.errors import NotPermitted
from halopst.core.forms import attempt, plain, posted
from halopst.core.http import Request, respond
from halopst.core.pages import LongPaginator
from halopst.knowledge import permissions, queries, services
from halopst.knowledge.forms import SynonymForm
from halopst.knowledge.models import Synonym

PAGE = 25
TONES = {"proposed": "warn", "approved": "ok", "withdrawn": ""}


@require_http_methods(["GET", "POST"])
@login_required
def synonyms(request: Request) -> HttpResponse:
    """The list, and above it the form to propose one."""
    if not request.actor.units(permissions.VIEW):
        raise NotPermitted
    offices = queries.offices_to_write_for(request.actor)
    form = SynonymForm(posted(request), offices=offices) if offices else None
    if request.method == "POST":
        if form is None:
            raise NotPermitted
        return _proposed(request, form)
    return _page(request, form)


def _proposed(request: Request, form: SynonymForm) -> HttpResponse:
    status = attempt(form, lambda: services.propose_synonym(request.actor, now=timezone.now(), **form.wish()))
    if status != HTTPStatus.OK:
        return _page(request, form, status)
    messages.success(request, _("Padanan diusulkan. Rekan yang berwenang menyetujuinya."))
    return redirect("knowledge:synonyms")


@require_POST
@login_required
def move(request: Request, pk: int) -> HttpResponse:
    """Approve it or put it out of use, as the button pressed says."""
    row = get_object_or_404(Synonym.objects.visible_to(request.actor).select_related("unit"), pk=pk)
    if request.POST.get("aksi") == "setuju":
        services.approve_synonym(request.actor, row)
        messages.success(request, _("Padanan berlaku sekarang juga di pencarian dan AIDA."))
    else:
        services.withdraw_synonym(request.actor, row)
        refused = row.state == Synonym.State.PROPOSED
        messages.success(
            request, _("Usulan padanan tidak dipakai.") if refused else _("Padanan tidak dipakai lagi.")
        )
    return redirect("knowledge:synonyms")


def _page(request: Request, form: SynonymForm | None, status: int = 200) -> HttpResponse:
    text, state = plain(request.GET.get("q", "")), request.GET.get("keadaan", "")
    page = LongPaginator(queries.kept_synonyms(request.actor, text=text, state=state), PAGE).get_page(
        request.GET.get("page")
    )
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "rows": [(row, TONES[row.state], *_may(request, row)) for row in page],
        "text": text,
        "state": state,
        "states": Synonym.State.choices,
        "kept": ["keadaan"],
        "active": "pengetahuan",
    }
    return respond(request, "knowledge/synonyms.html", context, partial="daftar", status=status)


def _may(request: Request, row: Synonym) -> tuple[bool, bool]:
    """Whether the person may approve it, and put it out of use."""
    publishes = request.actor.may(permissions.PUBLISH, row.unit_id)
    is_other = row.proposed_by_id != request.actor.user_id
    proposed, withdrawn = row.state == Synonym.State.PROPOSED, row.state == Synonym.State.WITHDRAWN
    return publishes and is_other and proposed, publishes and not withdrawn
