"""What the worker does for the register, and after a signature."""

from datetime import date, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.core.events import on, task
from halopst.letters.events import LetterSigned
from halopst.notifications.services.outbox import QUEUE
from halopst.partners import services
from halopst.partners.events import ImportAsked, OwnCodeAsked, OwnLinksAsked
from halopst.partners.services import own
from halopst.partners.services.handovers import receipting


@on(ImportAsked)
def carry_on_import(run_id: int) -> None:
    services.carry_on(run_id, now=timezone.now())


@on(LetterSigned)
def follow_signature(letter_id: int, kind: str) -> None:
    if kind in receipting.SIGNED_TOGETHER:
        receipting.bring_agreement_along(letter_id, now=timezone.now())
    own.drop_unneeded_scans(now=timezone.now(), letter=letter_id)


@app.periodic(cron="41 3 * * *")
@task(queueing_lock="forget-import-files")
def forget_import_files(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.forget_files(now=timezone.now())


@on(OwnCodeAsked, queue=QUEUE)
def send_own_code(code_id: int) -> None:
    own.send_code(code_id, now=timezone.now())


@on(OwnLinksAsked)
def send_own_links(unit_id: int, month: str, asked_at: str, asked_by: int) -> None:
    own.send_links_of_month(
        unit_id,
        month=date.fromisoformat(month),
        asked_at=datetime.fromisoformat(asked_at),
        asked_by=asked_by,
        now=timezone.now(),
    )


@app.periodic(cron="19 3 * * *")
@task(queueing_lock="forget-own-entries")
def forget_own_entries(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    own.forget_entries(now=timezone.now())
    own.drop_unneeded_scans(now=timezone.now())
