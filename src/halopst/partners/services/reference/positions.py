"""Positions begin and end; which of them may be given to whom on a day is asked here."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import in_turn
from halopst.core.errors import Invalid, Refused
from halopst.core.formats import language, medium_date
from halopst.core.validity import period_of
from halopst.partners import permissions
from halopst.partners.models import ActivityKind, Position
from halopst.partners.queries.reference.positions import known_positions
from halopst.partners.services.authority import must
from halopst.units.models import Unit


class NoSuchPosition(Invalid):
    message = _("Jabatan itu tidak ada di acuan satker ini. Pilih dari daftar, atau tambahkan dulu di Acuan.")


class PositionNotHeld(Refused):
    message = _("Jabatan %(name)s tidak berlaku pada %(day)s. Pilih jabatan lain, atau tambahkan di Acuan.")
    ended = _(
        "Jabatan %(name)s berakhir pada %(day)s, jadi tidak dapat ditugaskan lagi. "
        "Pilih jabatan lain; penugasan yang sudah ada tetap."
    )

    def __init__(self, position: Position, day: date) -> None:
        last = position.last_day
        said, about = (self.ended, last) if last and last < day else (self.message, day)
        super().__init__(str(said) % {"name": position.title, "day": medium_date(about, lang=language())})


class PositionForOtherWork(Refused):
    message = _("Jabatan %(name)s tidak untuk %(kind)s. Pilih jabatan lain, atau ubah jenis kegiatannya.")

    def __init__(self, position: Position, kind: str) -> None:
        said = {"name": position.title, "kind": ActivityKind(kind).label.lower()}
        super().__init__(str(self.message) % said)


class CapOfAnother(Refused):
    message = _("Honor jabatan %(name)s dibatasi bersama %(other)s. Isi batas untuk jabatan itu.")

    def __init__(self, position: Position, other: Position) -> None:
        super().__init__(str(self.message) % {"name": position.title, "other": other.title})


class PositionEnded(Refused):
    message = _("Jabatan ini sudah punya hari terakhir. Tambahkan baris baru untuk masa berikutnya.")


class EndsBeforeItHeld(Invalid):
    message = _("Hari terakhir tidak boleh sebelum jabatan itu mulai berlaku.")


def position_for(unit: Unit, code: str, *, day: date, kind: str) -> Position:
    """The row of this code, the nearest office's first, that holds on `day` for work of this kind."""
    rows = [row for row in known_positions(unit) if row.code == code]
    if not rows:
        raise NoSuchPosition
    held = next((row for row in rows if row.holds_on(day)), None)
    if held is None:
        raise PositionNotHeld(rows[0], day)
    if kind not in held.kinds:
        raise PositionForOtherWork(held, kind)
    return held


def position_to_cap(unit: Unit, code: str, *, day: date, kind: str) -> Position:
    """As `position_for`, for a cap: the position must not be counted under another."""
    found = position_for(unit, code, day=day, kind=kind)
    if found.counts_as is not None:
        raise CapOfAnother(found, found.counts_as)
    return found


@transaction.atomic
def end_position(actor: Actor, position: Position, *, last_day: date, basis: str) -> Position:
    """End a position after `last_day`; what was assigned or capped under it stays."""
    must(actor, permissions.CONFIGURE, position.unit_id)
    in_turn(f"partners.position:{position.unit_id}:{position.code}")
    position = Position.objects.locked(position.pk)
    if position.last_day is not None:
        raise PositionEnded
    if last_day < position.first_day:
        raise EndsBeforeItHeld
    position.period = period_of(position.first_day, last_day)
    position.save(update_fields=["period", "updated_at"])
    record(actor, "partners.position-ended", position, last_day=str(last_day), basis=basis)
    return position
