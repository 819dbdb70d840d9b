"""A worker killed in the middle of a job leaves it to the next one."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from halopst.core.events import publish
from halopst.core.tasks import resume_stalled_jobs
from tests.core.test_events import KettleBoiled

pytestmark = pytest.mark.django_db(transaction=True)


def status():
    return ProcrastinateJob.objects.values_list("status", flat=True).get()


def begin(heartbeat):
    """A worker that took the waiting job, last heard of `heartbeat` ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
            [heartbeat],
        )
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", cursor.fetchone())


@pytest.mark.parametrize(("heartbeat", "then"), [("5 minutes", "todo"), ("1 second", "doing")])
def test_only_a_silent_workers_job_is_begun_again(heartbeat, then):
    publish(KettleBoiled(cup_id=3))
    begin(heartbeat)

    resume_stalled_jobs(0)

    assert status() == then
