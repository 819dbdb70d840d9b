"""The month after the work: what was done of it, mitra by mitra, and the papers that say so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.editing import CHANGED, Seen, changed_at, show_newer
from halopst.core.errors import Outdated, Refused
from halopst.core.forms import posted
from halopst.core.http import Request, refusal_status, respond
from halopst.letters import permissions as letters
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.forms.handovers import DoneForm, HandedOnForm
from halopst.partners.models import Approval, Assignment, Handover
from halopst.partners.queries.allocation.approvals import in_its_place
from halopst.partners.queries.handovers import recorded as queries
from halopst.partners.queries.handovers.endings import Endable, endable
from halopst.partners.queries.handovers.recorded import Plan
from halopst.partners.rules.volumes import volume_of
from halopst.partners.services.handovers import handing_over, receipting
from halopst.partners.services.handovers.refusals import ApprovedAnew, RealisedUnclear, TakenBackMeanwhile
from halopst.partners.views.frame import Chip, chips, frame, to_batch, typed
from halopst.partners.views.months import month_in, months_around
from halopst.units.models import Unit

KEY = re.compile(r"([rw])-([0-9]{1,18})-([0-9]{1,18})")
PER_PAGE = 25

LOST = gettext_lazy(
    "Persetujuan %(nama)s ditarik sesudah halaman dibuka, jadi realisasinya belum disimpan: %(isian)s. "
    "Isi lagi setelah alokasinya disetujui lagi."
)

Typed = dict[int, dict[int, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment with what its field shows, and what is on record."""

    plan: Plan
    shown: str
    kept: str


