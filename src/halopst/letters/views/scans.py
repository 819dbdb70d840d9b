"""Scans of many signed letters in one file: handing them in, and what became of each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from halopst.core.errors import Invalid
from halopst.core.forms import posted
from halopst.core.http import Request, respond
from halopst.letters import queries, services
from halopst.letters.addressed import office
from halopst.letters.forms import StackForm
from halopst.letters.models import ScanStack
from halopst.units.models import Unit

PAGE = 50


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def stacks(request: Request, slug: str) -> HttpResponse:
    """Hand in a scan; below, those handed in before."""
    unit = office(queries.issuing_units, request, slug)
    form = StackForm(posted(request), request.FILES or None)
    given = _given(request, unit, form) if request.method == "POST" and form.is_valid() else None
    if given is not None:
        messages.success(request, _("Pindaian diterima dan sedang dibaca."))
        return redirect("letters:stack", slug, given.pk)
    rows = ScanStack.objects.visible_to(request.actor).filter(unit=unit)
    context = {
        "office": unit,
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "active": "surat",
    }
    return respond(request, "letters/stacks.html", context, status=422 if form.errors else 200)


def _given(request: Request, unit: Unit, form: StackForm) -> ScanStack | None:
    """The stack handed in; None when the file is refused, which the form then says."""
    file, signer = form.cleaned_data["file"], form.cleaned_data["signer"]
    try:
        return services.give_stack(
            request.actor, unit=unit, content=file.read(), signer=signer, now=timezone.now()
        )
    except Invalid as refusal:
        form.add_error("file", str(refusal.message))
        return None


@never_cache
@login_required
@require_GET
def stack(request: Request, slug: str, pk: int) -> HttpResponse:
    """How far the sorting is, and what became of the pages."""
    unit = office(queries.issuing_units, request, slug)
    row = get_object_or_404(ScanStack.objects.visible_to(request.actor).filter(unit=unit), pk=pk)
    findings = row.findings.select_related("letter__number").defer("letter__data")
    faults = findings.exclude(fault="")
    context = {
        "office": unit,
        "stack": row,
        "is_open": row.state == ScanStack.State.READING,
        "signed": findings.filter(fault="").count(),
        "faults": Paginator(faults, PAGE).get_page(request.GET.get("page")),
        "active": "surat",
    }
    return respond(request, "letters/stack.html", context, partial="kemajuan")
