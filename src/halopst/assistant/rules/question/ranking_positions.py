"""Which place of a ranking is asked for: `tertinggi kedua`, `nomor 3`, `the second lowest`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from halopst.assistant.rules.question.periods import COUNTS, NOUNS

_WORDS = {
    "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6, "ketujuh": 7,
    "kedelapan": 8, "kesembilan": 9, "kesepuluh": 10,
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_GLUED = re.compile(r"ke([1-9]\d?)|([1-9]\d?)(?:st|nd|rd|th)")
_NUMBER = re.compile(r"[1-9]\d?")
_LEADS = frozenset(
    {
        "nomor",
        "nomer",
        "no",
        "peringkat",
        "ranking",
        "rangking",
        "urutan",
        "posisi",
        "juara",
        "rank",
        "number",
    }
)
_OF_MANY = frozenset(
    {
        "besar", "teratas", "terbawah", "terbaik", "tertinggi", "terendah", "terbesar", "terkecil", "kota",
        "kabupaten", "kab", "provinsi", "daerah", "wilayah", "kecamatan", "sampai", "hingga", "sd", "s",
        "persen", "cities", "regencies", "provinces", "highest", "lowest",
    }
)  # fmt: skip
_KINDS = frozenset({"kota", "kabupaten", "kab", "daerah", "wilayah", "provinsi", "kecamatan"})
_NEXT = (
    "setelah itu",
    "setelah lagi",
    "sesudah lagi",
    "next one",
    "sesudah itu",
    "setelahnya",
    "sesudahnya",
    "berikutnya",
    "selanjutnya",
    "after that",
)
_ABOVE, _BELOW = frozenset({"atas", "diatas", "above"}), frozenset({"bawah", "dibawah", "below"})
_BESIDE = frozenset(
    {
        "siapa", "siapakah", "yang", "di", "itu", "lagi", "persis", "tepat", "satu", "tingkat", "setingkat",
        "peringkat", "urutan", "ada", "apa", "mana", "kota", "kabupaten", "kab", "daerah", "wilayah", "terus",
        "kalau", "lalu", "dan", "ya", "sih", "nya", "it", "who", "which", "is", "directly", "right", "one",
        "just", "ranks", "ranked",
    }
)  # fmt: skip
_WHICH = frozenset({"mana", "manakah", "apa"})


@dataclass(frozen=True, slots=True)
class Ordinal:
    """The place in a ranking that is asked for, and where the words stand that say so."""

    number: int
    used: frozenset[int]


def ordinal(words: Sequence[str]) -> Ordinal | None:
    """The place asked for.

    None for `triwulan kedua`, for `kedua kota` (both) and for a number of places; `kedua kota mana?` asks for
    a place.
    """
    for at in range(len(words)):
        if (found := _at(words, at)) is not None:
            return found
    return None


def asks_next(words: Sequence[str]) -> bool:
    """`Setelah itu?`, `setelahnya lagi`: the place after the one in the answer before."""
    text = f" {' '.join(words)} "
    return any(f" {said} " in text for said in _NEXT)


def asks_beside(words: Sequence[str]) -> int:
    """1 for `siapa di atasnya?`, -1 for `siapa di bawahnya?`, else 0."""
    said = [word for word in words if word in _ABOVE | _BELOW]
    if len(said) != 1 or not _BESIDE.issuperset(word for word in words if word not in said):
        return 0
    return 1 if said[0] in _ABOVE else -1


def _at(words: Sequence[str], at: int) -> Ordinal | None:
    word, before, behind = words[at], _word(words, at - 1), _word(words, at + 1)
    lead = _word(words, at - 2) if before == "ke" else before
    if lead in NOUNS or behind == "besar":
        return None
    if word in _WORDS:
        is_both = behind in _KINDS and (_word(words, at + 2) not in _WHICH or "lebih" in words)
        return None if is_both else Ordinal(_WORDS[word], frozenset({at}))
    if (glued := _GLUED.fullmatch(word)) is not None:
        return Ordinal(int(glued[1] or glued[2]), frozenset({at}))
    number = COUNTS.get(word, 0) or (int(word) if _NUMBER.fullmatch(word) else 0)
    if number and before == "ke":
        return Ordinal(number, frozenset({at - 1, at}))
    if number and before in _LEADS and behind not in _OF_MANY:
        return Ordinal(number, frozenset({at}))
    return None


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
