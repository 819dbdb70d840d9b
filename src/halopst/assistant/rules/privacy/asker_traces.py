"""Whether a public text still tells whose request it came from."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

RUN = 8  # so many words in a row are somebody's own
SHORTEST_NAME = 3


def borrowed(text: str, spoken: Iterable[str]) -> str:
    """The longest run of words that `text` took from somebody; empty when no run is long enough.

    A text that is nothing but their words counts however short it is.
    """
    words = _words(text)
    for said in spoken:
        theirs = _words(said)
        if words and words == theirs:
            return " ".join(words)
        match = SequenceMatcher(None, words, theirs, autojunk=False).find_longest_match()
        if match.size >= RUN:
            return " ".join(words[match.a : match.a + match.size])
    return ""


def name_in(text: str, name: str) -> str:
    """The part of `name` that `text` mentions as a name, or nothing."""
    parts = [part for part in re.findall(r"\w+", name) if len(part) >= SHORTEST_NAME and part[0].isupper()]
    return next((part for part in parts if re.search(rf"\b{re.escape(part)}\b", text)), "")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
