"""kill -9 while fetching: the next worker goes on from the step at hand, and nothing comes twice."""

from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from halopst.core.actors import Actor
from halopst.core.tasks import resume_stalled_jobs
from halopst.knowledge.models import Indicator, Sync
from halopst.knowledge.services import syncing
from halopst.knowledge.services.cell_references import add_regions_of_units
from halopst.knowledge.services.webapi_access import set_access
from tests.knowledge.webapi_server import KEY, variable
from tests.notifications.workers import eventually, worker
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_killed_worker_costs_one_request_and_nothing_else(server, site):
    unit = UnitFactory(code="3578", region="Kota Surabaya")
    add_regions_of_units()
    reached, released = Event(), Event()
    site.add("3578", "var", *(variable(number, f"Tabel {number}") for number in range(1, 36)))

    def gate(path):
        if "page/3/" in path and not released.is_set():
            reached.set()
            released.wait(180)

    site.gate = gate
    keeper = Actor(grants={name: {unit.pk} for name in ("knowledge.data", "knowledge.configure")})
    now = timezone.now()
    set_access(keeper, unit=unit, address=server.address, key=KEY, per_second=10, is_on=True, now=now)
    sync = syncing.start_sync(keeper, unit=unit, kind=Sync.Kind.VARIABLES, now=now)

    with worker(queue="webapi") as process:
        assert reached.wait(180)
        process.kill()
        process.wait()
    released.set()
    sync.refresh_from_db()
    assert (sync.state, sync.seen, Indicator.objects.count()) == ("running", 20, 20)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    resume_stalled_jobs(timestamp=0)
    with worker(queue="webapi"):
        eventually(lambda: Sync.objects.get(pk=sync.pk).state != "running")

    sync.refresh_from_db()
    assert (sync.state, sync.seen, sync.added) == ("resting", 35, 35)
    assert Indicator.objects.count() == 35
    assert [path.split("/page/")[1][0] for path in site.asked if "/model/var/" in path] == list("12334")
