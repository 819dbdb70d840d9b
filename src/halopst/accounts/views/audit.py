"""The record of an office, for those who answer for it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from halopst.accounts import queries
from halopst.accounts.forms import PeriodForm
from halopst.accounts.views.frames import PER_PAGE, people_frame
from halopst.audit.models import Entry
from halopst.audit.queries import entries
from halopst.audit.wording import action_name, subject_name
from halopst.core.http import Request, respond
from halopst.core.pages import LongPaginator
from halopst.units.models import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One entry with the names of those it speaks of."""

    entry: Entry
    what: str
    about: str
    who: str
    unit: Unit | None


@never_cache
@login_required
@require_GET
def audit(request: Request) -> HttpResponse:
    form = PeriodForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    text = chosen.get("q", "")
    rows = entries(
        request.actor,
        text=text,
        actor_ids=queries.named(request.actor, text) if text else (),
        start=_midnight(chosen.get("dari")),
        end=_midnight(chosen.get("sampai"), days=1),
    )
    page = LongPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": _lines(page),
        "q": text,
        "kept": ("dari", "sampai"),
        **people_frame(request, "audit"),
    }
    return respond(request, "accounts/audit.html", context, partial="daftar")


def _lines(page: Page[Entry]) -> list[Line]:
    known = queries.names(entry.actor_id for entry in page if entry.actor_id)
    units = queries.units_by_id(entry.unit_id for entry in page if entry.unit_id)
    return [
        Line(
            entry=entry,
            what=action_name(entry.action),
            about=subject_name(entry.subject_type),
            who=known.get(entry.actor_id or 0, entry.actor_label),
            unit=units.get(entry.unit_id or 0),
        )
        for entry in page
    ]


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    """The start of that day, or of the day `days` later, in the platform's zone."""
    if day is None or day > date.max - timedelta(days=days):
        return None
    return datetime.combine(day + timedelta(days=days), time.min, timezone.get_default_timezone())
