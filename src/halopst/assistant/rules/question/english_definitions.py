"""English questions for a meaning, a way of counting or a difference, as our Indonesian texts put them."""

import re
from collections.abc import Sequence
from datetime import date

from halopst.assistant.rules.question import periods
from halopst.assistant.rules.question.english_services import in_our_words
from halopst.assistant.rules.question.indicators import named_in_tables
from halopst.assistant.rules.question.intents import VALUE, filler, kind_of
from halopst.core.spelling import words

_IS = r"(?:\s+(?:is|are|was|were)|['’]?s)"
_HOW = r"how\s+(?:to|(?:do|does|can|should)\s+\w+)\s+"
_WHAT = rf"(?:what{_IS}\s+(?:the\s+)?)?"
_MEANING, _COUNTING, _READING = "apa itu", "bagaimana cara menghitung", "bagaimana cara membaca"
_FORMS = tuple(
    (re.compile(rf"\s*(?:please\s+|can you\s+|could you\s+)*{pattern}\s*[?.!]*\s*", re.IGNORECASE), said)
    for pattern, said in (
        (rf"{_WHAT}differences?\s+between\s+(.+)", "apa perbedaan"),
        (r"how\s+(?:is|are|does|do)\s+(.+?\s+differ(?:ent)?\s+from\s+.+)", "apa perbedaan"),
        (r"what\s+(?:do|does)\s+(.+?)\s+(?:mean|stand\s+for|measure)", _MEANING),
        (r"what\s+do\s+you\s+mean\s+by\s+(.+)", _MEANING),
        (rf"what{_IS}\s+meant\s+by\s+(.+)", _MEANING),
        (rf"{_WHAT}(?:meaning|definition|concept)\s+of\s+(.+)", _MEANING),
        (
            r"(?:define|explain|describe)\s+(?:to\s+me\s+)?(?:what\s+)?(.+?)(?:\s+(?:is|are|means?))?",
            _MEANING,
        ),
        (r"how\s+(?:is|are)\s+(.+?)\s+defined", _MEANING),
        (r"how\s+(?:is|are)\s+(.+?)\s+(?:calculated|computed|measured|counted|determined)", _COUNTING),
        (rf"{_HOW}(?:calculate|compute|measure|count)\s+(.+)", _COUNTING),
        (r"how\s+(?:is|are)\s+(.+?)\s+(?:read|interpreted)", _READING),
        (rf"{_HOW}(?:read|interpret)\s+(.+)", _READING),
    )
)
_PLAIN = re.compile(rf"\s*what{_IS}\s+((?:(?:a|an|the)\s+)?.+?)\s*[?.!]*\s*", re.IGNORECASE)
_APART = re.compile(r"\s+(?:and|vs|versus|differ(?:ent)?\s+from)\s+", re.IGNORECASE)
# With such a word (`what is the unemployment rate?`) a question asks how much there is, not what it means.
_COUNTED = frozenset(
    {
        "rate", "number", "percentage", "population", "total", "share", "value", "price", "level",
        "average", "growth",
    }
)  # fmt: skip
_OURS = frozenset({"your", "you", "my", "our", "his", "her", "their", "this", "that", "there", "it", "in"})


def meaning_asked(question: str, today: date) -> str:
    """`What is inflation?` as `apa itu inflasi`; empty where anything else is asked.

    A plain `what is` with a time in it (`the latest inflation`) asks for a figure.
    """
    for pattern, said in _FORMS:
        if found := pattern.fullmatch(question):
            return f"{said} {_called(found[1])}"
    if (found := _PLAIN.fullmatch(question)) is None or not _is_name(words(found[1]), today):
        return ""
    return f"{_MEANING} {_called(found[1])}"


def _is_name(said: Sequence[str], today: date) -> bool:
    counted = said[0] == "the" and not _COUNTED.isdisjoint(said)
    is_silent = periods.find(said, today).is_silent
    return not counted and is_silent and kind_of(said) == VALUE and _OURS.isdisjoint(said)


def _called(name: str) -> str:
    """Each thing by the name it has in our texts."""
    things = (words(one) for one in _APART.split(name))
    return " dan ".join(" ".join(in_our_words(one) or named_in_tables(one, filler())) for one in things)
