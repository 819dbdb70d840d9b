"""Numbers in words, Indonesian and English: `dua puluh koma enam satu`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

ONES: Mapping[str, int] = {
    "nol": 0, "kosong": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11,
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SMALL_SCALES: Mapping[str, int] = {"belas": 10, "puluh": 10, "ratus": 100, "hundred": 100}
SCALES: Mapping[str, int] = {
    "ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12, "trilyun": 10**12,
    "rb": 10**3, "jt": 10**6, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mn": 10**6, "bn": 10**9,
}  # fmt: skip
WHOLE: Mapping[str, int] = {"seratus": 100, "seribu": 10**3, "sejuta": 10**6, "semiliar": 10**9}
POINTS = frozenset({"koma", "point"})
_SAID = frozenset({*ONES, *SMALL_SCALES, *SCALES, *WHOLE})
# `salah satu` counts nothing, nor does the `one` of `one of the`.
_IDLE = (
    ("salah", "satu"),
    ("satu", "sama"),
    ("satu", "satunya"),
    ("satu", "per"),
    ("one", "of"),
    ("no", "one"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A number in words, from word `start` to before `end`; `places` are the digits after the comma."""

    start: int
    end: int
    value: Decimal
    places: int
    scale: int


def said_in(words: Sequence[str]) -> list[Said]:
    """Every run of number words in `words`, which are in lower case."""
    found: list[Said] = []
    at = 0
    while at < len(words):
        end = _end(words, at)
        if end > at and not _idle(words, at, end):
            found.append(_read(words, at, end))
        at = max(end, at + 1)
    return found


def _end(words: Sequence[str], start: int) -> int:
    if words[start] not in ONES and words[start] not in WHOLE:
        return start
    end = start + 1
    while end < len(words) and (words[end] in _SAID or _joins(words, end)):
        end += 1
    return end


def _joins(words: Sequence[str], at: int) -> bool:
    """Whether the word joins number words: a comma said aloud, or the `and` of `one hundred and five`."""
    follows = at + 1 < len(words) and words[at + 1] in ONES
    return follows and (words[at] in POINTS or (words[at] == "and" and words[at - 1] in SMALL_SCALES))


def _idle(words: Sequence[str], start: int, end: int) -> bool:
    around = [*words[max(start - 1, 0) : start], *words[start : end + 1]]
    return end - start == 1 and any(pair in _IDLE for pair in pairwise(around))


def _read(words: Sequence[str], start: int, end: int) -> Said:
    run = words[start:end]
    point = next((at for at, word in enumerate(run) if word in POINTS), len(run))
    whole = _whole(run[:point])
    digits = [word for word in run[point + 1 :] if word in ONES]
    scale = next((SCALES[word] for word in reversed(run) if word in SCALES), 1) if digits else 1
    fraction = Decimal("".join(str(ONES[word]) for word in digits) or "0").scaleb(-len(digits))
    value = (Decimal(whole) + fraction) * scale if digits else Decimal(whole)
    return Said(start, end, value, len(digits), scale)


def _whole(run: Sequence[str]) -> int:
    """The whole number that the words say: `dua ratus tiga puluh empat ribu lima belas` is 234,015."""
    total = group = last = 0
    for word in run:
        if word in WHOLE:
            group += WHOLE[word] if WHOLE[word] < 10**3 else 0
            total += WHOLE[word] if WHOLE[word] >= 10**3 else 0
            last = 0
        elif word in ONES:
            group, last = group + ONES[word], ONES[word]
        elif word == "belas":
            group, last = group + 10, 0
        elif word in SMALL_SCALES:
            group, last = group - last + (last or 1) * SMALL_SCALES[word], 0
        elif word in SCALES:
            total, group, last = total + (group or 1) * SCALES[word], 0, 0
    return total + group
