from asgiref.sync import async_to_sync
from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.core.events import task
from halopst.core.idempotency import forget_old_keys as forget
from halopst.core.live import forget_old_events


@app.periodic(cron="17 2 * * *")
@task(queueing_lock="forget-old-keys")
def forget_old_keys(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    forget(now=timezone.now())


@app.periodic(cron="27 * * * *")
@task(queueing_lock="forget-old-live-events")
def forget_old_live_events(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    forget_old_events(now=timezone.now())


@app.periodic(cron="* * * * *")
@task(queueing_lock="resume-stalled-jobs")
def resume_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Begin again what a killed worker left half done; every job can run twice."""
    manager = app.job_manager
    for job in async_to_sync(manager.get_stalled_jobs)():
        async_to_sync(manager.retry_job)(job)
