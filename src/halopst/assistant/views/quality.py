"""How well AIDA answers an office's own questions, week by week, and what words her answers."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from halopst.assistant import permissions
from halopst.assistant.addressed import unit_of
from halopst.assistant.exam_forms import SetupForm
from halopst.assistant.models import Evaluation
from halopst.assistant.queries import evaluations, setups
from halopst.assistant.queries.wording_progress import worded_lately
from halopst.assistant.rules.evaluation.setups import Using
from halopst.assistant.services.evaluation import activating, evaluating
from halopst.assistant.views.exam_frame import PER_PAGE, frame
from halopst.assistant.wording import share_written
from halopst.core import formats
from halopst.core.http import Request, respond
from halopst.core.shapes import Series
from halopst.units.models import Unit

LATELY = timedelta(days=1)  # conversations nobody allowed to keep are forgotten after that
COURSE = 2  # weeks; a single one is not worth a chart
CHARTED = {"right": gettext_lazy("belum benar"), "right_of_answers": gettext_lazy("keliru")}
"""What is drawn: the share that is missing, by short names.

Drawn as they are, shares near the whole would lie on each other.
"""


@never_cache
@login_required
@require_GET
def quality(request: Request, satker: str) -> HttpResponse:
    unit = unit_of(request, satker)
    scope = evaluations.scope_of(unit)
    page = Paginator(evaluations.runs(scope), PER_PAGE).get_page(request.GET.get("page"))
    current = setups.in_use(scope)
    context = {
        **frame(request, unit, "mutu"),
        "page": page,
        "latest": evaluations.latest_with(scope, current),
        "going": next((run for run in page if run.is_going), None),
        "setups": _setups(scope, current),
        "lately": worded_lately(unit, since=timezone.now() - LATELY),
        "questions": len(evaluations.questions_for(scope)),
        "chart": _chart(scope),
    }
    return respond(request, "assistant/quality.html", context, partial="keadaan")


@never_cache
@login_required
@require_GET
def evaluation(request: Request, satker: str, pk: int) -> HttpResponse:
    """One run: what was measured, and every question that did not go as expected."""
    unit = unit_of(request, satker)
    run = get_object_or_404(evaluations.whole_runs(evaluations.scope_of(unit)), pk=pk)
    context = {**frame(request, unit, "mutu"), "run": run}
    return respond(request, "assistant/evaluation.html", context)


@login_required
@require_POST
def evaluate(request: Request, satker: str) -> HttpResponse:
    unit = unit_of(request, satker, permissions.CONFIGURE)
    scope, now = evaluations.scope_of(unit), timezone.now()
    evaluating.begin_evaluation(request.actor, unit=scope, using=_named(request), now=now)
    messages.success(request, _("Penilaian dimulai. Hasilnya muncul di halaman ini."))
    return redirect("assistant:quality", satker)


@login_required
@require_POST
def activate(request: Request, satker: str) -> HttpResponse:
    unit = unit_of(request, satker, permissions.CONFIGURE)
    scope, now = evaluations.scope_of(unit), timezone.now()
    try:
        activating.activate(request.actor, unit=scope, using=_named(request), now=now)
    except activating.NOT_GOOD_ENOUGH as refusal:  # told beside the table and the runs that say why
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Susunan dipakai mulai sekarang."))
    return redirect("assistant:quality", satker)


def _named(request: Request) -> Using:
    form = SetupForm(request.POST)
    return form.using() if form.is_valid() else Using("?")


def _setups(scope: Unit | None, current: Using) -> list[tuple[Using, Evaluation | None, bool]]:
    """Each setup with its last run, and whether it is in use."""
    return [(one, evaluations.latest_with(scope, one), one == current) for one in setups.choices()]


def _chart(scope: Unit | None) -> dict[str, Any] | None:
    weeks = evaluations.by_week(scope, timezone.now())
    if len(weeks) < COURSE:
        return None
    every = {name: tuple(_missing(run, name) for _day, run in weeks) for name in CHARTED}
    series = [Series(str(CHARTED[name]), values) for name, values in every.items() if set(values) != {None}]
    first, last = weeks[0][1].right, weeks[-1][1].right
    finding = _("Dijawab benar %(kini)s pada minggu terakhir, %(dulu)s pada minggu pertama.") % {
        "kini": share_written(last),
        "dulu": share_written(first),
    }
    return {"series": series, "labels": [_week(day) for day, _run in weeks], "finding": finding}


def _missing(run: Evaluation, name: str) -> float | None:
    """What is missing to a hundred percent."""
    value: float | None = getattr(run, name)
    return None if value is None else round(100 * (1 - value), 1)


def _week(monday: date) -> str:
    months = formats.MONTHS[formats.language()]
    return f"{monday.day} {months[monday.month - 1][:3]}"
