"""A reply that AIDA proposes; an officer reads it and changes, sends or drops it."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Proposal
from halopst.assistant.rules.learning.proposal_use import USED, is_whole, share_kept
from halopst.assistant.rules.question.understanding import LONGEST_QUESTION
from halopst.assistant.services.answering.asking import ask
from halopst.assistant.services.answering.plain_text import plain_text
from halopst.assistant.services.answering.replies import Answer
from halopst.cases.models import Case, Message
from halopst.cases.permissions import WORK
from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.knowledge.models import Document

Outcome = Proposal.Outcome


class NoLongerOpen(Refused):
    message = _("Permintaan ini sudah berakhir. Buka kembali dulu bila masih ada yang perlu dijawab.")


def propose(actor: Actor, case: Case, *, typed: str, client: str, now: datetime) -> Proposal:
    """Answer what the visitor last asked, put below what the officer has `typed`.

    In words that everybody may read. Raises NotPermitted, NoLongerOpen, AskedTooOften.
    """
    if actor.user_id is None or not actor.may(WORK, case.unit_id):
        raise NotPermitted
    if not case.is_living:
        raise NoLongerOpen
    question, answer = _answered(case, client=client, now=now)
    hints = [] if is_proposable(answer) else _for_staff(actor, case, question, client=client, now=now)
    with transaction.atomic():
        Case.objects.locked(case.pk)  # of two at once, the second replaces the proposal of the first
        _open(actor, case).update(outcome=Outcome.UNUSED)
        return Proposal.objects.create(
            case=case,
            officer_id=actor.user_id,
            question=question,
            answer=asdict(answer),
            known=is_proposable(answer),
            for_staff=hints,
            typed=typed,
            text=plain_text(asdict(answer)) if is_proposable(answer) else "",
            made_at=now,
        )


def dismiss(actor: Actor, case: Case, *, typed: str) -> None:
    """Put the proposal away; what the officer has `typed` stays."""
    for proposal in _open(actor, case):
        rest = typed.replace("\r\n", "\n").replace(proposal.text, "").strip() if proposal.text else typed
        Proposal.objects.filter(pk=proposal.pk).update(outcome=Outcome.DISMISSED, typed=rest)


def settle(message_id: int) -> None:
    """Record what became of the proposal that an officer had when they sent this message."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        return
    waiting = Proposal.objects.filter(case=message.case_id, officer=message.author_id, outcome=Outcome.OPEN)
    for proposal in waiting.filter(made_at__lte=message.sent_at):
        share = share_kept(proposal.text, message.body)
        outcome = Outcome.CHANGED if share >= USED else Outcome.UNUSED
        if proposal.text and is_whole(proposal.words, message.body):
            outcome = Outcome.KEPT
        waiting.filter(pk=proposal.pk).update(outcome=outcome, share=share, message=message)


def is_proposable(answer: Answer) -> bool:
    """Whether the answer surely says something and from where; a greeting does not."""
    return answer.settles


def _open(actor: Actor, case: Case) -> Any:
    return Proposal.objects.filter(case=case, officer=actor.user_id, outcome=Outcome.OPEN)


def _answered(case: Case, *, client: str, now: datetime) -> tuple[str, Answer]:
    """The answer to the visitor's last words, else to the subject; an unknown one when neither has one."""
    tried = [
        (question, ask(ANONYMOUS, question=question, unit=case.unit, client=client, now=now))
        for question in _questions(case)
    ]
    return next((pair for pair in tried if is_proposable(pair[1])), tried[0])


def _questions(case: Case) -> Iterator[str]:
    said = case.messages.filter(sender=Message.Sender.VISITOR).exclude(body="").order_by("-sent_at", "-pk")
    yield from dict.fromkeys(
        [body[:LONGEST_QUESTION] for body in said.values_list("body", flat=True)[:1]] + [case.subject]
    )


def _for_staff(
    actor: Actor, case: Case, question: str, *, client: str, now: datetime
) -> list[dict[str, Any]]:
    """What a text for officers says to the question: shown beside the reply, never put into it."""
    answer = ask(actor, question=question, unit=case.unit, client=client, now=now)
    if not is_proposable(answer):
        return []
    texts = Document.objects.visible_to(actor).filter(audience=Document.Audience.STAFF)
    held = set(
        texts.filter(external_id__in=[one.external_id for one in answer.citations]).values_list(
            "source", "external_id"
        )
    )
    return [asdict(one) for one in answer.citations if (one.source, one.external_id) in held]
