"""Which regions a question names, even misspelt, and whether it asks for all regions within one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from halopst.assistant.rules.language.phrases import says
from halopst.assistant.rules.language.word_tables import table
from halopst.core.spelling import SHORTEST_FORGIVEN, distance, forgiven
from halopst.knowledge.rules.figures.regions import CITY, KIND_WORDS, PROVINCE, REGENCY, Gazetteer, Region

SHORT_WORD = 4
LONGEST_NAME = 5
_VOWELS = re.compile("[aeiou]")
_KINDS = {**KIND_WORDS, "city": CITY, "regency": REGENCY, "province": PROVINCE}
_AND = frozenset({"dan", "and", "atau", "vs", "versus", "dengan", "sama"})
_PLURALS = {REGENCY: {"kabupaten", "kab", "regency", "regencies"}, CITY: {"kota", "city", "cities"}}
_SPREADS = (
    ("both", (REGENCY, CITY)),
    ("regency", (REGENCY,)),
    ("city", (CITY,)),
    ("province", (PROVINCE,)),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """The words `start` to `end` of the question name a region; several if the name does not decide.

    Each region of a `group` (`Madura`) is a mention of its own, at the same words.
    """

    start: int
    end: int
    regions: tuple[Region, ...]
    is_exact: bool = True
    group: str = ""


@lru_cache(maxsize=1)
def _called() -> dict[tuple[str, ...], str]:
    return {tuple(name.split()): code for code, names in table("regions")["called"].items() for name in names}


@lru_cache(maxsize=1)
def _groups() -> dict[tuple[str, ...], str]:
    return {tuple(name.split()): one["name"] for one in table("regions")["group"] for name in one["called"]}


def of_group(name: str) -> tuple[str, ...]:
    """The codes of the regions with this common name; empty where no group has it."""
    return next((tuple(one["codes"]) for one in table("regions")["group"] if one["name"] == name), ())


def without_bounds(words: Sequence[str]) -> str:
    """The name in the question of an area without agreed borders (`tapal kuda`); empty for none."""
    return next((name for name in table("regions")["unbounded"]["names"] if says(words, [name])), "")


@lru_cache(maxsize=1)
def _ordinary() -> tuple[frozenset[tuple[str, ...]], frozenset[str]]:
    words = table("regions")["words"]
    return frozenset(tuple(name.split()) for name in words["ordinary"]), frozenset(words["before"])


def find(words: Sequence[str], gazetteer: Gazetteer, is_word: Callable[[str], bool]) -> list[Mention]:
    """The regions in the order of the question.

    `is_word` tells which words have a meaning of their own and are no misspelt region.
    """
    found: list[Mention] = []
    at = 0
    while at < len(words):
        if group := _group(words, at, gazetteer):
            found, at = [*found, *group], group[0].end
            continue
        mention = (
            _exact(words, at, gazetteer)
            or _without_vowels(words, at, gazetteer, is_word)
            or _misspelt(words, at, gazetteer, is_word)
        )
        both = _with_kind_behind(words, mention, gazetteer) if mention else []
        found += both
        at = both[-1].end if both else at + 1
    return found


def _group(words: Sequence[str], at: int, gazetteer: Gazetteer) -> list[Mention]:
    """`Malang Raya`: its regions, where all of them are known."""
    for end in range(min(len(words), at + LONGEST_NAME), at, -1):
        name = _groups().get(tuple(words[at:end]), "")
        regions = [gazetteer.by_code[code] for code in of_group(name) if code in gazetteer.by_code]
        if name and len(regions) == len(of_group(name)):
            return [Mention(at, end, (region,), group=name) for region in regions]
    return []


def _with_kind_behind(words: Sequence[str], mention: Mention, gazetteer: Gazetteer) -> list[Mention]:
    """`Blitar Kota`, `Malang City`, `Mojokerto kota dan kabupaten`: the kind stands after the name."""
    kinds: list[str] = []
    end = mention.end
    while end < len(words) and len(mention.regions) > 1:
        at = end + (bool(kinds) and words[end] in _AND)
        kind = _KINDS.get(words[at], "") if at < len(words) else ""
        if not kind or _exact(words, at, gazetteer) or words[at + 1 : at + 2] in (["mana"], ["apa"]):
            break
        kinds, end = [*kinds, kind], at + 1
    narrowed = [tuple(one for one in mention.regions if one.kind == kind) for kind in kinds]
    if not kinds or not all(narrowed):
        return [mention]
    return [replace(mention, end=end, regions=regions) for regions in narrowed]


def kinds_said(words: Sequence[str], mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The one kind that is said without a name (`5 kota dengan ...`); empty for both kinds, or none."""
    named = {at for one in mentions for at in range(one.start, one.end)}
    said = {word for at, word in enumerate(words) if at not in named}
    kinds = [kind for kind, plurals in _PLURALS.items() if said & plurals]
    return tuple(kinds) if len(kinds) == 1 else ()


