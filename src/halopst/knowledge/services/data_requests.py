"""Requests for figures the office lacks: passed to those who keep its figures, who close each."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.core.events import publish
from halopst.knowledge import permissions
from halopst.knowledge.events import DataRequestClosed
from halopst.knowledge.models import DataRequest, Indicator, Region
from halopst.knowledge.services.authority import may, must
from halopst.units.models import Unit


class NothingWanted(Invalid):
    message = _("Tulis data apa yang dicari.")


class AlreadyClosed(Refused):
    message = _("Permintaan data ini sudah ditutup. Muat ulang halaman.")


class NotFoundYet(Refused):
    message = _(
        "Data ini belum dapat ditemukan: pertanyaannya masih belum terjawab. Masukkan dulu angkanya, atau "
        "beri indikatornya nama lain seperti sebutan penanya."
    )


Finder = Callable[[DataRequest, datetime], bool]
_finders: list[Finder] = []


def look_for_data(finder: Finder) -> None:
    """Let `finder(request, now)` say whether somebody who asks for the data would find it now."""
    _finders.append(finder)


@transaction.atomic
def ask_for_data(
    actor: Actor,
    *,
    unit: Unit,
    topic: str,
    indicator: Indicator | None = None,
    region: Region | None = None,
    period: str = "",
    now: datetime,
) -> DataRequest:
    must(may(actor, permissions.WRITE, unit))
    if actor.user_id is None:
        raise NotPermitted
    if not topic.strip():
        raise NothingWanted
    asked: DataRequest = DataRequest.objects.create(
        unit=unit,
        topic=topic.strip(),
        indicator=indicator,
        region=region,
        period=period.strip(),
        asked_by_id=actor.user_id,
        asked_at=now,
    )
    record(actor, "knowledge.data-asked", asked)
    return asked


@transaction.atomic
def close_data_request(
    actor: Actor, request: DataRequest, *, filled: bool, note: str, now: datetime, anyway: bool = False
) -> DataRequest:
    """Close the request; with `filled` the data is there.

    That is refused while nobody would find the data, unless `anyway`.
    """
    held: DataRequest = DataRequest.objects.locked(request.pk)
    must(may(actor, permissions.DATA, held.unit))
    if held.state != DataRequest.State.OPEN:
        raise AlreadyClosed
    held.state = DataRequest.State.FILLED if filled else DataRequest.State.DECLINED
    held.note, held.closed_by_id, held.closed_at = note.strip(), actor.user_id, now
    held.save()
    if filled and not anyway and not all(finder(held, now) for finder in _finders):
        raise NotFoundYet
    record(actor, "knowledge.data-request-closed", held, state=held.state)
    publish(DataRequestClosed(request_id=held.pk))
    return held
