"""Every number in a text, however it is written: its value, how exact it is, and its kind."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from halopst.assistant.rules.language.number_words import ONES, SCALES, SMALL_SCALES, said_in
from halopst.knowledge.rules.figures.periods import ENGLISH_ORDINALS, MONTH_WORDS, MONTHS, ORDINALS


class Kind(StrEnum):
    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "points"  # percentage points
    RUPIAH = "rupiah"
    TIMES = "times"  # `dua kali lipat`
    MONTH = "month"  # a month by its name
    PART = "part"  # `triwulan II`
    VAGUE = "vague"  # `setengah`, `ratusan`: only in the words of the source


class Bound(StrEnum):
    EXACT = ""
    ABOUT = "about"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; `readings` are its possible values (`1.234` has two).

    `text` is how it is written, `step` the unit of its last digit. `falls`: a word before it says that
    something fell.
    """

    text: str
    readings: tuple[Decimal, ...]
    step: Decimal
    scale: Decimal = Decimal(1)
    kind: Kind = Kind.PLAIN
    bound: Bound = Bound.EXACT
    falls: bool = False
    start: int = 0
    end: int = 0


WHOLE_MONTHS = {name: MONTH_WORDS[name] for names in MONTHS for name in names.split()[:2] if name != "may"}
"""Months by their whole names, without the English `May`, which is an everyday word too."""
# `May` and the short names are months only before a year.
_SHORT_MONTH = re.compile(rf"\b({'|'.join(MONTH_WORDS)})\b\.?(?=,?\s+(?:of\s+)?(?:19|20)\d\d\b)")
_VAGUE = re.compile(
    r"\b(?:setengah|separuh|separo|sepertiga|seperempat|seperlima|half|halves|thirds?|quarters?|fifths?|tenths?|"
    r"doubl\w+|tripl\w+|quadrupl\w+|twice|thrice|twofold|threefold|tenfold|dozen|scores of|"
    r"\d+(?:[.,]\d+)*[kmbt]|"  # `15m` may be a million, a metre or a billion
    r"[ivxlcdm]{2,}(?=\s*(?:%|persen|ribu|juta|miliar|triliun))|"
    r"puluhan|belasan|ratusan|ribuan|jutaan|miliaran|triliunan|dozens|hundreds|thousands|millions|billions)\b"
)
_SPANS = r"(triwulan|kuartal|semester|tahap|catur\s?wulan|quarter|half|q)"
_ENGLISH = {
    word: at for words in (ENGLISH_ORDINALS, ("1st", "2nd", "3rd", "4th")) for at, word in enumerate(words, 1)
}
_PART = re.compile(rf"\b{_SPANS}\s+(?:ke-?\s*)?({'|'.join(ORDINALS)})\b|\b(q)([1-4])\b")
_ENGLISH_PART = re.compile(rf"\b({'|'.join(_ENGLISH)})[\s-]+(quarter|half|semester)\b")
_PART_OF = {"semester": 60, "half": 60, "tahap": 70, "caturwulan": 80, "catur wulan": 80}
"""Keeps the second semester apart from the second quarter."""
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[a-z]+")
_SAID = sorted((*ONES, *SMALL_SCALES, *SCALES), key=len, reverse=True)
_PIECE = re.compile("|".join(_SAID))
_JOINED = re.compile(rf"\b(?:{'|'.join(_SAID)}){{2,}}\b")  # `duapuluh` as people write it
_WORD_OR_STOP = re.compile(r"[a-z]+|[^a-z\s-]")  # words, and the signs that part numbers: "dua, tiga" are two
_AFTER = re.compile(
    rf"\s*-?(?:(?P<scale>{'|'.join(SCALES)})\b)?\s*(?P<unit>poin persen|persen poin|"
    r"percentage[ -]points?|pp\b|%\s?poin|%|persen|per cent\b|percent\b|rupiah|kali\b|times\b|fold\b)?"
)
_RANGE = re.compile(r"\s*(?:-|–|sampai(?: dengan)?|hingga|s\.?d\.?|dan|to|and)\s*$")
_MINUS = re.compile(r"(?:^|[\s(:=])(?:-|minus\s+)\s*$")
_SAID_BEFORE = {
    Bound.ABOUT: r"sekitar|kira-?kira|kurang lebih|mendekati|about|around|roughly|approximately|some|circa|"
    r"close to",
    Bound.ABOVE: r"lebih dari|di ?atas|melampaui|melebihi|over|above|more than|at least|exceed\w*",
    Bound.BELOW: r"kurang dari|hampir|di ?bawah|tidak sampai|less than|fewer than|under|below|up to|at most|"
    r"almost|nearly",
}
_BOUNDS = tuple((bound, re.compile(rf"\b(?:{words})\s*$")) for bound, words in _SAID_BEFORE.items())
_FALLS = re.compile(
    r"\b(?:turun|menurun|penurunan|kontraksi|terkontraksi|menyusut|deflasi|minus|fell|declin\w+|decreas\w+|dropp\w+)\b"
)
_NOT_OURS = re.compile(r"[^\x00-\x7f]")
FALL_REACH, BEFORE = 40, 30  # characters


