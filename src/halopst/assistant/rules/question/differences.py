"""Two things whose difference is asked for: `apa beda TPT dan TPAK`, `IPM sama IHK sama saja?`."""

import re
from collections.abc import Sequence

from halopst.core.spelling import words

_CALLS = "ya|yah|sih|si|kak|min|dong|kah|dah|deh|nih|tuh|bro|gan|bang|pak|bu|mas|mbak"
DIFFERENCE = r"(?:beda|bedanya|perbedaan|perbedaannya)"
END = rf"(?:\s+(?:{_CALLS}|itu|apa|apaan|gimana|bagaimana))*\s*\??\s*$"
THING = r"(?:\w[\w-]*(?:\s+(?!dan\b)\w[\w-]*){0,4}?)"
_ONE, _OTHER = rf"(?P<one>{THING})", rf"(?P<other>{THING})"
_FIRST = (
    rf"^\s*(?:(?:apa|apakah|jelaskan|jelasin|tolong|coba|sebutkan)\s+)*(?:ada\s+)?{DIFFERENCE}"
    rf"(?:\s+(?:antara|dari|sih|itu))*\s+{_ONE}\s+dan\s+{_OTHER}{END}"
)
_LAST = (
    rf"^\s*(?:(?:apa|apakah|antara)\s+)*{_ONE}\s+dan\s+{_OTHER}\s+(?:(?:itu|apa|ada)\s+)*{DIFFERENCE}{END}"
)
_SAME = rf"^\s*(?:apa|apakah)\s+{_ONE}\s+(?:itu\s+)?sama\s+(?:saja\s+)?(?:dengan|dgn)\s+{_OTHER}{END}"
_PAIRS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (_FIRST, _LAST, _SAME))
_SAYS = re.compile(rf"\b{DIFFERENCE}\b", re.IGNORECASE)


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
