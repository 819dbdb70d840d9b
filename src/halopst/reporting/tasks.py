from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.cases.events import CaseCancelled, CaseFinished, CaseMessageAdded, CaseOpened, CaseReopened
from halopst.core.events import on, task
from halopst.reporting import services
from halopst.satisfaction.events import RatingGiven


@on(CaseOpened)
def count_opened(*, case_id: int) -> None:
    services.summarise_case(case_id)


@on(CaseMessageAdded)
def count_reply(*, case_id: int, message_id: int, by_visitor: bool) -> None:  # noqa: ARG001  # the case knows its times
    if not by_visitor:
        services.summarise_case(case_id)


@on(CaseFinished)
def count_finished(*, case_id: int, officer_id: int | None) -> None:  # noqa: ARG001  # counted per office
    services.summarise_case(case_id)


@on(CaseReopened)
def count_reopened(*, case_id: int) -> None:
    services.summarise_case(case_id)


@on(CaseCancelled)
def count_cancelled(*, case_id: int) -> None:
    services.summarise_case(case_id)


@on(RatingGiven)
def count_rating(*, rating_id: int, officer_id: int, unit_id: int) -> None:  # noqa: ARG001  # counted per office
    services.summarise_rating(rating_id)


@app.periodic(cron="25 19 * * *")
@task(queueing_lock="recount-yesterday")
def recount_yesterday(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    today = timezone.now().date()
    services.summarise_days([today - timedelta(days=1), today])
