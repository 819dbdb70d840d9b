"""English questions about services and texts (`how do I request microdata?`) in the words of our texts."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from halopst.assistant.rules.language.phrases import Phrase, pieces
from halopst.assistant.rules.language.word_tables import table
from halopst.core.spelling import words

LONGEST_PHRASE = 8
Phrases = Mapping[Phrase, str]


def way_asked(question: str) -> str:
    """The question as our texts would put it; empty where it holds a word we do not know."""
    frames, _known = _tables()
    said = words(question)
    frame, rest = _begun(said, frames)
    found = in_our_words(rest) if frame else []
    return " ".join([frame, *found]) if found else ""


@lru_cache(maxsize=1)
def _tables() -> tuple[Phrases, Phrases]:
    read = table("english_services")
    return _phrases(read["frames"]), _phrases(read["words"])


def _phrases(given: Mapping[str, Sequence[str]]) -> Phrases:
    return {tuple(words(phrase)): meant for meant, phrases in given.items() for phrase in phrases}


def _begun(said: Sequence[str], frames: Phrases) -> tuple[str, Sequence[str]]:
    """The longest frame that the question begins with, and the rest of the question."""
    for end in range(min(len(said), LONGEST_PHRASE), 0, -1):
        if (frame := frames.get(tuple(said[:end]))) is not None:
            return frame, said[end:]
    return "", said


def in_our_words(said: Sequence[str]) -> list[str]:
    """All phrases in Indonesian, the longest first; empty where one is unknown."""
    _frames, known = _tables()
    read = [meant for _piece, meant in pieces(said, known, LONGEST_PHRASE)]
    return [] if None in read else [meant for meant in read if meant]
