"""The unit a figure is asked for in, where it is published in another (`garis kemiskinan per hari`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from halopst.assistant.rules.language.number_words import SCALES
from halopst.assistant.rules.language.word_tables import table
from halopst.core.spelling import words as plain

LONGEST = 2
_IN = frozenset({"dalam", "berapa", "in"})
_COUNTED_BY_ONE = frozenset({"jiwa", "orang", "ton", "hektare", "hektar", "rupiah", "unit", "rumah"})
_THINGS = frozenset({"area", "weight", "money"})
"""Dimensions whose words name a unit and nothing else; one of time may say when (`dalam bulan ini`)."""


@dataclass(frozen=True, slots=True)
class OtherUnit:
    """The unit `asked` instead of the one `published`; times `factor`, or 0 if that cannot be exact.

    `is_per`: it is the unit that a figure is counted per. `is_whole`: both are a whole unit of measure, not
    one word of it.
    """

    asked: str
    published: str
    is_per: bool
    factor: Decimal = Decimal(0)
    is_whole: bool = False


@lru_cache(maxsize=1)
def _named() -> dict[tuple[str, ...], tuple[str, str]]:
    """Every word for a unit, with its dimension and its name."""
    return {
        tuple(said.split()): (one["name"], unit)
        for one in table("units")["dimension"]
        for unit, names in one["units"].items()
        for said in names
    }


def other_unit(words: Sequence[str], measure: str) -> OtherUnit | None:
    """None where no unit is asked for, or that of `measure`, or one of another dimension."""
    if (scaled := _scaled(words, measure)) is not None:
        return scaled
    whole, *per = (tuple(plain(part)) for part in measure.split("/"))
    for dimension, unit, is_per in _asked(words):
        own = (_unit_in(part, dimension) for part in (per if is_per else [whole]))
        published = next(filter(None, own), "")
        if published and published != unit:
            return OtherUnit(unit, published, is_per, _factor(dimension, published, unit, is_per=is_per))
    return None


def _scaled(words: Sequence[str], measure: str) -> OtherUnit | None:
    """`Dalam juta` of what is published by ones, thousands or another scale."""
    whole, *per = measure.split("/")
    first, *rest = whole.split() or [""]
    own = SCALES.get(first.casefold(), 0)
    asked = next((word for before, word in pairwise(words) if before in _IN and word in SCALES), "")
    if not asked or first.casefold() not in _COUNTED_BY_ONE | SCALES.keys() or (own or 1) == SCALES[asked]:
        return None
    counted = "/".join([" ".join([asked, *(rest if own else [whole])]), *per])
    return OtherUnit(counted, measure, is_per=False, factor=Decimal(own or 1) / SCALES[asked], is_whole=True)


def misplaced_unit(words: Sequence[str], measure: str) -> str:
    """The unit asked for, if it measures something else: `inflasi dalam kilogram`; else empty."""
    own = {_named()[(word,)][0] for word in plain(measure) if (word,) in _named()}
    asked = ((dimension, unit) for dimension, unit, is_per in _asked(words) if not is_per)
    is_other = (unit for dimension, unit in asked if dimension in _THINGS and dimension not in own)
    return next(is_other, "") if measure else ""


def _asked(words: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    said = table("units")["asked"]
    for at, word in enumerate(words):
        if word in said["glued"]:
            yield *_named()[said["glued"][word],], True
        before = words[at - 1] if at else ""
        found = next(
            (
                _named()[name]
                for end in range(at + LONGEST, at, -1)
                if (name := tuple(words[at:end])) in _named()
            ),
            None,
        )
        if found and before in {*said["per"], *said["in"]}:
            yield *found, before in said["per"]


def unit_places(words: Sequence[str]) -> frozenset[int]:
    """The places of the words for the unit asked for: they are no part of an indicator's name."""
    found = set[int]()
    for at in range(1, len(words)):
        for end in range(min(at + LONGEST, len(words)), at, -1):
            if words[at - 1] in table("units")["asked"]["in"] and tuple(words[at:end]) in _named():
                found.update(range(at, end))
    return frozenset(found)


def _unit_in(part: Sequence[str], dimension: str) -> str:
    units = (_named().get((word,), ("", "")) for word in part)
    return next((unit for of, unit in units if of == dimension), "")


def _factor(dimension: str, published: str, asked: str, *, is_per: bool) -> Decimal:
    sizes = next(one.get("sizes", {}) for one in table("units")["dimension"] if one["name"] == dimension)
    if not sizes:
        return Decimal(0)
    times = Decimal(sizes[published]) / Decimal(sizes[asked])
    return 1 / times if is_per else times