@lru_cache(maxsize=4_000)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers in their order; digits of other scripts and look-alikes count as the plain digits."""
    flat = flattened(text)
    named = list(_named(flat))
    parts = [one for one in named if one.kind is Kind.PART]  # the 2 of `triwulan 2` is no number of its own
    vague = [one for one in named if one.kind is Kind.VAGUE and one.text[0].isdigit()]
    named = [one for one in named if one.kind is Kind.PART or not any(_within(one, part) for part in parts)]
    counted = [
        one
        for one in (*_written(flat), *_spelled(flat))
        if not any(_within(one, other) for other in (*parts, *vague))
    ]
    return tuple(sorted([*counted, *named], key=lambda one: one.start))


def _within(number: Number, part: Number) -> bool:
    return part.start <= number.start < part.end


def flattened(text: str) -> str:
    """Lower case with plain digits and one kind of minus, without invisible characters."""
    text = _NOT_OURS.sub(lambda one: _digit(one[0]), unicodedata.normalize("NFKC", text))
    text = _JOINED.sub(lambda run: " ".join(_PIECE.findall(run[0])), text.casefold())
    return re.sub("[−‐‑‒﹣－]", "-", text)  # noqa: RUF001  # these are what is replaced


def _digit(one: str) -> str:
    if unicodedata.category(one) == "Cf":
        return ""
    return str(unicodedata.digit(one)) if not one.isascii() and one.isdigit() else one


def _written(flat: str) -> Iterator[Number]:
    before: Number | None = None
    for match in _DIGITS.finditer(flat):
        for start, digits in _parts(match):
            number = _one(flat, start, digits)
            if before and _RANGE.fullmatch(flat[before.end : start]):
                before, number = _as_of_a_range(before, number)
            if before:
                yield before
            before = number
    if before:
        yield before


def _parts(match: re.Match[str]) -> Iterator[tuple[int, str]]:
    """The parts of what is no number with separators, such as the date `17.08.1945`."""
    if readings(match[0]):
        yield match.start(), match[0]
        return
    for part in re.finditer(r"\d+", match[0]):
        yield match.start() + part.start(), part[0]


def readings(digits: str) -> tuple[Decimal, ...]:
    """`1.234.567,89` has one reading, `1.234` and `1,234` two, `17.08.1945` none."""
    found = [
        Decimal(digits.replace(thousand, "").replace(point, "."))
        for thousand, point in ((".", ","), (",", "."))
        if re.fullmatch(rf"(?:\d+|\d{{1,3}}(?:\{thousand}\d{{3}})+)(?:\{point}\d+)?", digits)
    ]
    return tuple(dict.fromkeys(found))


def _one(flat: str, start: int, digits: str) -> Number:
    end = start + len(digits)
    scale, unit, last = _after(flat, end)
    sign = -1 if _MINUS.search(flat[max(start - BEFORE, 0) : start]) else 1
    values = readings(digits) or (Decimal(digits),)
    exponents = [value.as_tuple().exponent for value in values]
    step = scale * Decimal(1).scaleb(min(one for one in exponents if isinstance(one, int)))
    return Number(
        flat[start:last],
        tuple(value * scale * sign for value in values),
        step,
        scale,
        _kind(flat, start, unit),
        *_said_of(flat, start),
        start,
        last,
    )


def _after(flat: str, end: int) -> tuple[Decimal, str, int]:
    """The scale and the unit behind a number, and where they end."""
    after = _AFTER.match(flat, end)
    if after is None or not (after["scale"] or after["unit"]):
        return Decimal(1), "", end
    return Decimal(SCALES.get(after["scale"] or "", 1)), after["unit"] or "", after.end()


def _kind(flat: str, start: int, unit: str) -> Kind:
    if "poin" in unit or unit == "pp":
        return Kind.POINTS
    if unit in {"kali", "times", "fold"}:
        return Kind.TIMES
    if unit == "rupiah" or re.search(r"\brp\.?\s*$", flat[max(start - 6, 0) : start]):
        return Kind.RUPIAH
    return Kind.PERCENT if unit else Kind.PLAIN


def _said_of(flat: str, start: int) -> tuple[Bound, bool]:
    before = re.sub(r"\brp\.?\s*$", "", flat[max(start - BEFORE, 0) : start])
    bound = next((bound for bound, words in _BOUNDS if words.search(before)), Bound.EXACT)
    return bound, bool(_FALLS.search(flat[max(start - FALL_REACH, 0) : start]))


def _as_of_a_range(first: Number, last: Number) -> tuple[Number, Number]:
    """The first number of `10-20 persen` or `1 dan 2 juta`, with the kind and scale of the last."""
    last = replace(last, readings=tuple(abs(value) for value in last.readings))
    if first.kind is not Kind.PLAIN or first.scale != 1 or is_year(first):
        return first, last
    scaled = tuple(value * last.scale for value in first.readings)
    return replace(first, readings=scaled, step=first.step * last.scale, kind=last.kind), last


def is_year(number: Number) -> bool:
    """Whether it can only be read as a year of our time: four digits, a whole number."""
    return number.readings == (number.readings[0],) and bool(_YEAR.fullmatch(number.text))


def _spelled(flat: str) -> Iterator[Number]:
    words = list(_WORD_OR_STOP.finditer(flat))
    for said in said_in([word[0] for word in words]):
        start, end = words[said.start].start(), words[said.end - 1].end()
        _scale, unit, last = _after(flat, end)
        step = Decimal(1).scaleb(-said.places) * said.scale
        yield Number(
            flat[start:last],
            (said.value,),
            step,
            Decimal(said.scale),
            _kind(flat, start, unit),
            *_said_of(flat, start),
            start,
            last,
        )


def _named(flat: str) -> Iterator[Number]:
    """Months by name, parts of a year by number, and shares and amounts that no figure can hold."""
    for match in _WORD.finditer(flat):
        if month := WHOLE_MONTHS.get(match[0]):
            yield _word(match, match[0], month, Kind.MONTH)
    for match in _SHORT_MONTH.finditer(flat):
        if match[1] not in WHOLE_MONTHS:
            yield _word(match, match[0], MONTH_WORDS[match[1]], Kind.MONTH)
    for match in _PART.finditer(flat):
        span, number = (match[1], ORDINALS[match[2]]) if match[1] else ("q", int(match[4]))
        yield _word(match, match[0], _PART_OF.get(span, 0) + number, Kind.PART)
    for match in _ENGLISH_PART.finditer(flat):
        yield _word(match, match[0], _PART_OF.get(match[2], 0) + _ENGLISH[match[1]], Kind.PART)
    for match in _VAGUE.finditer(flat):
        yield _word(match, match[0], 0, Kind.VAGUE)


def _word(match: re.Match[str], text: str, value: int, kind: Kind) -> Number:
    return Number(text, (Decimal(value),), Decimal(1), kind=kind, start=match.start(), end=match.end())
