from datetime import date

from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.calendars.events import CalendarChanged
from halopst.cases.events import LinkAsked
from halopst.cases.services import follow_up_silence, recompute_deadlines, send_link, watch_deadlines
from halopst.core.events import on, task


@app.periodic(cron="*/5 * * * *")
@task(queueing_lock="watch-deadlines")
def watch_case_deadlines(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    watch_deadlines(now=timezone.now())


@app.periodic(cron="11 * * * *")
@task(queueing_lock="follow-up-silence")
def follow_up_silent_visitors(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    follow_up_silence(now=timezone.now())


@on(CalendarChanged)
def reckon_deadlines_anew(unit_id: int | None, first: str, last: str) -> None:
    recompute_deadlines(
        unit_id=unit_id,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        now=timezone.now(),
    )


@on(LinkAsked)
def send_asked_link(number: str, email: str) -> None:
    send_link(number=number, email=email, now=timezone.now())
