"""Questions that name one thing, or none, and go on from what something is."""

import re

from halopst.assistant.rules.question.differences import DIFFERENCE, END, THING

_LEAD = r"^\s*(?:(?:apa|lalu|terus|trus|jadi|nah|dan|emang)\s+)*"
_AND = r"(?:kalau|kalo|klo|kl|lalu|terus|trus|dan|bagaimana\s+dengan|gimana\s+dengan)"
_TAIL = r"(?:\s+(?:itu|sih|nya|saja|aja))*"
_OTHER = re.compile(
    rf"{_LEAD}{DIFFERENCE}{_TAIL}\s+(?:antara\s+|dari\s+|dan\s+)+(?P<thing>{THING}){END}", re.IGNORECASE
)
_BARE = re.compile(rf"{_LEAD}{DIFFERENCE}(?:\s+(?:kedua|mereka|di)\w*)*{END}", re.IGNORECASE)
_ANOTHER = re.compile(rf"^\s*(?:{_AND}\s+)+(?P<thing>{THING}){END}", re.IGNORECASE)


def other(said: str) -> str:
    """The one thing named in `bedanya dan TPAK` (as `bedanya dengan TPAK` is put); else empty."""
    return found["thing"] if (found := _OTHER.match(said)) else ""


def asks_difference_alone(said: str) -> bool:
    """`Bedanya apa?`, which names neither thing."""
    return bool(_BARE.match(said))


def another(said: str) -> str:
    """The thing that `kalau deflasi?` names; empty where more is asked."""
    return found["thing"] if (found := _ANOTHER.match(said)) else ""
