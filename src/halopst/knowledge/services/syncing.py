"""The fetching of an office's data is started, scheduled and stopped; each step is one transaction.

The step of a killed worker is repeated from the position in the row. Cells stay as they are whatever happens
to a run: after a failure the last good copy is there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DataError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.knowledge import permissions
from halopst.knowledge.models import Sync
from halopst.knowledge.services import fetching
from halopst.knowledge.services.webapi_access import Access, KeyUnreadable, access_of, is_set
from halopst.knowledge.webapi.client import Pace, WebApi, WebApiError
from halopst.units.models import Unit

QUEUE = "webapi"
STEPS_AT_A_TIME = 60
STUCK_AFTER = timedelta(minutes=15)
AGAIN_AFTER = timedelta(minutes=30)
Kind, State = Sync.Kind, Sync.State
FRESH_FOR = {
    Kind.VARIABLES: timedelta(days=7),
    Kind.FIGURES: timedelta(days=1),
    Kind.INDICATORS: timedelta(hours=6),
    Kind.PUBLICATIONS: timedelta(hours=1),
    Kind.PRESS_RELEASES: timedelta(hours=1),
    Kind.NEWS: timedelta(hours=1),
    Kind.STATIC_TABLES: timedelta(days=1),
    Kind.GLOSSARY: timedelta(days=7),
}
# For each verb the states in which it is allowed, and the state it leads to.
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "start": (frozenset({State.RESTING, State.FAILED, State.STOPPED}), State.RUNNING),
    "finish": (frozenset({State.RUNNING}), State.RESTING),
    "fail": (frozenset({State.RUNNING}), State.FAILED),
    "stop": (frozenset({State.RESTING, State.RUNNING, State.FAILED}), State.STOPPED),
}


class NoAccess(Refused):
    message = _("Alamat dan kunci WebAPI belum diisi atau belum dipakai. Minta admin mengisinya dulu.")


class SyncMoved(Refused):
    message = _("Pengambilan data ini sudah berjalan atau sudah dihentikan. Muat ulang halaman.")


@transaction.atomic
def start_sync(actor: Actor, *, unit: Unit, kind: str, now: datetime) -> Sync:
    """Begin now, or continue where it was stopped."""
    if not actor.may(permissions.DATA, unit.pk):
        raise NotPermitted
    if access_of(unit) is None:
        raise NoAccess
    sync, _made = Sync.objects.get_or_create(unit=unit, kind=kind)
    sync = _begin(sync, now=now)
    record(actor, "knowledge.sync-started", sync, kind=kind)
    return sync


@transaction.atomic
def stop_sync(actor: Actor, sync: Sync, *, now: datetime) -> Sync:
    """Stop fetching until somebody starts it again; what has been fetched stays."""
    if not actor.may(permissions.DATA, sync.unit_id):
        raise NotPermitted
    sync = _moved(sync, "stop")
    sync.finished_at, sync.next_at = now, None
    sync.save()
    record(actor, "knowledge.sync-stopped", sync, kind=sync.kind)
    return sync


def start_due(*, now: datetime) -> int:
    """Begin what is due, and what a dead worker has left; returns how many."""
    due = Sync.objects.filter(state__in=[State.RESTING, State.FAILED], next_at__lte=now)
    stuck = Sync.objects.filter(state=State.RUNNING, updated_at__lt=now - STUCK_AFTER)
    begun = 0
    for sync in due.select_related("unit").order_by("next_at", "pk"):
        if is_set(sync.unit):
            with transaction.atomic():
                _begin(sync, now=now)
            begun += 1
    for sync in stuck:
        with transaction.atomic():
            sync.save(update_fields=["updated_at"])
            _ask(sync)
        begun += 1
    return begun


def carry_on(sync_id: int, *, clock: Callable[[], datetime], pace: Pace | None = None) -> None:
    """Do some steps of a run, then queue a job for the rest.

    Safe to call twice, and again after a worker has died.
    """
    sync = Sync.objects.select_related("unit").filter(pk=sync_id, state=State.RUNNING).first()
    if sync is None:
        return
    try:
        _steps(sync, _needed_access(sync.unit), clock, pace)
    except KeyUnreadable:
        _fail(sync, WebApiError("key"), now=clock())
    except WebApiError as error:
        _fail(sync, error, now=clock())
    except DataError:  # the database cannot hold what came: reported like any failure
        _fail(sync, WebApiError("malformed"), now=clock())


def _needed_access(unit: Unit) -> Access:
    access = access_of(unit)
    if access is None:
        raise WebApiError("no-access")
    return access


def _steps(sync: Sync, access: Access, clock: Callable[[], datetime], pace: Pace | None) -> None:
    api = WebApi(address=access.address, key=access.key, pace=pace or Pace(access.per_second))
    try:
        for _step in range(STEPS_AT_A_TIME):
            fetched = fetching.fetch(api, sync, now=clock())
            following = _keep(sync, fetched, now=clock())
            if following is None:
                return
            sync = following
    finally:
        api.close()
    with transaction.atomic():
        _ask(sync)


@transaction.atomic
def _keep(sync: Sync, fetched: fetching.Fetched, *, now: datetime) -> Sync | None:
    """Keep what a step brought, unless it was kept or stopped meanwhile; None when there is no next step."""
    current = Sync.objects.select_related("unit").locked(sync.pk)
    if current.state != State.RUNNING or current.position != sync.position:
        return None
    kept = fetched.keep()
    for name in ("seen", "added", "changed", "skipped"):
        setattr(current, name, getattr(current, name) + getattr(kept, name))
    current.steps_done += 1
    current.steps_in_all = max(kept.steps_in_all, current.steps_in_all)
    if kept.position is None:
        _finish(current, now=now)
        return None
    current.position = kept.position
    current.save()
    return current


def _finish(sync: Sync, *, now: datetime) -> None:
    sync.state = MOVES["finish"][1]
    sync.position = {
        "whole_at": sync.position.get("whole_at", ""),
        "last_site": sync.position.get("site", ""),
    }
    sync.finished_at = sync.last_good_at = now
    sync.next_at = now + FRESH_FOR[Kind(sync.kind)]
    sync.error = sync.error_detail = ""
    sync.save()


@transaction.atomic
def _fail(sync: Sync, error: WebApiError, *, now: datetime) -> None:
    """Note a failure; the next try continues from the same position."""
    current = Sync.objects.locked(sync.pk)
    if current.state != State.RUNNING:
        return
    current.state = MOVES["fail"][1]
    current.finished_at = now
    current.next_at = now + max(AGAIN_AFTER, timedelta(seconds=error.wait))
    current.error, current.error_detail = error.code, error.detail
    current.save()


def _begin(sync: Sync, *, now: datetime) -> Sync:
    """Begin a run, or continue one that failed or was stopped."""
    sync = _moved(sync, "start")
    if "site" not in sync.position:
        sync.steps_done = sync.steps_in_all = 0
        sync.seen = sync.added = sync.changed = sync.skipped = 0
        sync.started_at = now
    sync.next_at = None
    sync.save()
    _ask(sync)
    return sync


def _moved(sync: Sync, verb: str) -> Sync:
    sync = Sync.objects.locked(sync.pk)
    allowed, after = MOVES[verb]
    if sync.state not in allowed:
        raise SyncMoved
    sync.state = after
    return sync


def _ask(sync: Sync) -> None:
    app.configure_task("halopst.knowledge.tasks.carry_on_sync", queue=QUEUE).defer(sync_id=sync.pk)
