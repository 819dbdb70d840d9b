from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.accounts import services
from halopst.core.events import task


@app.periodic(cron="7 3 * * *")
@task(queueing_lock="forget-old-codes")
def forget_old_codes(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.forget_old_codes(now=timezone.now())
