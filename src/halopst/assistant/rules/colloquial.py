"""Everyday words of Javanese, Sundanese and short messages, in the Indonesian of our tables and texts."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_WORD = re.compile(r"(?<![\w'’.@/#-])[a-z]+(?![\w'’@/-])", re.IGNORECASE)

_BOTH = re.compile(r"\bkab(?:\.|upaten)?\s?[/-]\s?kota?\b|\bkabkota?\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str]:
    read = tomllib.loads(files(__package__).joinpath("words/colloquial.toml").read_text(encoding="utf-8"))
    return {said: word for word, others in read["words"].items() for said in others}


def in_indonesian(text: str) -> str:
    """`piro wong miskin nang Jember` is `berapa orang miskin di Jember`; every other word stays as it is."""
    meanings, text = _meanings(), _BOTH.sub("kabupaten/kota", text)
    return _WORD.sub(lambda match: meanings.get(match[0].lower(), match[0]), text)
