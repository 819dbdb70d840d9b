from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.scheduling import services


@app.periodic(cron="* * * * *")
@app.task(name="halopst.scheduling.tasks.release_lapsed_holds", queueing_lock="release_lapsed_holds")
def release_lapsed_holds(timestamp: int) -> None:  # noqa: ARG001  # the scheduler tells its own time
    services.release_lapsed(now=timezone.now())
