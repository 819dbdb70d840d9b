from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.core.events import task
from halopst.notifications.channels.configured import senders
from halopst.notifications.services import delivery, reconcile, retention, webhook
from halopst.notifications.services.outbox import QUEUE

BATCH = 200


@task(queue=QUEUE)
def deliver(*, delivery_id: int) -> None:
    delivery.deliver(delivery_id, senders=senders(), clock=timezone.now)


@task(queue=QUEUE)
def catch_up() -> None:
    delivery.deliver_due(limit=BATCH, senders=senders(), clock=timezone.now)


@task(queue=QUEUE)
def process_receipt(*, receipt_id: int) -> None:
    webhook.process(receipt_id, phone_id=settings.WHATSAPP["phone_id"], now=timezone.now())


@app.periodic(cron="* * * * *")
@task(queue=QUEUE, queueing_lock="notifications.sweep")
def sweep(*, timestamp: int) -> None:  # noqa: ARG001  # procrastinate hands every periodic job its time
    reconcile.sweep(now=timezone.now())


@app.periodic(cron="37 2 * * *")
@task(queue=QUEUE, queueing_lock="notifications.forget-old")
def forget_old(*, timestamp: int) -> None:  # noqa: ARG001  # procrastinate hands every periodic job its time
    retention.forget_old(now=timezone.now())
