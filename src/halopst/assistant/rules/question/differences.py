"""Two things whose difference is asked for: `apa beda TPT dan TPAK`, `IPM sama IHK sama saja?`."""

import re
from collections.abc import Sequence

from halopst.core.spelling import words

_CALLS = "ya|yah|sih|si|kak|min|dong|kah|dah|deh|nih|tuh|bro|gan|bang|pak|bu|mas|mbak"
_DIFFERENCE = r"(?:beda|bedanya|perbedaan|perbedaannya)"
_END = rf"(?:\s+(?:{_CALLS}|itu|apa|apaan|gimana|bagaimana))*\s*\??\s*$"
_THING = r"(?:\w[\w-]*(?:\s+(?!dan\b)\w[\w-]*){0,4}?)"
_ONE, _OTHER = rf"(?P<one>{_THING})", rf"(?P<other>{_THING})"
_FIRST = (
    rf"^\s*(?:(?:apa|apakah|jelaskan|jelasin|tolong|coba|sebutkan)\s+)*(?:ada\s+)?{_DIFFERENCE}"
    rf"(?:\s+(?:antara|dari|sih|itu))*\s+{_ONE}\s+dan\s+{_OTHER}{_END}"
)
_LAST = (
    rf"^\s*(?:(?:apa|apakah|antara)\s+)*{_ONE}\s+dan\s+{_OTHER}\s+(?:(?:itu|apa|ada)\s+)*{_DIFFERENCE}{_END}"
)
_SAME = rf"^\s*(?:apa|apakah)\s+{_ONE}\s+(?:itu\s+)?sama\s+(?:saja\s+)?(?:dengan|dgn)\s+{_OTHER}{_END}"
_PAIRS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (_FIRST, _LAST, _SAME))
_SAYS = re.compile(rf"\b{_DIFFERENCE}\b", re.IGNORECASE)


def pair(said: str) -> tuple[str, ...]:
    """The two things, in the words of the question; empty where no difference is asked for."""
    found = next((one for pattern in _PAIRS if (one := pattern.match(said))), None)
    return (found["one"], found["other"]) if found else ()


def says_difference(heading: str, things: Sequence[str]) -> bool:
    """Whether a text with this heading is about the difference between these things."""
    return bool(_SAYS.search(heading)) and names_all(heading, things)


def names_all(text: str, things: Sequence[str]) -> bool:
    said = frozenset(words(text))
    return all(said.issuperset(words(thing)) for thing in things)
