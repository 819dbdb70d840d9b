"""What time and other domains set in motion. Every job may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.cases.events import CaseCancelled, CaseClosedSilent, CaseFinished
from halopst.consultations import services
from halopst.consultations.models import Consultation
from halopst.core.events import on, task


@app.periodic(cron="*/5 * * * *")
@task(queueing_lock="consultations-remind")
def remind(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.remind(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@task(queueing_lock="consultations-press")
def press_for_answers(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.press_for_answers(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@task(queueing_lock="consultations-close")
def close_what_passed(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.close_what_passed(now=timezone.now())


@app.periodic(cron="41 2 * * *")
@task(queueing_lock="consultations-forget")
def forget_old_drafts(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    services.forget_old_drafts(now=timezone.now())


@on(CaseCancelled)
def follow_cancelled_case(*, case_id: int) -> None:
    _follow(case_id)


@on(CaseClosedSilent)
def follow_silent_case(*, case_id: int) -> None:
    _follow(case_id)


@on(CaseFinished)
def follow_finished_case(*, case_id: int, officer_id: int | None) -> None:  # noqa: ARG001  # the event says who
    _follow(case_id)


def _follow(case_id: int) -> None:
    for row in Consultation.objects.filter(case=case_id):
        services.follow_case(row, now=timezone.now())
