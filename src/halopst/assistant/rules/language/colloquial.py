"""Everyday words of Javanese, Sundanese and short messages, in the Indonesian of our tables and texts."""

import re
from functools import lru_cache

from halopst.assistant.rules.language.word_tables import table
from halopst.core.spelling import words

_WORD = re.compile(r"(?<![\w'’.@/#-])[a-zà-öø-ÿ]+(?![\w'’@/-])", re.IGNORECASE)

_BOTH = re.compile(r"\bkab(?:\.|upaten)?\s?[/-]\s?kota?\b|\bkabkota?\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str]:
    return {said: word for word, others in table("colloquial")["words"].items() for said in others}


def _bare(word: str) -> str:
    """Without the accents of Madurese and Javanese spelling (`bérempah`)."""
    return word.lower() if word.isascii() else "".join(words(word))


def in_indonesian(text: str) -> str:
    """`piro wong miskin nang Jember` is `berapa orang miskin di Jember`; every other word stays as it is.

    So does a name (`Raden Ajeng Kartini`), unless somebody writes every word with a capital.
    """
    meanings, text = _meanings(), _BOTH.sub("kabupaten/kota", text)
    first, *others = text.split() or [""]
    tells_names = first.lower() not in meanings or any(word[0].islower() for word in others)

    def meaning(match: re.Match[str]) -> str:
        is_name = tells_names and match.start() > 0 and match[0].istitle()
        return match[0] if is_name else meanings.get(_bare(match[0]), match[0])

    return _WORD.sub(meaning, text)
