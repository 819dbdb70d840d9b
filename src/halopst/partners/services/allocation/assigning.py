"""Volumes: typed, pasted, undone. One way in for all of them, decided under lock, written at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.partners import permissions
from halopst.partners.models import ActivityDuty, Assignment, Change, Registration
from halopst.partners.queries.allocation.changes import to_redo, to_undo
from halopst.partners.queries.months import Key
from halopst.partners.queries.planning.duties import held_in, priced_for
from halopst.partners.rules.money import first_of, months_of, unassigned
from halopst.partners.rules.volumes import MOST_VOLUME
from halopst.partners.services.allocation.writing import keep_excess, the_database_agrees, write
from halopst.partners.services.allocation_refusals import (
    REASONS,
    BadVolume,
    CannotRedo,
    CannotUndo,
    NoSuchCell,
    NothingToRedo,
    NothingToUndo,
    SharesDoNotAddUp,
    TooManyCells,
)
from halopst.partners.services.authority import must_be_as_seen
from halopst.partners.services.ledger import Entry, Ledger, Trial, open_ledger
from halopst.units.models import Unit

MOST_CELLS = 5000


@dataclass(frozen=True, slots=True)
class Cell:
    """One volume of the grid; `before` is what the person saw there, None when they did not look."""

    registration: int
    duty: int
    volume: int
    before: int | None = None

    @property
    def key(self) -> Key:
        return self.registration, self.duty


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was saved, and why the rest was not. `change` is what `undo` takes back; None without one."""

    change: Change | None
    saved: Sequence[Cell]
    refused: Mapping[Cell, Trial]


def set_volume(  # one cell, and who and when
    actor: Actor,
    *,
    registration: Registration,
    duty: ActivityDuty,
    volume: int,
    now: datetime,
    month: date | None = None,
    before: int | None = None,
) -> Assignment | None:
    """Give one mitra this much of one duty, or nothing with 0; raises one of the `NotAccepted` refusals.

    What the cap or the budget refuses stays on the grid as an excess that counts for nothing.
    """
    month = first_of(month or duty.activity.within(registration.year)[0])
    cell = Cell(registration.pk, duty.pk, volume, before)
    outcome = set_volumes(actor, unit=registration.unit, month=month, cells=[cell], now=now)
    for trial in outcome.refused.values():
        raise REASONS[trial.reason](decision=trial.decision)
    return Assignment.objects.filter(registration=registration, duty=duty).first()


@transaction.atomic
def set_volumes(actor: Actor, *, unit: Unit, month: date, cells: Sequence[Cell], now: datetime) -> Outcome:
    """Save every cell that may stand and say of each other why not; what shrinks is tried first."""
    if not actor.may(permissions.ALLOCATE, unit.pk):
        raise NotPermitted
    month = first_of(month)
    registrations, duties = _named(unit, month, cells)
    ledger = open_ledger(unit.pk, list(registrations.values()), list(duties.values()), month)
    refused = _enter(ledger, registrations, duties, cells)
    entries = [entry for entry in ledger.entries.values() if entry.volume != entry.before]
    keep_excess(actor, [(cell, trial.reason) for cell, trial in refused.items()], settled=ledger.entries)
    change = _change(actor, unit, month, entries, now=now)
    saved = [cell for cell in cells if cell not in refused]
    return Outcome(change, saved, refused)


@transaction.atomic
def set_shares(
    actor: Actor,
    *,
    assignment: Assignment,
    shares: Mapping[date, int],
    now: datetime,
    version: datetime | None = None,
) -> Assignment:
    """Divide an assignment's honor over its months as agreed, where it is still as in `version`.

    Divided as it is already, it changes nothing: what was approved stays approved.
    """
    registration, duty = _loaded(assignment)
    if not actor.may(permissions.ALLOCATE, registration.unit_id):
        raise NotPermitted
    known = set(months_of(*duty.activity.within(registration.year)))
    if not set(shares) <= known or min(shares.values(), default=0) < 0:
        raise SharesDoNotAddUp
    ledger = open_ledger(registration.unit_id, [registration], [duty], min(known))
    row = ledger.rows[registration.pk, duty.pk]
    must_be_as_seen(row, version)
    if left := unassigned(row.value, shares):
        raise SharesDoNotAddUp(left)
    if _is_divided_so(row, shares):
        return row
    _must_fit(ledger, ledger.enter_shares(registration, duty, row.volume, shares))
    with the_database_agrees():
        write(actor, ledger.entries.values(), prices={(registration.pk, duty.pk): row.price}, now=now)
    months = {f"{month:%Y-%m}": amount for month, amount in shares.items()}
    record(actor, "partners.shares-set", row, unit_id=registration.unit_id, shares=months)
    row.refresh_from_db()
    return row


def _must_fit(ledger: Ledger, trial: Trial) -> None:
    for decision in ledger.settle().values():
        trial = Trial(str(decision.verdict), decision)
    if trial.reason:
        raise REASONS[trial.reason](decision=trial.decision)


def _is_divided_so(row: Assignment, shares: Mapping[date, int]) -> bool:
    return dict(row.shares.values_list("month", "amount")) == {at: n for at, n in shares.items() if n}


