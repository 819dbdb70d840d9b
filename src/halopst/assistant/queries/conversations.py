"""The conversations of one browser: whoever holds a conversation's secret may read it, nobody else."""

from collections.abc import Sequence

from halopst.assistant.models import Awaiting, Conversation, Turn
from halopst.core.actors import Actor
from halopst.units.models import Unit

MOST_SHOWN = 3  # beside a conversation


def held(unit: Unit, secrets: Sequence[str]) -> list[Conversation]:
    """The browser's conversations at this office, in the order of their secrets, each with its `title`."""
    found = {one.secret: one for one in Conversation.objects.opened_with(secrets).filter(unit=unit)}
    return [found[secret] for secret in secrets if secret in found]


def opened_with(secrets: Sequence[str]) -> list[Conversation]:
    """The browser's conversations at all offices."""
    return list(Conversation.objects.opened_with(secrets))


def offices_asked(secrets: Sequence[str], *, but: Unit) -> list[Unit]:
    """The other offices where this browser began conversations, the one it asked last first."""
    begun = Conversation.objects.opened_with(secrets).exclude(unit=but).exclude(turns=None)
    last = {one.unit: one.secret for one in begun.select_related("unit").distinct()}
    places = {secret: place for place, secret in enumerate(secrets)}
    return sorted(last, key=lambda unit: places[last[unit]])[:MOST_SHOWN]


def handed_over(actor: Actor) -> list[Conversation]:
    """The person's own conversations that became requests, at any office; the newest first."""
    if actor.user_id is None:
        return []
    mine = Conversation.objects.visible_to(actor).filter(case__visitor=actor.user_id).titled()
    return list(mine.select_related("unit", "case").order_by("-last_at", "-pk")[:MOST_SHOWN])


def turns(conversation: Conversation) -> list[Turn]:
    """The turns of a conversation, with the officers' corrections."""
    rows = conversation.turns.select_related("wording", "group")
    return list(rows.prefetch_related("corrections__written_by"))


def awaited(actor: Actor, conversation: Conversation) -> set[int]:
    """The questions of this conversation whose answer the person wants to be told of."""
    rows = Awaiting.objects.visible_to(actor).filter(turn__conversation=conversation)
    return set(rows.values_list("turn", flat=True))


def turn_in(conversations: Sequence[Conversation], pk: int) -> Turn | None:
    rows = Turn.objects.filter(conversation__in=conversations, pk=pk)
    return rows.select_related("conversation__unit", "wording").first()


def is_newest(turn: Turn) -> bool:
    """Whether nothing was asked after it; only then does the page offer what to ask next."""
    return not turn.conversation.turns.filter(pk__gt=turn.pk).exists()
