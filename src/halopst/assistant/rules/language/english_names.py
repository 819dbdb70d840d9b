"""The Indonesian and English names of a figure, the only ones an English sentence may use."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from halopst.assistant.rules.language.phrases import Phrase
from halopst.assistant.rules.language.word_tables import table
from halopst.knowledge.rules.figures.periods import ENGLISH_ORDINALS, QUARTER, SEMESTER, Period
from halopst.knowledge.rules.figures.regions import CITY, DISTRICT, KIND_WORDS, PROVINCE, REGENCY

_KINDS = {CITY: "City", REGENCY: "Regency", PROVINCE: "Province", DISTRICT: "District"}
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]|_")  # as people type them


def measure_in_english(measure: str) -> str:
    """The unit in English; as published where we know no English for it."""
    return str(table("english")["measures"].get(" ".join(measure.casefold().split()), measure))


def narrowed_in_english(breakdown: str) -> str:
    return str(table("english")["breakdowns"].get(breakdown.casefold(), breakdown))


def indicator_names(name: str, others: Sequence[str], breakdown: str) -> list[str]:
    """Its name and the other names the office gives it, each with the breakdown."""
    return [f"{one} ({breakdown})" if breakdown else one for one in dict.fromkeys((name, *others))]


def region_names(name: str, kind: str) -> list[str]:
    """`Kota Surabaya` is also `Surabaya City`, `City of Surabaya` and, as it is clear which, `Surabaya`."""
    first, _space, rest = name.partition(" ")
    bare = rest if rest and first.casefold().rstrip(".") in KIND_WORDS else name
    if kind not in _KINDS:
        return [name]
    return list(dict.fromkeys((name, f"{bare} {_KINDS[kind]}", f"{_KINDS[kind]} of {bare}", bare)))


def period_names(period: Period) -> list[str]:
    """`Triwulan II 2025` is also `Quarter II 2025`, `Q2 2025` and `second quarter of 2025`."""
    said = [period.label(), period.label("en")]
    if period.kind in {QUARTER, SEMESTER}:
        at = period.part % 30
        short, whole = ("Q", "quarter") if period.kind == QUARTER else ("Semester ", "half")
        said += [f"{short}{at} {period.year}", f"{ENGLISH_ORDINALS[at - 1]} {whole} of {period.year}"]
    return list(dict.fromkeys(said))


def phrases(names: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(filter(None, (phrase(one) for one in names)))


def phrase(text: str) -> Phrase:
    """The words of `text`, without signs."""
    return tuple(one for one in pieces(text) if one[0].isalnum())


def pieces(text: str) -> list[str]:
    """Words, numbers and signs in one spelling, without a possessive `'s`."""
    flat = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return [one.removesuffix("'s") for one in _TOKEN.findall(flat)]