@transaction.atomic
def undo(actor: Actor, *, unit: Unit, month: date, now: datetime) -> Change:
    """Take back the actor's last change of this sheet, all of it or nothing."""
    change = _newest(actor, unit, to_undo(actor, unit, first_of(month)), NothingToUndo)
    cells = [Cell(who, what, before, before=after) for who, what, before, after in change.cells]
    _step(actor, change, cells, CannotUndo, now=now)
    return _marked(actor, change, "partners.volumes-undone", undone_at=now)


@transaction.atomic
def redo(actor: Actor, *, unit: Unit, month: date, now: datetime) -> Change:
    """Set again what the actor took back last, all of it or nothing; gone once they change something else."""
    change = _newest(actor, unit, to_redo(actor, unit, first_of(month)), NothingToRedo)
    cells = [Cell(who, what, after, before=before) for who, what, before, after in change.cells]
    _step(actor, change, cells, CannotRedo, now=now)
    return _marked(actor, change, "partners.volumes-redone", undone_at=None)


def _newest(actor: Actor, unit: Unit, changes: QuerySet[Change], nothing: type[Refused]) -> Change:
    """The first of these changes, locked; raises the refusal if there is none."""
    if not actor.may(permissions.ALLOCATE, unit.pk):
        raise NotPermitted
    change = changes.select_for_update(of=("self",)).first()
    if change is None:
        raise nothing
    return change


def _marked(actor: Actor, change: Change, action: str, *, undone_at: datetime | None) -> Change:
    change.undone_at = undone_at
    change.save(update_fields=["undone_at", "updated_at"])
    record(actor, action, change, unit_id=change.unit_id, cells=change.cells)
    return change


def _step(
    actor: Actor, change: Change, cells: Sequence[Cell], refusal: type[CannotUndo], *, now: datetime
) -> None:
    """Set every cell of the change as asked, or refuse with the first reason why not."""
    registrations, duties = _named(change.unit, change.month, cells)
    ledger = open_ledger(change.unit_id, list(registrations.values()), list(duties.values()), change.month)
    for cell, trial in _enter(ledger, registrations, duties, cells).items():
        who, what = registrations[cell.registration], duties[cell.duty]
        raise refusal(trial.reason, mitra=who.person.name, activity=what.activity.short_name)
    keep_excess(actor, [], settled=ledger.entries)
    with the_database_agrees():
        write(actor, ledger.entries.values(), now=now)


def _loaded(assignment: Assignment) -> tuple[Registration, ActivityDuty]:
    row = Assignment.objects.select_related("registration", "duty__activity__unit", "duty__unit_price").get(
        pk=assignment.pk
    )
    return row.registration, row.duty


def _named(
    unit: Unit, month: date, cells: Sequence[Cell]
) -> tuple[dict[int, Registration], dict[int, ActivityDuty]]:
    """The mitra of that year and the duties of that month which the cells name; all must be the office's."""
    if len(cells) > MOST_CELLS:
        raise TooManyCells
    if any(not 0 <= cell.volume <= MOST_VOLUME for cell in cells):
        raise BadVolume
    wanted = {cell.registration for cell in cells}
    people = Registration.objects.filter(unit=unit, year=month.year, pk__in=wanted)
    tasks = ActivityDuty.objects.filter(held_in(month), priced_for(month.year), activity__unit=unit)
    tasks = tasks.filter(pk__in={cell.duty for cell in cells}).select_related("activity__unit", "unit_price")
    registrations, duties = {row.pk: row for row in people}, {row.pk: row for row in tasks}
    if any(cell.registration not in registrations or cell.duty not in duties for cell in cells):
        raise NoSuchCell
    return registrations, duties


def _enter(
    ledger: Ledger,
    registrations: Mapping[int, Registration],
    duties: Mapping[int, ActivityDuty],
    cells: Sequence[Cell],
) -> dict[Cell, Trial]:
    """Enter the cells in the ledger; gives those that may not stand, and why."""
    refused = {}
    for cell in sorted(cells, key=lambda cell: cell.volume > ledger.volume(cell.key)):
        if cell.before is not None and cell.before != ledger.volume(cell.key):
            refused[cell] = Trial("changed")
            continue
        trial = ledger.enter(registrations[cell.registration], duties[cell.duty], cell.volume)
        if trial.reason:
            refused[cell] = trial
    failing = ledger.settle()
    for cell in cells:
        if cell.registration in failing and cell not in refused:
            decision = failing[cell.registration]
            refused[cell] = Trial(str(decision.verdict), decision)
    return refused


def _change(
    actor: Actor, unit: Unit, month: date, entries: Sequence[Entry], *, now: datetime
) -> Change | None:
    if not entries:
        return None
    with the_database_agrees():
        write(actor, entries, now=now)
    cells = [[e.registration.pk, e.duty.pk, e.before, e.volume] for e in entries]
    change = Change.objects.create(unit=unit, month=month, made_by_id=actor.user_id, made_at=now, cells=cells)
    record(actor, "partners.volumes-set", change, unit_id=unit.pk, month=f"{month:%Y-%m}", cells=cells)
    return change
