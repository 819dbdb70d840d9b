"""The question and answer of a finished request made public: rewritten by an officer, then approved."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import PublicAnswer
from halopst.assistant.rules.privacy.asker_traces import borrowed, name_in
from halopst.assistant.rules.privacy.masking import contacts_masked, masked
from halopst.audit.services import record
from halopst.cases.models import Case, Message
from halopst.cases.permissions import WORK
from halopst.cases.rules import State
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.knowledge.models import Document
from halopst.knowledge.services import Content, write


class NotFinished(Refused):
    message = _("Hanya permintaan yang sudah selesai yang dapat dijadikan jawaban umum.")


class AlreadyPublic(Refused):
    message = _("Permintaan ini sudah mempunyai jawaban umum. Ubah tulisannya di Pengetahuan.")


class VisitorsWords(Invalid):
    def __init__(self, words: str) -> None:
        super().__init__(_("Tulis dengan kata-kata Anda sendiri; ini kata-kata pemohon: “%s”.") % words[:120])


class NamesVisitor(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(_("Nama pemohon masih tertulis: %s. Hapus dulu.") % name)


@transaction.atomic
def draft_public_answer(
    actor: Actor, case: Case, *, question: str, answer: str, now: datetime
) -> PublicAnswer:
    """A draft among the office's texts; whoever may publish texts reads it and dates its review.

    Numbers and addresses of persons are masked. A name that the officer has read, such as that of a hospital,
    may stay. Raises NotPermitted, NotFinished, AlreadyPublic, VisitorsWords, NamesVisitor.
    """
    if actor.user_id is None or not actor.may(WORK, case.unit_id):
        raise NotPermitted
    if case.state != State.FINISHED:
        raise NotFinished
    _must_be_ours(case, f"{question}\n{answer}", question)
    content = Content(
        title=contacts_masked(question)[:300], text=contacts_masked(answer), kind=Document.Kind.CASE_ANSWER
    )
    with refuse_on("one_public_answer_per_request", AlreadyPublic):
        drafted = PublicAnswer.objects.create(
            case=case,
            document=write(actor, unit=case.unit, content=content, now=now),
            drafted_by_id=actor.user_id,
        )
    record(actor, "assistant.answer-drafted", drafted, unit_id=case.unit_id, document=drafted.document_id)
    return drafted


def suggested_answer(case: Case) -> str:
    """What the office last wrote to the visitor, masked, for the officer to begin with."""
    said = case.messages.exclude(sender=Message.Sender.VISITOR).exclude(author=None)
    said = said.exclude(body__in=["", *map(str, Case.Result.labels)])  # the outcome of a request is no answer
    last = said.exclude(verb__in=("assign", "note")).order_by("-sent_at", "-pk").first()
    return masked(last.body) if last else ""


def _must_be_ours(case: Case, text: str, question: str) -> None:
    theirs = [
        case.subject,
        *case.messages.filter(sender=Message.Sender.VISITOR).values_list("body", flat=True),
    ]
    if words := borrowed(question, theirs) or borrowed(text, theirs):
        raise VisitorsWords(words)
    if name := name_in(text, case.visitor.name):
        raise NamesVisitor(name)
