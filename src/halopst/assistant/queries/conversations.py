"""The conversations of one browser: whoever holds a secret may read what it opens, and nobody else."""

from collections.abc import Sequence

from halopst.assistant.models import Conversation, Turn
from halopst.units.models import Unit


def held(unit: Unit, secrets: Sequence[str]) -> list[Conversation]:
    """Those of this office, in the order of their secrets; each with its first question as `title`."""
    found = {one.secret: one for one in Conversation.objects.opened_with(secrets).filter(unit=unit)}
    return [found[secret] for secret in secrets if secret in found]


def turn_in(conversations: Sequence[Conversation], pk: int) -> Turn | None:
    rows = Turn.objects.filter(conversation__in=conversations, pk=pk)
    return rows.select_related("conversation__unit", "wording").first()
