from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from halopst.audit.services import record
from halopst.cases import notices
from halopst.cases.events import CaseMessageAdded
from halopst.cases.models import Case, CasePause, Message
from halopst.cases.rules import State, Verb
from halopst.cases.services.attaching import Upload, attach
from halopst.cases.services.checking import check_reply
from halopst.cases.services.moves import say, take
from halopst.cases.services.texts import clean_body, clean_message
from halopst.core.actors import Actor
from halopst.core.events import publish


@transaction.atomic
def reply(  # a reply has this many parts, all named
    actor: Actor,
    case: Case,
    *,
    body: str,
    files: Sequence[Upload] = (),
    channel: str = "",
    expected_version: int | None = None,
    now: datetime,
) -> Message:
    """Write in the conversation, as the visitor or for the office.

    A visitor's reply ends a wait and reopens a case closed for silence. An officer who gives the version
    they had read is refused with CaseMoved when someone else was first.
    """
    text = clean_body(body) if files else clean_message(body)
    by_visitor = actor.user_id == case.visitor_id
    verb = Verb.WRITE_BACK if by_visitor else Verb.RESPOND
    case = take(actor, case, verb, now=now, expected_version=None if by_visitor else expected_version)
    if not by_visitor:
        check_reply(actor, case, text, now=now)
    message = say(actor, case, sender=_sender(actor, case), body=text, channel=channel, now=now)
    for file in files:
        attach(actor, case, file=file, message=message, now=now)
    _after(actor, case, message, by_visitor=by_visitor, now=now)
    return message


@transaction.atomic
def ask_visitor(
    actor: Actor,
    case: Case,
    *,
    body: str,
    files: Sequence[Upload] = (),
    expected_version: int | None = None,
    now: datetime,
) -> Message:
    """Ask the visitor something without which the work cannot go on: the clock pauses until they answer."""
    text = clean_message(body)
    case = take(actor, case, Verb.ASK, now=now, expected_version=expected_version)
    check_reply(actor, case, text, now=now)
    message = say(actor, case, sender=_sender(actor, case), verb=Verb.ASK, body=text, now=now)
    for file in files:
        attach(actor, case, file=file, message=message, now=now)
    _after(actor, case, message, by_visitor=False, now=now)
    return message


@transaction.atomic
def resume(actor: Actor, case: Case, *, expected_version: int | None = None, now: datetime) -> Case:
    """Let the clock run again, for instance when the visitor answered by telephone."""
    case = take(actor, case, Verb.RESUME, now=now, expected_version=expected_version)
    say(actor, case, verb=Verb.RESUME, now=now)
    record(actor, "case.resumed", case)
    return case


@transaction.atomic
def note(actor: Actor, case: Case, *, body: str, now: datetime) -> Message:
    """Add a line of the system's: something happened that both sides should read, and nothing moved."""
    return say(actor, case, verb="note", body=clean_message(body), now=now)


def _sender(actor: Actor, case: Case) -> Message.Sender:
    if actor.user_id is None:
        return Message.Sender.SYSTEM
    return Message.Sender.VISITOR if actor.user_id == case.visitor_id else Message.Sender.OFFICER


def _after(actor: Actor, case: Case, message: Message, *, by_visitor: bool, now: datetime) -> None:
    if case.state == State.WAITING:
        case.pauses.filter(ends_at=None, reason=CasePause.Reason.WAITING).update(asked_at=now, warned_at=None)
    record(actor, "case.replied", case, message=message.pk, by_visitor=by_visitor)
    publish(CaseMessageAdded(case_id=case.pk, message_id=message.pk, by_visitor=by_visitor))
    notices.tell_of_message(case, message, now=now)
