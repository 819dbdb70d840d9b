"""Whether an office may read what was said: asked once in each browser, taken back at any time."""

from collections.abc import Sequence

from django.db import transaction

from halopst.assistant.models import Awaiting, Conversation, Turn
from halopst.assistant.services.learning.gathering import prune


@transaction.atomic
def keep(conversations: Sequence[Conversation], *, kept: bool) -> None:
    """Let the office read these conversations to answer better, or take that back.

    Once it is taken back they leave the queue of questions, and nobody is told of an answer to them.
    """
    pks = [one.pk for one in conversations]
    Conversation.objects.filter(pk__in=pks).update(kept=kept)
    if not kept and Turn.objects.filter(conversation__in=pks).exclude(group=None).update(group=None):
        Awaiting.objects.filter(turn__conversation__in=pks).delete()
        prune()
