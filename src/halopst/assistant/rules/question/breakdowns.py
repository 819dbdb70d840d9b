"""`Menurut jenis kelamin` asks for the parts of a whole: the question is read as if it named each part."""

from collections.abc import Sequence
from functools import lru_cache

from halopst.assistant.rules.language.phrases import Phrase, pieces
from halopst.assistant.rules.language.word_tables import table


@lru_cache(maxsize=1)
def _tables() -> dict[Phrase, list[str]]:
    """Each phrase that asks for a breakdown, with the words that name its parts."""
    read = table("breakdowns")
    return {
        tuple(f"{marker} {said}".split()): " dan ".join(one["parts"]).split()
        for one in read["dimension"]
        for said in one["said"]
        for marker in read["markers"]
    }


def spelled_out(words: Sequence[str]) -> list[str]:
    """`penduduk menurut jenis kelamin` as `penduduk laki laki dan perempuan`; other words stay."""
    phrases = _tables()
    read = pieces(words, phrases, longest=max(map(len, phrases)))
    return [word for piece, parts in read for word in parts or piece]
