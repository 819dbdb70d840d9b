"""Text as tokens: a number is one token, however it is written; words lose case and accents."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from halopst.knowledge.rules.words.stemming import stem
from halopst.knowledge.rules.words.stopwords import STOP

LONGEST = 40
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_WRITTEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’‘`ʼʻ][^\W\d_]+)*")  # noqa: RUF001  # as people type
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘`ʼʻ](?=[^\W\d_])")  # noqa: RUF001  # as people type them
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n+")  # noqa: RUF001
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:(?-i:[A-Z])|dr|drs|dra|ir|prof|hj?|no|st|jl|tn|ny|sdr|dll|dsb|hlm|kab|prov|kec|mr|mrs|jr|vol)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: its words in order without stop words, and its numbers."""

    text: str
    words: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if word[0].isdigit())

    @property
    def names(self) -> tuple[str, ...]:
        """Words with a capital that do not begin a sentence; none when all words have one."""
        written = _WRITTEN.findall(self.text)
        capitals = [word for word in written[1:] if word[0].isupper()]
        if len(capitals) * 2 > len(written) + 2:
            return ()
        return tuple(token for word in capitals for token in tokens(word) if token in self.words)


def tokens(text: str) -> list[str]:
    """`Inflasi 2,61 persen (1.234.567 jiwa)` becomes `inflasi 2,61 persen 1234567 jiwa`."""
    found: list[str] = []
    for token in _TOKEN.findall(flat(text)):
        if token[0].isdigit() and ("." in token or "," in token):
            found += number(token)
        else:
            found.append(token[:LONGEST])
    return found


def words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word or number as written, with its place; parts joined by an apostrophe are one word."""
    for found in _WRITTEN.finditer(text):
        yield found.start(), found.end(), found[0]


def flat(text: str) -> str:
    """Lower case without accents, and without an apostrophe inside a word (Jum'at, Ma'ruf)."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(character for character in text if not unicodedata.combining(character))
    return _APOSTROPHE.sub("", text.lower()) if "'" in text or "’" in text else text.lower()


def number(written: str) -> list[str]:
    """One token for a number with separators: the same for `1.234.567` and `1,234,567`, `2,61` and `2.61`.

    What is no number, such as the date 17.08.1945, becomes its parts.
    """
    if _THOUSANDS.fullmatch(written):
        return [written.replace(".", "")[:LONGEST]]
    if _ENGLISH_THOUSANDS.fullmatch(written):
        return [written.replace(",", "").replace(".", ",")[:LONGEST]]
    if _DECIMAL.fullmatch(written):
        return [written.replace(".", ",")[:LONGEST]]
    return [part[:LONGEST] for part in re.findall(r"\d+", written)]


def question(text: str) -> Question:
    """The words that decide; all of them if the question has nothing but stop words."""
    said = tokens(text)
    words = tuple(dict.fromkeys(word for word in said if word not in STOP))
    return Question(text, words or tuple(dict.fromkeys(said)))


def sentences(text: str) -> list[str]:
    """The sentences of a text; `dr.`, `Jl.` and initials do not end one."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if not (piece := piece.strip()):
            continue
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found


@lru_cache(maxsize=100_000)
def stemmed(word: str) -> str:
    """`stem`, remembered, as texts repeat the same words."""
    return stem(word)
