"""Askers who wished it are told, once, that their question can now be answered."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Awaiting, Conversation, QuestionGroup, Turn
from halopst.assistant.notices import ANSWERED
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.knowledge.models import Document
from halopst.notifications.models import Notice
from halopst.notifications.services import notify, recipient_of


class NotKept(Refused):
    message = _("Izinkan dulu percakapan ini disimpan: tanpa itu pertanyaannya terhapus sebelum terjawab.")


class NothingToAwait(Refused):
    message = _("Pertanyaan ini sudah terjawab. Tandai kurang tepat bila jawabannya keliru.")


@transaction.atomic
def wait_for(actor: Actor, turn: Turn) -> Awaiting:
    """Note that the person who is signed in wants to be told once this question can be answered."""
    if actor.user_id is None:
        raise NotPermitted
    if not turn.conversation.kept:
        raise NotKept
    if not Turn.objects.wanting().filter(pk=turn.pk).exists():
        raise NothingToAwait
    row: Awaiting = Awaiting.objects.get_or_create(turn=turn, user_id=actor.user_id)[0]
    return row


def wait_for_all(actor: Actor, conversation: Conversation) -> int:
    """The same for each question of a conversation handed over; returns how many are waited for."""
    if not conversation.kept:
        return 0
    turns = Turn.objects.wanting().filter(conversation=conversation).select_related("conversation")
    return len([wait_for(actor, turn) for turn in turns])


def tell(group: QuestionGroup, *, now: datetime) -> int:
    """Tell everybody who waits for a question of the group, in the caller's transaction; returns how many."""
    rows = Awaiting.objects.select_for_update(of=("self",)).filter(
        turn__group=group, turn__conversation__kept=True, told_at=None
    )
    waiting = list(rows.select_related("user", "turn").order_by("pk"))
    for row in _one_each(waiting):
        notify(
            kind=ANSWERED.code,
            unit=group.unit,
            to=recipient_of(row.user),
            context={"nama": str(row.user), "pertanyaan": row.turn.question, "satker": group.unit.name},
            about=f"question-group:{group.pk}",
            key=f"aida-answered-{group.pk}-{row.user_id}",
            link=_link(group, row.turn.question),
            now=now,
        )
    rows.filter(pk__in=[row.pk for row in waiting]).update(told_at=now)
    return len(waiting)


def _one_each(waiting: Iterable[Awaiting]) -> Iterable[Awaiting]:
    return {row.user_id: row for row in waiting}.values()


def _link(group: QuestionGroup, question: str) -> str:
    """The text that answers, if everybody may read it; else where to ask the question again."""
    remedy = group.remedies.filter(
        document__state=Document.State.PUBLISHED, document__audience=Document.Audience.EVERYONE
    ).last()
    if remedy is not None:
        return reverse("knowledge:document", args=[remedy.document_id])
    again = f"{reverse('assistant:talk', args=[group.unit.slug])}?{urlencode({'tanya': question})}"
    longest = Notice._meta.get_field("link").max_length or len(again)
    return again if len(again) <= longest else again.partition("?")[0]
