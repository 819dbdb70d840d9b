"""`Menurut jenis kelamin` asks for the parts of a whole: the question as if it named each of them."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

Phrase = tuple[str, ...]


@lru_cache(maxsize=1)
def _tables() -> dict[Phrase, list[str]]:
    """Each way of asking for a breakdown, marker and all, with the words that name its parts."""
    read = tomllib.loads(files(__package__).joinpath("words/dimensions.toml").read_text(encoding="utf-8"))
    return {
        tuple(f"{marker} {said}".split()): " dan ".join(one["parts"]).split()
        for one in read["dimension"]
        for said in one["said"]
        for marker in read["markers"]
    }


def spelled_out(words: Sequence[str]) -> list[str]:
    """`penduduk menurut jenis kelamin` is `penduduk laki laki dan perempuan`; anything else stays."""
    phrases = _tables()
    longest = max(map(len, phrases))
    said: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + longest), at, -1):
            if (parts := phrases.get(tuple(words[at:end]))) is not None:
                said += parts
                at = end
                break
        else:
            said.append(words[at])
            at += 1
    return said
