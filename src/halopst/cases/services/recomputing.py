"""When a calendar changes, every open deadline it touches is reckoned anew (R-12)."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from halopst.audit.services import record
from halopst.calendars.queries import calendars_of
from halopst.cases.models import Case, CasePause
from halopst.cases.models.case import LIVING
from halopst.cases.services.clocks import LOOK_AHEAD, Pauses, reckon_with
from halopst.core.actors import SYSTEM
from halopst.core.live import announce
from halopst.units.models import Unit

BATCH = 1000
MOVED = ("due_at", "first_reply_due_at", "warned_at", "late_at")
# A local date begins up to this long before or after the same date in UTC.
ZONES = timedelta(hours=15)


def recompute_deadlines(*, unit_id: int | None, first: date, last: date, now: datetime) -> int:
    """Reckon the deadlines that working time from `first` to `last` may touch; returns how many moved.

    `unit_id` None means every unit; otherwise the unit and those below it. Works in batches, each its own
    transaction, and may run twice: what is already right is left alone.
    """
    moved = after = 0
    while batch := _batch(unit_id, first, last, after):
        moved += _recompute(batch, now)
        after = batch[-1]
    return moved


def _batch(unit_id: int | None, first: date, last: date, after: int) -> list[int]:
    begins = datetime.fromisoformat(f"{first}T00:00:00+00:00") - ZONES
    touched = Q(due_at__gte=begins) | Q(first_reply_due_at__gte=begins) | Q(due_at=None)
    cases = Case.objects.filter(LIVING, touched, pk__gt=after)
    if last < date.max - 2 * ZONES:
        ends = datetime.fromisoformat(f"{last}T00:00:00+00:00") + timedelta(days=1) + ZONES
        cases = cases.filter(submitted_at__lt=ends)
    if unit_id is not None:
        below = Q(unit=unit_id) | Q(unit__parent=unit_id) | Q(unit__parent__parent=unit_id)
        cases = cases.filter(below)
    return list(cases.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _recompute(pks: list[int], now: datetime) -> int:
    cases = list(Case.objects.select_for_update().filter(LIVING, pk__in=pks).order_by("pk"))
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={case.unit_id for case in cases})}
    pauses = _pauses(pks)
    calendars = calendars_of(units.values(), *_window(cases, now))
    moved: dict[int, dict[int, list[str | None]]] = defaultdict(dict)
    changed = []
    for case in cases:
        before = case.due_at
        if reckon_with(case, calendars[case.unit_id], pauses.get(case.pk, ()), now=now):
            changed.append(case)
            moved[case.unit_id][case.pk] = [_iso(before), _iso(case.due_at)]
    _write(changed, now)
    for unit_id, deadlines in moved.items():
        record(SYSTEM, "cases.deadlines_recomputed", units[unit_id], unit_id=unit_id, deadlines=deadlines)
        announce(f"inbox:{unit_id}", "changed", {})
    return len(changed)


def _write(cases: list[Case], now: datetime) -> None:
    """One statement for the batch: Django's bulk_update takes ten times as long."""
    columns = [[getattr(case, name) for case in cases] for name in ("pk", *MOVED)]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE cases_case SET due_at = moved.due_at, first_reply_due_at = moved.first_reply_due_at,
                warned_at = moved.warned_at, late_at = moved.late_at, updated_at = %s
            FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[],
                %s::timestamptz[]) AS moved (id, due_at, first_reply_due_at, warned_at, late_at)
            WHERE cases_case.id = moved.id
            """,
            [now, *columns],
        )


def _pauses(pks: list[int]) -> dict[int, Pauses]:
    found: defaultdict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    rows = CasePause.objects.filter(case__in=pks).order_by("begins_at")
    for case_id, begins, ends in rows.values_list("case_id", "begins_at", "ends_at"):
        found[case_id].append((begins, ends))
    return dict(found)


def _window(cases: list[Case], now: datetime) -> tuple[date, date]:
    """The dates whose holidays can matter to any of `cases`, in any zone."""
    earliest = min((case.submitted_at for case in cases), default=now)
    latest = max((case.due_at or now for case in cases), default=now)
    return (earliest - ZONES).date(), (max(now, latest) + LOOK_AHEAD + ZONES).date()


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
