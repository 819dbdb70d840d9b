from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.assistant import services
from halopst.cases.events import CaseMessageAdded
from halopst.core.events import on, task
from halopst.notifications.events import InboundMessage


@app.periodic(cron="17 * * * *")
@task(queueing_lock="assistant.forget")
def forget_allowances(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.forget_allowances(now=timezone.now())


@app.periodic(cron="27 * * * *")
@task(queueing_lock="assistant.forget-conversations")
def forget_conversations(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.forget_conversations(now=timezone.now())


@app.periodic(cron="37 3 * * *")
@task(queueing_lock="assistant.forget-spending")
def forget_spending(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.forget_spending(now=timezone.now())


@on(CaseMessageAdded)
def settle_proposal(*, case_id: int, message_id: int, by_visitor: bool) -> None:  # noqa: ARG001  # the message knows its case
    if not by_visitor:
        services.settle(message_id)


@on(InboundMessage, queue="notices")
def hear(*, message_id: int) -> None:
    services.hear(message_id, now=timezone.now())
