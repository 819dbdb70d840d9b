from procrastinate.contrib.django import app

from halopst.audit import services
from halopst.core.events import task


@app.periodic(cron="* * * * *")
@task(queueing_lock="audit.link-new")
def link_new(*, timestamp: int) -> None:  # noqa: ARG001  # procrastinate hands every periodic job its time
    services.link_new()
