"""Who signs for an office: appointed, put right, ended on a day; letters made before stay as they are."""

from datetime import date, datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import in_turn, refuse_on
from halopst.core.editing import must_be_as_seen
from halopst.core.validity import period_of
from halopst.letters.models import Signatory
from halopst.letters.services.authority import must_manage
from halopst.letters.services.refusals import BasisMissing, PeriodBackwards, SignatoryOverlaps
from halopst.units.models import Unit


@transaction.atomic
def appoint(
    actor: Actor, *, unit: Unit, first_day: date, last_day: date | None = None, **values: str | bool
) -> Signatory:
    """`values` are role, name, nip, title, is_acting and basis; no `last_day` means until further notice."""
    must_manage(actor, unit.pk)
    if last_day is not None and last_day < first_day:
        raise PeriodBackwards
    in_turn(f"letters.signatory:{unit.pk}")
    row = Signatory(unit=unit, period=period_of(first_day, last_day), **values)
    with (
        refuse_on("one_signatory_per_role_at_a_time", SignatoryOverlaps),
        refuse_on("a_signatory_names_its_basis", BasisMissing),
    ):
        row.save()
    record(actor, "letters.signatory-appointed", row, role=row.role)
    return row


@transaction.atomic
def correct_signatory(
    actor: Actor, signatory: Signatory, *, version: datetime | None = None, **values: str | bool
) -> Signatory:
    """What was typed wrongly of name, nip, title, is_acting or basis, for the letters made from now on.

    With `version`, only where the row is as when it was read.
    """
    must_manage(actor, signatory.unit_id)
    row = Signatory.objects.locked(signatory.pk)
    must_be_as_seen(row, version)
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    with refuse_on("a_signatory_names_its_basis", BasisMissing):
        row.save()
    record(actor, "letters.signatory-corrected", row, role=row.role, fields=changed)
    return row


@transaction.atomic
def end_signatory(
    actor: Actor, signatory: Signatory, *, last_day: date, version: datetime | None = None
) -> Signatory:
    """The person signs until `last_day`, included; with `version`, only where the row is as it was read."""
    must_manage(actor, signatory.unit_id)
    in_turn(f"letters.signatory:{signatory.unit_id}")
    row = Signatory.objects.locked(signatory.pk)
    must_be_as_seen(row, version)
    if last_day < row.first_day:
        raise PeriodBackwards
    row.period = period_of(row.first_day, last_day)
    with refuse_on("one_signatory_per_role_at_a_time", SignatoryOverlaps):
        row.save()
    record(actor, "letters.signatory-ended", row, role=row.role, last_day=last_day.isoformat())
    return row
