from collections.abc import Sequence
from datetime import datetime

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from halopst.accounts.models import User
from halopst.audit.services import record
from halopst.cases import notices
from halopst.cases.events import CaseOpened
from halopst.cases.models import Case, Message
from halopst.cases.permissions import WORK
from halopst.cases.queries import works_at
from halopst.cases.services.attaching import Upload, attach
from halopst.cases.services.clocks import reckon
from halopst.cases.services.moves import tell_pages
from halopst.cases.services.numbers import next_number
from halopst.cases.services.refusals import NotAnOfficerHere, NotOfferedHere, SubjectMissing
from halopst.cases.services.texts import clean_body, clean_line, clean_message
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.events import publish
from halopst.units.models import ServiceKind, Unit
from halopst.units.queries import promise, services_of

SUBJECT_LENGTH = 200


@transaction.atomic
def open_case(  # a request has this many parts, all named
    actor: Actor,
    *,
    unit: Unit,
    kind_code: str,
    channel: str,
    visitor: User,
    subject: str,
    body: str,
    officer: User | None = None,
    complete: bool = True,
    now: datetime,
) -> Case:
    """Register a request of `visitor`: by themself, or by someone who works in `unit`.

    The clock starts at once, unless the request is not `complete` yet (see `complete_case`).
    """
    if actor.user_id != visitor.pk and not actor.may(WORK, unit.pk):
        raise NotPermitted
    if officer is not None and not works_at(officer, unit):
        raise NotAnOfficerHere
    title, text = _subject(subject), clean_body(body)
    kind = ServiceKind.objects.filter(code=kind_code, is_active=True).first()
    if kind is None:
        raise NotOfferedHere
    case = Case(unit=unit, service=kind, channel=channel, visitor=visitor, officer=officer, subject=title)
    _start(case, complete=complete, now=now)
    if text:
        _first_words(case, text, now)
    tell_pages(case)
    record(actor, "case.opened", case, service=kind.code, channel=channel)
    publish(CaseOpened(case_id=case.pk))
    return case


@transaction.atomic
def submit_request(
    actor: Actor,
    *,
    unit: Unit,
    kind_code: str,
    visitor: User,
    subject: str,
    body: str,
    files: Sequence[Upload] = (),
    channel: str = Case.Channel.WEB,
    officer: User | None = None,
    now: datetime,
) -> Case:
    """A request in the visitor's own words, with its files; they get its number, the office is told."""
    if not services_of(unit).filter(code=kind_code).exists():
        raise NotOfferedHere
    case = open_case(
        actor,
        unit=unit,
        kind_code=kind_code,
        channel=channel,
        visitor=visitor,
        subject=subject,
        body=clean_message(body),
        officer=officer,
        now=now,
    )
    for file in files:
        attach(actor, case, file=file, message=case.messages.first(), now=now)
    notices.tell_of_request(case, now=now)
    return case


def _subject(text: str) -> str:
    title = clean_line(text)
    if not title or len(title) > SUBJECT_LENGTH:
        raise SubjectMissing
    return title


def _first_words(case: Case, text: str, now: datetime) -> None:
    """What the visitor asks, in their name even when someone at the desk types it."""
    Message.objects.create(
        case=case,
        sender=Message.Sender.VISITOR,
        author=case.visitor,
        channel=case.channel,
        body=text,
        sent_at=now,
    )


def _start(case: Case, *, complete: bool, now: datetime) -> None:
    """Number it, remember the promise of today's standard, and set its deadlines."""
    today = now.astimezone(case.unit.tz).date()
    promised = promise(case.unit, case.service.code, today)
    case.submitted_at = now
    case.complete_at = now if complete else None
    case.promise_value, case.promise_unit = promised.value, promised.unit
    case.first_reply_value, case.first_reply_unit = promised.first_reply_value, promised.first_reply_unit
    case.number = next_number(case.unit, today)
    case.save()
    reckon(case, now=now)
    case.save()
    index(case)


def index(case: Case) -> None:
    """Make `case` findable by number, subject and name, by their beginnings and by their Indonesian roots."""
    words = Value(f"{case.number.replace('-', ' ')} {case.visitor} {case.subject}")
    vector = SearchVector(words, config="simple") + SearchVector(Value(case.subject), config="indonesian")
    Case.objects.filter(pk=case.pk).update(search=vector)
