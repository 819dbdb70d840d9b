"""What a job starts begins after the job has committed, whoever takes it."""

from contextlib import nullcontext

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from halopst.config import actions


def test_while_a_worker_runs_jobs_are_still_deferred_on_the_connection_that_writes(monkeypatch):
    met = []

    async def look(working):
        met.append((app.connector, working.connector, working.tasks is app.tasks))

    monkeypatch.setattr(actions, "database", nullcontext)
    monkeypatch.setattr(actions, "_work", look)
    monkeypatch.setenv("HALOPST_DB_POOL", "1")
    actions.worker()

    [(ours, workers, same_tasks)] = met
    assert isinstance(ours, DjangoConnector)
    assert not isinstance(workers, DjangoConnector)
    assert same_tasks
