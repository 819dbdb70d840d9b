"""A visitor's own requests."""

from halopst.cases.models import Case
from halopst.cases.queries.inbox import search
from halopst.core.actors import Actor

ROWS = 20


def my_cases(actor: Actor, *, text: str = "", after: str = "") -> tuple[list[Case], str]:
    """The newest first, and the number after which the next page begins (empty on the last)."""
    own = (
        Case.objects.visible_to(actor)
        .filter(visitor=actor.user_id)
        .select_related("unit", "service", "visitor", "officer")
    )
    found = search(own, text).order_by("-submitted_at", "-pk")
    if last := own.filter(number=after.replace("\0", "")).first():
        found = found.filter(submitted_at__lte=last.submitted_at).exclude(
            submitted_at=last.submitted_at, pk__gte=last.pk
        )
    rows = list(found[: ROWS + 1])
    return rows[:ROWS], rows[ROWS - 1].number if len(rows) > ROWS else ""


def visitor_of(case_id: int) -> int | None:
    """Who the link to a case was sent to."""
    return Case.objects.filter(pk=case_id).values_list("visitor", flat=True).first()
