from datetime import datetime

from django.db import transaction

from halopst.accounts.models import User
from halopst.audit.services import record
from halopst.cases import notices
from halopst.cases.events import CaseCancelled, CaseFinished, CaseReopened
from halopst.cases.models import Case
from halopst.cases.models.case import LIVING
from halopst.cases.queries import works_at
from halopst.cases.rules import Verb
from halopst.cases.services.moves import say, take, tell_pages
from halopst.cases.services.refusals import NotAnOfficerHere
from halopst.cases.services.texts import clean_body, clean_message
from halopst.core.actors import Actor
from halopst.core.events import publish


@transaction.atomic
def complete_case(actor: Actor, case: Case, *, now: datetime) -> Case:
    """The request is clear and complete: from now the promise counts."""
    case = take(actor, case, Verb.COMPLETE, now=now)
    say(actor, case, verb=Verb.COMPLETE, now=now)
    record(actor, "case.completed", case)
    return case


@transaction.atomic
def assign(
    actor: Actor, case: Case, *, officer: User, expected_version: int | None = None, now: datetime
) -> Case:
    """Give the case to `officer`; an officer may take it themself or pass it on."""
    if not works_at(officer, case.unit):
        raise NotAnOfficerHere
    case = take(actor, case, Verb.ASSIGN, now=now, expected_version=expected_version)
    if case.officer_id == officer.pk:
        return case
    before, case.officer = case.officer_id, officer
    case.save(update_fields=["officer", "updated_at"])
    say(actor, case, verb=Verb.ASSIGN, body=str(officer), now=now)
    record(actor, "case.assigned", case, officer=officer.pk, before=before)
    if officer.pk != actor.user_id:
        notices.tell_of_assignment(case, officer, now=now)
    return case


def mark_first_reply(case: Case, now: datetime) -> None:
    """The office has answered in another way than a message, for instance by approving a time."""
    if Case.objects.filter(LIVING, pk=case.pk, first_reply_at=None).update(first_reply_at=now):
        case.first_reply_at = now
        tell_pages(case)


@transaction.atomic
def finish(  # an end has this many parts, all named
    actor: Actor,
    case: Case,
    *,
    result: str,
    summary: str,
    expected_version: int | None = None,
    now: datetime,
) -> Case:
    """End the case with what came of it (`Case.Result`) and a summary for the visitor."""
    text = clean_message(summary)
    case = take(actor, case, Verb.FINISH, now=now, expected_version=expected_version)
    case.result = Case.Result(result)
    if case.first_reply_at is None:
        case.first_reply_at = now
    case.save(update_fields=["result", "first_reply_at", "updated_at"])
    line = say(actor, case, verb=Verb.FINISH, body=text, now=now)
    record(actor, "case.finished", case, result=result)
    publish(CaseFinished(case_id=case.pk, officer_id=case.officer_id or actor.user_id))
    notices.tell_of_end(case, line, now=now)
    return case


@transaction.atomic
def cancel(
    actor: Actor, case: Case, *, reason: str, expected_version: int | None = None, now: datetime
) -> Case:
    """Withdraw the request; `reason` may be empty."""
    case = take(actor, case, Verb.CANCEL, now=now, expected_version=expected_version)
    say(actor, case, verb=Verb.CANCEL, body=clean_body(reason), now=now)
    record(actor, "case.cancelled", case)
    publish(CaseCancelled(case_id=case.pk))
    return case


@transaction.atomic
def reopen(
    actor: Actor, case: Case, *, reason: str, expected_version: int | None = None, now: datetime
) -> Case:
    """Go on with a case that had ended; the time in between does not count against the promise."""
    text = clean_message(reason)
    case = take(actor, case, Verb.REOPEN, now=now, expected_version=expected_version)
    case.result = ""
    case.save(update_fields=["result", "updated_at"])
    say(actor, case, verb=Verb.REOPEN, body=text, now=now)
    record(actor, "case.reopened", case)
    publish(CaseReopened(case_id=case.pk))
    return case
