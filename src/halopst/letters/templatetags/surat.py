"""The state of a letter, drawn the same wherever a letter is named."""

from typing import Any

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from halopst.core.shapes import Tone
from halopst.core.templatetags.ui.marks import status_tag
from halopst.letters import queries
from halopst.letters.models import Letter
from halopst.letters.queries import Continuation
from halopst.letters.rules import State
from halopst.units.models import Unit

register = Library()


MARKS: dict[str, tuple[Tone, str]] = {
    State.DRAFT: ("", "hourglass"),
    State.FINAL: ("info", "file-check"),
    State.PRINTED: ("info", "printer"),
    State.SIGNED: ("ok", "pen-line"),
    State.HANDED_OVER: ("ok", "handshake"),
    State.PAID: ("ok", "banknote"),
    State.OUTDATED: ("warn", "triangle-alert"),
    State.REPLACED: ("", "refresh-cw"),
    State.VOID: ("bad", "ban"),
}
"""How each state is marked: tone and icon."""


@register.simple_tag
def letter_state(letter: Letter, continuation: Continuation | None = None) -> SafeString:
    """Its state; of a contract that was changed or ended by another letter, that."""
    if continuation and continuation.ends:
        return status_tag(_("Diakhiri"), tone="warn", icon="ban")
    if continuation and continuation.is_signed:
        return status_tag(_("Berlaku, sudah diubah"), tone="ok", icon="file-pen-line")
    tone, icon = MARKS[letter.state]
    return status_tag(letter.get_state_display(), tone=tone, icon=icon)


@register.simple_tag(takes_context=True)
def whom_to_ask(context: dict[str, Any], unit: Unit, url: str) -> str:
    return queries.whom_to_ask(context["request"].actor, unit, url)
