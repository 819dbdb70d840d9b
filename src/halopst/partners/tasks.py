"""What the worker does for the register."""

from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.core.events import on, task
from halopst.partners import services
from halopst.partners.events import ImportAsked


@on(ImportAsked)
def carry_on_import(run_id: int) -> None:
    services.carry_on(run_id, now=timezone.now())


@app.periodic(cron="41 3 * * *")
@task(queueing_lock="forget-import-files")
def forget_import_files(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.forget_files(now=timezone.now())
