"""What the worker does for AIDA: forget, gather and try questions, hear WhatsApp messages, evaluate."""

from django.utils import timezone
from procrastinate.contrib.django import app

from halopst.assistant import services
from halopst.assistant.events import EvaluationAsked
from halopst.assistant.services.evaluation import evaluating
from halopst.cases.events import CaseMessageAdded
from halopst.core.events import on, task
from halopst.knowledge.events import DataRequestClosed, DocumentPublished, SynonymApproved
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


@app.periodic(cron="* * * * *")
@task(queueing_lock="assistant.gather")
def gather(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """In portions, so that a worker that is killed loses little."""
    while services.gather():
        pass


@app.periodic(cron="40 19 * * *")
@task(queueing_lock="assistant.try-again")
def try_open_groups(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """At night in Indonesia, as figures that came in by day may answer what is still open."""
    services.try_open_groups(now=timezone.now())


@on(DocumentPublished)
def try_text(*, document_id: int) -> None:
    services.try_remedies(document_id=document_id, now=timezone.now())


@on(SynonymApproved)
def try_synonym(*, synonym_id: int) -> None:
    services.try_remedies(synonym_id=synonym_id, now=timezone.now())


@on(DataRequestClosed)
def try_data(*, request_id: int) -> None:
    services.try_remedies(request_id=request_id, now=timezone.now())


@on(EvaluationAsked, queue="evaluations", attempts=1)
def run_evaluation(evaluation_id: int) -> None:
    try:
        evaluating.run_evaluation(evaluation_id)
    except Exception:
        evaluating.fail_evaluation(evaluation_id)
        raise


@app.periodic(cron="43 18 * * 0")
@task(queueing_lock="assistant.evaluate")
def evaluate_weekly(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Early on Monday in Jakarta, so that the chart has a point for every week."""
    evaluating.begin_weekly(now=timezone.now())
