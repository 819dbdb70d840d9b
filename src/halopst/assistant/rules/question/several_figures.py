"""A question for several figures, taken apart where each part asks for something of its own."""

import re

from halopst.assistant.rules.language.word_tables import table
from halopst.assistant.rules.question.intents import asks_apart, names_both_ends
from halopst.core.spelling import words as plain

MOST_PARTS = 3
_JOIN = re.compile(r"\?+\s+|\s*;\s*|\s*,?\s+(?:dan|serta|lalu|kemudian|terus)\s+|,\s+", re.IGNORECASE)
_ENDS = " ,;"


def split_question(question: str) -> list[str]:
    """The parts in order, at least one.

    `IPM Surabaya dan Malang` is one part, as `Malang` alone asks for nothing; so is a question for one number
    made of several figures.
    """
    parts: list[str] = []
    start = 0
    said = plain(question)
    is_one = asks_apart(said) and names_both_ends(said)
    if is_one or not set(said).isdisjoint(table("several_figures")["together"]):
        return [question]
    for join in _JOIN.finditer(question):
        rest = question[join.end() :]
        following = _JOIN.search(rest)
        if _asks(rest[: following.start()] if following else rest):
            parts.append(question[start : join.start()].strip(_ENDS))
            start = join.end()
    parts.append(question[start:].strip(_ENDS))
    return [part for part in parts if part] if len(parts) <= MOST_PARTS else [question]


def _asks(part: str) -> bool:
    said = set(plain(part))
    return not said.isdisjoint(table("several_figures")["ask"]) and said.isdisjoint(
        table("several_figures")["differ"]
    )
