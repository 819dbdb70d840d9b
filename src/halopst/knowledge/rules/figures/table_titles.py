"""What the title of a published table says: what is measured, in which unit, region and time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from halopst.knowledge.rules.figures import measures
from halopst.knowledge.rules.figures.periods import MONTH_WORDS, Period, of_label
from halopst.knowledge.rules.figures.regions import KIND_WORDS, Gazetteer, Region
from halopst.knowledge.rules.figures.table_words import listed

_MONTHS = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))
_PART = rf"(?:{_MONTHS}|(?:triwulan|kuartal|tw)\s*(?:iv|i{{1,3}}|[1-4])|semester\s*(?:ii?|[12]))"
_ONE = rf"(?:{_PART}\s+)?(?:19|20)\d\d"
_SPANNING = r"\s*(?:-|–|—|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga)\s*(?:tahun\s+)?"
_LISTING = r"\s*(?:,\s*dan|dan|,|&)\s*(?:tahun\s+)?"
_TIME = re.compile(
    rf"(?:[,:(]\s*)?(?:\b(?:pada|keadaan|posisi|tahun|bulan)\s+)*"
    rf"\b(?P<first>{_ONE}|{_PART}(?={_SPANNING}{_PART}\s+\d{{4}}))"
    rf"(?:(?P<span>{_SPANNING})(?P<last>{_ONE})|(?P<others>(?:{_LISTING}{_ONE})+))?(?![\d/=])\)?",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"(?:konstan|adhk|dasar|=)\s*(?:tahun\s+)?(?:19|20)\d\d|\((?:19|20)\d\d\s*=\s*100\)", re.IGNORECASE
)
_LEFT_OVER = re.compile(rf"(?<![a-z0-9])(?:(?:19|20)\d\d|{_MONTHS})(?![a-z0-9])", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:tabel|table)?\s*(?:\d+\.)*\d+\.?\s+(?=\D)", re.IGNORECASE)
_KINDS = {*KIND_WORDS, "desa", "kelurahan", "distrik"}
_SOME_PLACE = re.compile(r"\bdi\s+(?!atas\b|bawah\b)", re.IGNORECASE)
"""A place that is no region (`di Stasiun Juanda`): its figures are not those of the region."""
LONGEST_NAME = 4


class TitleUnclear(ValueError):
    """`code`: `title`, `period`, `region` or `mark`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says.

    `periods` as named; with `spans` they are the two ends of a span. `about` is the region of all figures.
    """

    name: str
    units: tuple[str, ...]
    periods: tuple[Period, ...]
    spans: bool
    about: Region


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    regions: tuple[Region, ...]


def read(title: str, gazetteer: Gazetteer, domain: str) -> Title:
    """What the title says; raises TitleUnclear where that could be read in two ways."""
    if "*" in title:
        raise TitleUnclear("mark")
    units = tuple(measures.units_in(title))
    text = _NUMBERED.sub("", measures.without_units(title))
    periods, spans, text = _time(text)
    about, text = _about(text, gazetteer, domain)
    name = " ".join(text.split()).strip(" ,.-–:;").removesuffix(" di").strip()
    if _SOME_PLACE.search(name):
        raise TitleUnclear("region")
    if not set(re.findall(r"[a-z]{3,}", name.casefold())) - listed("titles", "says_nothing"):
        raise TitleUnclear("title")
    return Title(name, units, periods, spans, about)


def _time(text: str) -> tuple[tuple[Period, ...], bool, str]:
    """The periods, whether they are the ends of a span, and the title without them."""
    bases = _BASE.findall(text)
    hidden = _BASE.sub(lambda found: "\0" * len(found[0]), text)
    found = list(_TIME.finditer(hidden))
    if len(found) > 1:
        raise TitleUnclear("period")
    time = found[0] if found else None
    rest = f"{hidden[: time.start()]} {hidden[time.end() :]}" if time else hidden
    periods = _periods(time) if time else ()
    spans = bool(time and time["span"])
    if _LEFT_OVER.search(rest):
        raise TitleUnclear("period")
    for base in bases:
        rest = rest.replace("\0" * len(base), base, 1)
    return periods, spans, rest


def _periods(found: re.Match[str]) -> tuple[Period, ...]:
    first, last = found["first"], found["last"]
    if last and not re.search(r"\d{4}", first):
        first = f"{first} {last[-4:]}"
    others = re.findall(_ONE, found["others"] or "", re.IGNORECASE)
    read = tuple(of_label(one) for one in (first, last, *others) if one)
    if any(one is None for one in read):
        raise TitleUnclear("period")
    return tuple(one for one in read if one is not None)


def _about(text: str, gazetteer: Gazetteer, domain: str) -> tuple[Region, str]:
    """The one region that the title names, else the office's own; and the title without its name."""
    said = list(re.finditer(r"[A-Za-z0-9]+", text))
    mentions = list(_Places([one[0].casefold() for one in said], gazetteer, domain).found())
    own = gazetteer.by_code.get(domain)
    regions = {one.regions[0].code: one.regions[0] for one in mentions}
    around = {one.parent for one in regions.values()}
    named = [one for code, one in regions.items() if code not in around]
    if len(named) > 1 or (not named and own is None):
        raise TitleUnclear("region")
    for one in reversed(mentions):
        text = text[: said[one.start].start()] + text[said[one.end - 1].end() :]
    about = named[0] if named else own
    if about is None:
        raise TitleUnclear("region")
    return about, text


class _Places:
    """Finds regions that are named with their kind or after `di`, and notes a place that nobody knows."""

    def __init__(self, words: list[str], gazetteer: Gazetteer, domain: str) -> None:
        self._words, self._known, self._domain = words, gazetteer, domain

    def found(self) -> Iterator[_Mention]:
        words, at = self._words, 0
        while at < len(words):
            start, kind = at, ""
            at += words[at] == "di"
            while at < len(words) and (found := KIND_WORDS.get(words[at])):
                start = at if kind or words[start] != "di" else start
                kind, at = found, at + 1
            if at == start:
                at += 1
            elif (mention := self._named(start, at, kind)) is not None:
                yield mention
                at = mention.end

    def _named(self, start: int, at: int, kind: str) -> _Mention | None:
        words = self._words
        for end in range(min(len(words), at + LONGEST_NAME), at, -1):
            found = self._known.named(tuple(words[at:end]), kind)
            found = [one for one in found if one.code == self._domain] or found
            if len(found) > 1:
                raise TitleUnclear("region")
            if found:
                return _Mention(start, end, tuple(found))
        at += words[at - 1] not in _KINDS and at < len(words) and words[at] in _KINDS
        follows = words[at] if at < len(words) and words[at - 1] in _KINDS else ""
        if follows and follows not in listed("titles", "no_names") and not follows.isdigit():
            raise TitleUnclear("region")
        return None
