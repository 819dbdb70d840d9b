"""A worker killed in the middle of a job leaves it to the next one."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from halopst.core.events import publish
from halopst.core.tasks import resume_stalled_jobs
from tests.core.test_events import KettleBoiled

pytestmark = pytest.mark.django_db(transaction=True)


class Context:
    app = app


async def resume():
    await resume_stalled_jobs(Context(), 0)
    # The queue was asked on a thread of its own, whose connection would outlive the test.
    await sync_to_async(connections.close_all)()


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

    asyncio.run(resume())

    assert status() == then
