"""Assignment letters and decrees of an office: written, made into letters, changed."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.editing import Seen, attempt_edit
from halopst.core.errors import Refused
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.core.wayback import leading_back
from halopst.letters import permissions as letters
from halopst.letters.models import Letter
from halopst.letters.services import CannotCompose
from halopst.partners import permissions
from halopst.partners.addressed import paper_of, unit_of
from halopst.partners.forms.papers import FORMS, PROPOSED, PaperForm
from halopst.partners.models import Activity, Paper
from halopst.partners.queries import papers as queries
from halopst.partners.services import decreeing
from halopst.partners.views.frame import PER_PAGE, frame, looked_at, typed
from halopst.units.models import Unit

FIELDS = (
    "subject",
    "considerations",
    "bases",
    "points",
    "first_day",
    "last_day",
    "place",
    "cost",
    "people",
    "activity",
)


@never_cache
@login_required
@require_GET
def papers(request: Request, slug: str) -> HttpResponse:
    """Everything the office wrote, newest first, each with its letter."""
    unit, text = unit_of(request, slug), typed(request)
    page = Paginator(queries.papers_of(request.actor, unit, text), PER_PAGE).get_page(request.GET.get("page"))
    made = queries.letters_by_paper(list(page))
    context = {
        **frame(request, unit, "naskah"),
        "page": page,
        "rows": [(paper, made.get(paper.pk)) for paper in page],
        "kinds": Paper.Kind.choices,
        "q": text,
    }
    return respond(request, "partners/papers.html", context, partial="daftar")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def add_paper(request: Request, slug: str, kind: str) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    if kind not in FORMS:
        raise Http404
    form = _form(request, unit, kind, PROPOSED[kind])
    written: list[Paper] = []

    def act() -> None:
        paper = decreeing.write_paper(request.actor, unit=unit, kind=kind, values=form.cleaned_data)
        written.append(paper)

    status = attempt(form, act) if request.method == "POST" else 200
    if written:
        messages.success(request, _("Naskah tersimpan. Periksa, lalu terbitkan."))
        return redirect("partners:paper", slug, written[0].pk)
    return _written(request, unit, form, status, kind=kind)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def paper(request: Request, slug: str, pk: int) -> HttpResponse:
    """One text with the people in it and its letter; posting makes the letter."""
    unit = unit_of(request, slug)
    row = paper_of(request, unit, pk)
    if request.method == "POST":
        return _issued(request, row)
    made = queries.letters_by_paper([row]).get(row.pk)
    is_open = not _holds(made)
    troubles = decreeing.why_no_letter(row, now=timezone.now()) if is_open else []
    mitra = queries.approved_for(row.activity)
    context = {
        **frame(request, unit, "naskah"),
        "paper": row,
        "letter": made,
        "mitra": mitra,
        "listed": len(row.people) + len(mitra),
        "may_issue": request.actor.may(letters.ISSUE, unit.pk) and is_open,
        "may_look": is_open and not troubles,
        "troubles": troubles,
    }
    return respond(request, "partners/paper.html", context)


@never_cache
@login_required
@require_GET
def paper_preview(request: Request, slug: str, pk: int) -> HttpResponse:
    """The letter as it would be printed now; no number is taken."""
    unit = unit_of(request, slug)
    row = paper_of(request, unit, pk)
    of, back = f"{row.get_kind_display()}: {row.subject}", reverse("partners:paper", args=[slug, pk])
    return looked_at(
        request, unit, "naskah", lambda: decreeing.look_at_paper(row, now=timezone.now()), of=of, back=back
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit_paper(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    row = paper_of(request, unit, pk)
    form, seen = _form(request, unit, row.kind, _text_of(row)), Seen(request, row)
    status = 200

    def act() -> None:
        now = timezone.now()
        decreeing.edit_paper(request.actor, row, values=form.cleaned_data, version=seen.version, now=now)

    def stored() -> tuple[Paper, dict[str, Any]]:
        newer = paper_of(request, unit, pk)
        return newer, {name: value for name, value in _text_of(newer).items() if name in form.fields}

    if request.method == "POST":
        status = attempt_edit(form, act, seen, stored)
        if status == HTTPStatus.OK:
            messages.success(request, _("Naskah tersimpan."))
            return redirect("partners:paper", slug, pk)
    return _written(request, unit, form, status, kind=row.kind, paper=row, seen=seen)


@login_required
@require_POST
def remove_paper(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = unit_of(request, slug, permissions.MANAGE)
    try:
        decreeing.remove_paper(request.actor, paper_of(request, unit, pk))
    except decreeing.PaperIsALetter as refusal:
        messages.error(request, str(refusal.message))
        return redirect("partners:paper", slug, pk)
    messages.success(request, _("Naskah dihapus."))
    return redirect("partners:papers", slug)


def _issued(request: Request, row: Paper) -> HttpResponse:
    try:
        made = decreeing.issue_paper(request.actor, row, now=timezone.now())
    except Refused as refusal:
        here = request.get_full_path()
        lacks = refusal.repair_url if isinstance(refusal, CannotCompose) else ""
        messages.error(request, str(refusal.message))
        return redirect(leading_back(lacks, here) if lacks else here)
    messages.success(request, _("Surat terbit dengan nomor %(nomor)s.") % {"nomor": made.number})
    return redirect("letters:letter", made.pk)


def _text_of(row: Paper) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}


def _holds(letter: Letter | None) -> bool:
    """Whether the paper's letter still stands, so that there is none to make."""
    return letter is not None and letter.state not in {Letter.State.OUTDATED, Letter.State.VOID}


def _form(request: Request, unit: Unit, kind: str, initial: dict[str, Any]) -> PaperForm:
    activities = Activity.objects.visible_to(request.actor).filter(unit=unit)
    return FORMS[kind](posted(request), activities=activities, initial=initial)


def _written(
    request: Request,
    unit: Unit,
    form: PaperForm,
    status: int,
    *,
    kind: str,
    paper: Paper | None = None,
    seen: Seen | None = None,
) -> HttpResponse:
    label = Paper.Kind(kind).label
    about = {"form": form, "kind_label": label, "paper": paper, "seen": seen}
    context = {**frame(request, unit, "naskah"), **about}
    return respond(request, "partners/paper_form.html", context, status=status)
