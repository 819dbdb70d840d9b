"""Archive codes: added, ended, and checked against the day of a letter."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import in_turn, refuse_on
from halopst.core.validity import period_of
from halopst.letters.models import Classification, NumberPattern
from halopst.letters.queries import classifications_of, scope_of
from halopst.letters.reference import codes_of_the_release
from halopst.letters.services.authority import must_manage
from halopst.letters.services.refusals import (
    BasisMissing,
    ClassificationEnded,
    ClassificationInUse,
    ClassificationNotHeld,
    ClassificationOfTheRelease,
    ClassificationOverlaps,
    NoSuchClassification,
    PeriodBackwards,
)
from halopst.units.models import Unit


@transaction.atomic
def add_classification(
    actor: Actor,
    *,
    unit: Unit,
    code: str,
    title: str,
    first_day: date,
    basis: str,
    last_day: date | None = None,
) -> Classification:
    """A code of the office, or everyone's when the head office adds it."""
    must_manage(actor, unit.pk)
    if last_day is not None and last_day < first_day:
        raise PeriodBackwards
    period = period_of(first_day, last_day)
    in_turn(f"letters.classification:{code}")
    row = Classification(unit=scope_of(unit), code=code, title=title, basis=basis, period=period)
    with (
        refuse_on("one_classification_per_code_at_a_time", ClassificationOverlaps),
        refuse_on("a_classification_names_itself_and_its_basis", BasisMissing),
    ):
        row.save()
    record(actor, "letters.classification-added", row, unit_id=unit.pk, code=code, basis=basis)
    return row


@transaction.atomic
def end_classification(
    actor: Actor, row: Classification, *, unit: Unit, last_day: date, basis: str
) -> Classification:
    """No letter dated after `last_day` carries it; those that do keep it. `unit` is whose row it is."""
    must_manage(actor, unit.pk)
    in_turn(f"letters.classification:{row.code}")
    row = Classification.objects.filter(unit=scope_of(unit)).locked(row.pk)
    if row.last_day is not None:
        raise ClassificationEnded
    if last_day < row.first_day:
        raise PeriodBackwards
    row.period = period_of(row.first_day, last_day)
    row.save(update_fields=["period", "updated_at"])
    record(
        actor,
        "letters.classification-ended",
        row,
        unit_id=unit.pk,
        code=row.code,
        last_day=last_day.isoformat(),
        basis=basis,
    )
    return row


@transaction.atomic
def remove_classification(actor: Actor, row: Classification, *, unit: Unit) -> None:
    """Take a mistyped code away, on record. Refused once a pattern or a number carries it."""
    must_manage(actor, unit.pk)
    row = Classification.objects.filter(unit=scope_of(unit)).locked(row.pk)
    if row.unit_id is None and row.code in codes_of_the_release():
        raise ClassificationOfTheRelease
    was = {"code": row.code, "title": row.title, "basis": row.basis, "period": str(row.period)}
    record(actor, "letters.classification-removed", row, unit_id=unit.pk, **was)
    with refuse_on("a_classification_in_use_stays", ClassificationInUse):
        row.delete()


def hold_classification(unit: Unit, code: str, day: date) -> None:
    """Refuse a code that is unknown or does not hold on `day`; it stays until the transaction ends."""
    rows = Classification.objects.reaching(unit).filter(code=code)
    list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    check_classification(unit, code, day, must_be_known=True)


def check_pattern(unit: Unit, pattern: NumberPattern, day: date) -> None:
    """Refuse a pattern whose code does not hold on `day`; one the list of codes lacks goes on."""
    check_classification(unit, pattern.classification, day, must_be_known=False, kind=pattern.kind)


def check_classification(unit: Unit, code: str, day: date, *, must_be_known: bool, kind: str = "") -> None:
    """Refuse a code that does not hold on `day`; of one `kind` of letter, its pattern is what to mend.

    Patterns from before codes were chosen from the list may carry one it lacks: they go on, unless
    `must_be_known`.
    """
    rows = list(classifications_of(unit).filter(code=code)) if code else []
    if any(row.holds_on(day) for row in rows) or not (code and (rows or must_be_known)):
        return
    if not rows:
        raise NoSuchClassification(code)
    before = [row.last_day for row in rows if row.last_day and row.last_day < day]
    about = max(before) if before else min(row.first_day for row in rows)
    repair = reverse("letters:pattern", args=[unit.slug]) + (f"?jenis={kind}" if kind else "")
    raise ClassificationNotHeld(code, about, has_ended=bool(before), repair_url=repair)
