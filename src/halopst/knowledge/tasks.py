"""What the worker does for figures, and for texts whose review date passes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.core.events import task
from halopst.knowledge.services import review_reminders, syncing


@task(queue=syncing.QUEUE, lock="webapi")
def carry_on_sync(sync_id: int) -> None:
    """One at a time in the whole installation: the WebAPI is one server for all offices."""
    syncing.carry_on(sync_id, clock=timezone.now)


@app.periodic(cron="*/10 * * * *")
@task(queueing_lock="start-due-syncs")
def start_due_syncs(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    syncing.start_due(now=timezone.now())


@app.periodic(cron="20 0 * * *")
@task(queueing_lock="remind-of-reviews")
def remind_of_reviews(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    review_reminders.remind_of_reviews(now=timezone.now())