def spread(words: Sequence[str]) -> tuple[str, ...]:
    """The kinds of region of which all are asked for (`kabupaten mana`, `tiap provinsi`), beside names."""
    return _kinds_in("spread", words)


def counted(words: Sequence[str]) -> tuple[str, ...]:
    """The kinds of region to be held against a bound (`berapa kabupaten yang ...`)."""
    return _kinds_in("spread", words) or _kinds_in("counted", words)


def _kinds_in(part: str, words: Sequence[str]) -> tuple[str, ...]:
    phrases = table("regions")[part]
    return next((kinds for name, kinds in _SPREADS if says(words, phrases[name])), ())


def _exact(words: Sequence[str], at: int, gazetteer: Gazetteer) -> Mention | None:
    """The longest name that begins here, with or without the kind of region before it."""
    kind = _KINDS.get(words[at], "")
    start = at + 1 if kind else at
    start += bool(kind) and words[start : start + 1] == ["of"]
    for end in range(min(len(words), start + LONGEST_NAME), start, -1):
        name = _long(words[start:end])
        code = _called().get(tuple(words[at:end])) or (None if kind else _called().get(name))
        if code and code in gazetteer.by_code:
            return Mention(at, end, (gazetteer.by_code[code],))
        regions = gazetteer.named(name, kind) or (gazetteer.named(name) if kind == CITY else [])
        if regions and (kind or _is_meant(words, start, name)):
            return Mention(at, end, tuple(regions))
    return None


def _is_meant(words: Sequence[str], start: int, name: tuple[str, ...]) -> bool:
    ordinary, before = _ordinary()
    if name not in ordinary:
        return True
    return (start > 0 and words[start - 1] in before) or len(words) == len(name)


def _misspelt(
    words: Sequence[str], at: int, gazetteer: Gazetteer, is_word: Callable[[str], bool]
) -> Mention | None:
    kind = _KINDS.get(words[at], "")
    start = at + 1 if kind else at
    if start >= len(words) or is_word(words[start]) or len(words[start]) < SHORT_WORD - 1:
        return None
    best: list[tuple[int, int, Region]] = []
    for name in gazetteer.bare_names():
        end = start + len(name)
        slips = _slips(words[start:end], name)
        if slips is not None:
            best += [(slips, -len(name), region) for region in gazetteer.named(name, kind)]
    if not best:
        return None
    least = min(one[:2] for one in best)
    regions = tuple(region for *score, region in best if tuple(score) == least)
    names = {region.name.split(" ", 1)[-1] for region in regions}
    return Mention(at, start - least[1], regions, is_exact=False) if len(names) == 1 else None


def _without_vowels(
    words: Sequence[str], at: int, gazetteer: Gazetteer, is_word: Callable[[str], bool]
) -> Mention | None:
    """`smpg`, `kdri`, `kota mlg`: the regions whose name of one word has these consonants.

    A vowel at the end must be the name's last letter.
    """
    kind = _KINDS.get(words[at], "")
    start = at + 1 if kind else at
    short = words[start] if start < len(words) else ""
    last = short[-1] if len(short) >= SHORT_WORD and _VOWELS.match(short[-1]) else ""
    short = short.removesuffix(last)
    if len(short) < SHORT_WORD - 1 or _VOWELS.search(short) or not short.isalpha() or is_word(short + last):
        return None
    fitting = [
        name
        for name in gazetteer.bare_names()
        if len(name) == 1
        and short in _consonants(name[0])
        and name[0].endswith(last)
        and (kind or _is_meant(words, start, name))
    ]
    regions = tuple(region for name in fitting for region in gazetteer.named(name, kind))
    return Mention(at, start + 1, regions, is_exact=False) if regions else None


def _consonants(name: str) -> set[str]:
    """The consonants of a name; `ng` also as one letter."""
    return {_VOWELS.sub("", name.replace("ng", sound)) for sound in ("ng", "g", "n")}


def _slips(typed: Sequence[str], name: tuple[str, ...]) -> int | None:
    """How many typing errors lie between; None for too many, or for one in the first letter."""
    if len(typed) != len(name) or typed[0][0] != name[0][0]:
        return None
    if len(name) == 1 and len(typed[0]) < SHORTEST_FORGIVEN:
        return None
    total = 0
    for one, other in zip(typed, name, strict=True):
        allowed = forgiven(len(other))
        if len(name) > 1 and len(other) == SHORT_WORD and len(one) < SHORT_WORD:
            allowed = 1  # `jwa timur`: a missing letter, as the rest of the name is clear
        slips = distance(one, other, allowed)
        if slips > allowed:
            return None
        total += slips
    return total


def _long(words: Sequence[str]) -> tuple[str, ...]:
    return tuple("kepulauan" if word == "kep" else word for word in words)
