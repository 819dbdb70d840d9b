"""What people say, read as what texts and tables say."""

from collections.abc import Mapping

from halopst.knowledge.rules.words.stopwords import STOP
from halopst.knowledge.rules.words.tokens import tokens, words_in

LONGEST_PHRASE = 5  # words
MOST_WORDS = 80

Word = tuple[int, int, list[str]]
"""Where a word begins and ends in the text, and its tokens."""


def key_of(phrase: str) -> str:
    """The key of a phrase, the same however it is written; empty when the phrase says nothing of its own."""
    said = tokens(phrase)
    return " ".join(said) if len(said) <= LONGEST_PHRASE and not STOP.issuperset(said) else ""


def keys_in(text: str) -> list[str]:
    """Every run of words in `text` that may be a phrase."""
    said = _words(text)
    return sorted({_key(said[start:end]) for start in range(len(said)) for end in _ends(said, start)})


def read_with(text: str, meanings: Mapping[str, str]) -> str:
    """`text` with each phrase of `meanings` replaced, the longer ones first; the rest stays as written."""
    said, parts, at, done = _words(text), [], 0, 0
    while at < len(said):
        end = next((end for end in _ends(said, at) if _key(said[at:end]) in meanings), None)
        if end is None:
            at += 1
            continue
        parts += [text[done : said[at][0]], meanings[_key(said[at:end])]]
        at, done = end, said[end - 1][1]
    return "".join([*parts, text[done:]])


def _words(text: str) -> list[Word]:
    return [(start, end, tokens(word)) for start, end, word in words_in(text)][:MOST_WORDS]


def _ends(said: list[Word], start: int) -> range:
    """Where a phrase that begins at `start` may end, the longest first."""
    return range(min(len(said), start + LONGEST_PHRASE), start, -1)


def _key(run: list[Word]) -> str:
    return " ".join(token for _start, _end, own in run for token in own)
