from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.core.events import task
from halopst.core.idempotency import forget_old_keys as forget


@app.periodic(cron="17 2 * * *")
@task(queueing_lock="forget-old-keys")
def forget_old_keys(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    forget(now=timezone.now())
