"""A question for several figures, taken apart where each part asks for something of its own."""

import re
from functools import lru_cache

from halopst.assistant.rules.language.word_tables import table
from halopst.assistant.rules.question.intents import asks_apart, names_both_ends
from halopst.assistant.rules.question.population import SHARES
from halopst.core.spelling import words as plain

MOST_PARTS = 3
_JOIN = re.compile(r"\?+\s+|\s*;\s*|\s*,?\s+(?:dan|serta|lalu|kemudian|terus)\s+|,\s+", re.IGNORECASE)
_ENDS = " ,;"
_HOW_MUCH = frozenset({"berapa", "berapakah", "brp"})


def split_question(question: str) -> list[str]:
    """The parts in order, at least one.

    `IPM Surabaya dan Malang` is one part, as `Malang` alone asks for nothing; so is a question for one number
    made of several figures.
    """
    if ends := _both_ends(question):
        return ends
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


def _both_ends(question: str) -> list[str]:
    """`Inflasi tertinggi dan terendah 2025`: what stands before and behind belongs to both; else nothing."""
    found = _ends_joined().search(question)
    if found is None or asks_apart(plain(question)):
        return []
    head, tail = question[: found.start()], question[found.end() :]
    return [f"{head}{found[1]}{tail}", f"{head}{found[2]}{tail}"]


@lru_cache(maxsize=1)
def _ends_joined() -> re.Pattern[str]:
    said = table("intents")["ranking"]
    ends = "|".join(word for kind in ("highest", "lowest") for word in said[kind] if " " not in word)
    return re.compile(rf"\b({ends})\s+(?:dan|serta|maupun|and)\s+({ends})\b", re.IGNORECASE)


def _asks(part: str) -> bool:
    """`Berapa persen?` alone says nothing but in what the rest is asked."""
    said = set(plain(part))
    is_measure = not SHARES.isdisjoint(said) and said <= SHARES | _HOW_MUCH
    return (
        not is_measure
        and not said.isdisjoint(table("several_figures")["ask"])
        and said.isdisjoint(table("several_figures")["differ"])
    )
