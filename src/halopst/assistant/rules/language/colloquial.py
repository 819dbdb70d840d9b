"""Everyday words of Javanese, Sundanese and short messages, put into the Indonesian of tables and texts."""

import re
from functools import lru_cache

from halopst.assistant.rules.language.word_tables import table
from halopst.core.spelling import words

_WORD = re.compile(r"(?<![\w'’.@/#-])[a-zà-öø-ÿ]+(?![\w'’@/-])", re.IGNORECASE)

# The Javanese ending for `-nya`, written apart (`IPM ne Bangkalan`, `angka e`).
_APART = re.compile(
    r"(?<=\w) (?:n?e|n?ipun)(?= (?!mail\b|commerce\b|book\b|katalog\b|government\b)|\s*[?,.]?$)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\bkab(?:\.|upaten)?\s?[/-]\s?kota?\b|\bkabkota?\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str]:
    return {said: word for word, others in table("colloquial")["words"].items() for said in others}


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    meant = {said: phrase for phrase, others in table("colloquial")["phrases"].items() for said in others}
    return re.compile(rf"\b(?:{'|'.join(meant)})\b", re.IGNORECASE), meant


@lru_cache(maxsize=1)
def _days() -> frozenset[str]:
    """Names of days, which are written with a capital and name nobody."""
    said = table("colloquial")
    return frozenset(one for day in said["days"] for one in said["words"][day])


def _bare(word: str) -> str:
    """Without the accents of Madurese and Javanese spelling (`bérempah`)."""
    return word.lower() if word.isascii() else "".join(words(word))


def in_indonesian(text: str) -> str:
    """`piro wong miskin nang Jember` as `berapa orang miskin di Jember`; other words stay as they are.

    Names stay too (`Raden Ajeng Kartini`), unless somebody writes every word with a capital, and words in
    capitals (`ISO`).
    """
    phrases, meant = _phrases()
    text = phrases.sub(lambda found: meant[found[0].casefold()], _BOTH.sub("kabupaten/kota", text))
    meanings, text = _meanings(), _APART.sub("", text)
    first, *others = text.split() or [""]
    tells_names = first.lower() not in meanings or any(word[0].islower() for word in others)

    def meaning(match: re.Match[str]) -> str:
        is_short = len(match[0]) > 1 and match[0].isupper() and not text.isupper()
        is_name = tells_names and match.start() > 0 and match[0].istitle()
        is_name = is_short or (is_name and match[0].lower() not in _days())
        return match[0] if is_name else meanings.get(_bare(match[0]), match[0])

    return _WORD.sub(meaning, text)