@dataclass(frozen=True, slots=True)
class Row:
    """One mitra's month; `error` is why what was typed did not stand."""

    approval: Approval
    lines: list[Line]
    error: str


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def handovers(request: Request, slug: str) -> HttpResponse:
    """A page of what was approved; posting saves the volumes typed on it."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    if request.method != "POST":
        return respond(request, "partners/handovers.html", _page(request, unit, month), partial="daftar")
    given, shown = _given(request)
    volumes, unread = _volumes(given)
    seen, _none = _volumes(shown)
    saved = handing_over.save_realised(
        request.actor, unit=unit, month=month, realised=volumes, seen=seen, now=timezone.now()
    )
    refused = _unclear(request, unread) | saved.refused | _moved_on(request, unit, month, given)
    if saved.handovers:
        messages.success(request, _told(len(saved.handovers)))
    if not refused:
        return redirect(request.get_full_path())
    context = _page(request, unit, month, given=given, refused=refused)
    return respond(request, "partners/handovers.html", context, status=422)


@login_required
@require_POST
def as_planned(request: Request, slug: str) -> HttpResponse:
    """All that is not recorded yet was done as planned."""
    unit = unit_of(request, slug)
    month = month_in(request, unit)
    try:
        done = handing_over.record_all_as_planned(request.actor, unit=unit, month=month, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _told(len(done)))
    return redirect(_address(unit, month))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def handover(request: Request, slug: str, pk: int) -> HttpResponse:
    """One mitra's month with its particulars: when it was finished, how well, and a note."""
    is_sent = request.method == "POST"
    unit = unit_of(request, slug, permissions.ALLOCATE if is_sent else permissions.VIEW)
    approval, taken_back = _standing(_approval(request, unit, pk))
    if taken_back and not is_sent:
        return _to_those_approved(request, approval)
    kept: Handover | None = getattr(approval, "handover", None)
    on_form = HandedOnForm(posted(request), initial={"handed_on": _handed_on(kept, unit)})
    forms = [DoneForm(posted(request), plan=plan) for plan in queries.plans([approval])[approval.pk]]
    status, seen = 200, Seen(request, kept)
    if request.method == "POST":
        if taken_back:
            status = _kept_typed(seen, kept, on_form, forms, taken_back)
        else:
            status = _save(request, approval, seen, on_form, forms)
        if status == HTTPStatus.OK:
            messages.success(request, _("Realisasi tersimpan."))
            return redirect(_address(unit, approval.month))
    context = _about(request, unit, approval, kept)
    context |= {"seen": seen, "on_form": on_form, "forms": forms}
    return respond(request, "partners/handover.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def receipts(request: Request, slug: str) -> HttpResponse:
    """What handover papers can be written and what stands in the way; posting has them made."""
    unit, now = unit_of(request, slug), timezone.now()
    month = month_in(request, unit)
    if request.method == "POST":
        return to_batch(
            request, lambda: receipting.write_receipts(request.actor, unit=unit, month=month, now=now)
        )
    counts = queries.state_counts(queries.month_rows(request.actor, unit, month))
    context = {
        **frame(request, unit, "serah-terima"),
        **months_around(month),
        "unrecorded": counts["belum"],
        "kind": receipting.KIND,
        "readiness": receipting.readiness(unit, month, now=now),
        "may_issue": request.actor.may(letters.ISSUE, unit.pk),
    }
    return respond(request, "partners/receipts.html", context)


def _page(
    request: Request,
    unit: Unit,
    month: date,
    *,
    given: Typed | None = None,
    refused: Mapping[int, Refused] | None = None,
) -> dict[str, Any]:
    text, chosen = typed(request), request.GET.get("saring", "semua")
    rows = queries.month_rows(request.actor, unit, month)
    page = Paginator(queries.narrowed(rows, text=text, chosen=chosen), PER_PAGE).get_page(
        request.GET.get("page", "")
    )
    counts = queries.state_counts(rows)
    return {
        **frame(request, unit, "serah-terima"),
        **months_around(month),
        "text": text,
        "page": page,
        "rows": _rows(list(page.object_list), given or {}, refused or {}),
        "counts": counts,
        "sums": queries.honor_of(rows),
        "filters": _filters(request, counts, chosen),
        "kept": ["bulan", "saring"],
        "query": request.GET.urlencode(),
        **_may(request, unit, month),
    }


def _may(request: Request, unit: Unit, month: date) -> dict[str, bool]:
    """Whether work may be recorded: not of a month that has not begun."""
    has_begun = month <= timezone.localdate(timezone=unit.tz)
    return {"may_record": request.actor.may(permissions.ALLOCATE, unit.pk), "has_begun": has_begun}


def _rows(approvals: list[Approval], given: Typed, refused: Mapping[int, Refused]) -> list[Row]:
    planned = queries.plans(approvals)
    rows = []
    for approval in approvals:
        text = given.get(approval.pk, {})
        lines = [
            Line(plan, text.get(plan.assignment, _shown(plan)), _shown(plan)) for plan in planned[approval.pk]
        ]
        error = str(refused[approval.pk].message) if approval.pk in refused else ""
        rows.append(Row(approval, lines, error))
    return rows


def _shown(plan: Plan) -> str:
    return str(plan.delivery.realised) if plan.delivery else ""


def _given(request: Request) -> tuple[Typed, Typed]:
    """What was typed and what was shown, by approval and assignment.

    The fields are named `r-<approval>-<assignment>`, and `w-` for what they showed.
    A mitra whose fields all are as they were shown is left alone, whatever happened since.
    """
    sent: dict[str, Typed] = {"r": {}, "w": {}}
    for name, text in request.POST.items():
        if found := KEY.fullmatch(name):
            sent[found[1]].setdefault(int(found[2]), {})[int(found[3])] = str(text).strip()[:20]
    typed, shown = sent["r"], sent["w"]
    return {who: texts for who, texts in typed.items() if texts != shown.get(who)}, shown


def _volumes(given: Typed) -> tuple[dict[int, dict[int, int | None]], dict[int, list[int]]]:
    """The volumes of everyone whose fields can all be read; of the others, the assignments that cannot."""
    volumes: dict[int, dict[int, int | None]] = {}
    unread: dict[int, list[int]] = {}
    for approval, texts in given.items():
        for what, text in texts.items():
            try:
                volumes.setdefault(approval, {})[what] = volume_of(text) if text else None
            except ValueError:
                unread.setdefault(approval, []).append(what)
    return {who: read for who, read in volumes.items() if who not in unread}, unread


def _unclear(request: Request, unread: Mapping[int, list[int]]) -> dict[int, Refused]:
    """Why nothing of these approvals was saved, with the work whose field says no volume."""
    works = Assignment.objects.visible_to(request.actor)
    wrong = works.filter(pk__in=[work for some in unread.values() for work in some])
    names = dict(wrong.values_list("pk", "duty__activity__name"))
    return {
        approval: RealisedUnclear(", ".join(names.get(work, "–") for work in some))
        for approval, some in unread.items()
    }


def _save(
    request: Request,
    approval: Approval,
    seen: Seen,
    on_form: HandedOnForm,
    forms: list[DoneForm],
) -> int:
    """Save what was typed, or say why not; where somebody was first, their figures stand below each field."""
    kept: Handover | None = getattr(approval, "handover", None)
    if not all([on_form.is_valid(), *(form.is_valid() for form in forms)]):
        return 422
    given = {
        "done": {form.plan.assignment: form.done for form in forms},
        "handed_on": on_form.cleaned_data["handed_on"],
        "now": timezone.now(),
    }
    try:
        if kept is None:
            handing_over.record_handover(request.actor, approval=approval, **given)
        else:
            handing_over.correct_handover(request.actor, handover=kept, version=seen.version, **given)
    except Outdated:
        for form in forms:
            show_newer(form, form.initial)
        seen.go_on(on_form, kept, {"handed_on": kept.handed_on} if kept else {})
        on_form.add_error(None, str(CHANGED))
        return HTTPStatus.CONFLICT
    except Refused as refusal:
        on_form.add_error(None, str(refusal.message))
        return refusal_status(refusal)
    return 200


def _handed_on(kept: Handover | None, unit: Unit) -> date:
    return kept.handed_on if kept else timezone.localdate(timezone=unit.tz)


def _closed(request: Request, approval: Approval, kept: Handover | None) -> dict[str, Any]:
    """Why the figures are only shown, with the payment list that keeps them; or that they may be typed."""
    final = handing_over.why_final(approval, kept) if kept else None
    may = request.actor.may(permissions.ALLOCATE, approval.registration.unit_id)
    paid_by = queries.list_of(request.actor, kept) if kept and final else None
    return {"final": final, "paid_by": paid_by, "may_record": may and final is None}


def _endable(request: Request, approval: Approval, kept: Handover | None) -> list[Endable]:
    """The contracts of that month this reader may still end."""
    may = kept is None and request.actor.may(permissions.APPROVE, approval.registration.unit_id)
    return endable(approval) if may else []


def _approval(request: Request, unit: Unit, pk: int) -> Approval:
    """The approval of the address, also one withdrawn since the page was opened, so that this can be told."""
    rows = Approval.objects.visible_to(request.actor).filter(registration__unit=unit)
    found: Approval = get_object_or_404(rows.select_related("registration__person", "handover"), pk=pk)
    return found


def _about(request: Request, unit: Unit, approval: Approval, kept: Handover | None) -> dict[str, Any]:
    return {
        **_around(request, unit, approval.month),
        **_closed(request, approval, kept),
        "approval": approval,
        "kept": kept,
        "endable": _endable(request, approval, kept),
    }


def _around(request: Request, unit: Unit, month: date) -> dict[str, Any]:
    return {**frame(request, unit, "serah-terima"), **months_around(month)}


def _standing(approval: Approval) -> tuple[Approval, Refused | None]:
    """The month's approval in force now; and, if `approval` was withdrawn, why nothing typed is saved."""
    if approval.withdrawn_at is None:
        return approval, None
    anew = in_its_place(approval)
    return (anew, ApprovedAnew()) if anew else (approval, TakenBackMeanwhile())


def _kept_typed(
    seen: Seen, kept: Handover | None, on_form: HandedOnForm, forms: list[DoneForm], refusal: Refused
) -> int:
    """Every field as it was typed, with what is to be done."""
    seen.shown = changed_at(kept).isoformat()
    for form in (on_form, *forms):
        form.is_valid()
    on_form.add_error(None, str(refusal.message))
    return HTTPStatus.CONFLICT


def _moved_on(request: Request, unit: Unit, month: date, given: Typed) -> dict[int, Refused]:
    """Approvals withdrawn meanwhile: what was typed goes to the new one, else it is said again."""
    rows = Approval.objects.visible_to(request.actor).filter(registration__unit=unit, month=month)
    gone = rows.filter(pk__in=given, withdrawn_at__isnull=False).select_related("registration__person")
    refused: dict[int, Refused] = {}
    for approval in gone:
        anew, texts = in_its_place(approval), given.pop(approval.pk)
        if anew is not None:
            given[anew.pk], refused[anew.pk] = texts, ApprovedAnew()
            continue
        names = {line["assignment"]: line["activity"] for line in approval.lines}
        typed = [f"{names[what]} {text}" for what, text in texts.items() if what in names and text]
        said = {"nama": approval.registration.person.name, "isian": ", ".join(typed) or "–"}
        messages.error(request, str(LOST) % said)
    return refused


def _to_those_approved(request: Request, approval: Approval) -> HttpResponse:
    """If nothing was typed, lead to the month as it is approved now, else to the list."""
    if approval.withdrawn_at is None:
        return redirect("partners:handover", approval.registration.unit.slug, approval.pk)
    said = _("Persetujuan %(nama)s sudah ditarik; tidak ada realisasi yang disimpan. Tunggu disetujui lagi.")
    messages.error(request, said % {"nama": approval.registration.person.name})
    return redirect(_address(approval.registration.unit, approval.month))


def _address(unit: Unit, month: date) -> str:
    return f"{reverse('partners:handovers', args=[unit.slug])}?bulan={month:%Y-%m}"


def _told(count: int) -> str:
    return ngettext("Realisasi %(n)d mitra tercatat.", "Realisasi %(n)d mitra tercatat.", count) % {
        "n": count
    }


def _filters(request: Request, counts: dict[str, int], chosen: str) -> list[Chip]:
    states = [
        ("semua", _("Semua"), sum(counts.values())),
        ("belum", _("Belum dicatat"), counts["belum"]),
        ("tercatat", _("Tercatat"), counts["tercatat"]),
        ("jadi", _("Surat jadi"), counts["jadi"]),
        ("ditandatangani", _("Ditandatangani"), counts["ditandatangani"]),
    ]
    return chips(request, states, chosen)
