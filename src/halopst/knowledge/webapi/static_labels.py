"""What the heads and labels of a static table say: a region, a time, the whole, or a breakdown."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from halopst.knowledge.rules.figures import measures, periods
from halopst.knowledge.rules.figures.regions import (
    CITY,
    DISTRICT,
    KIND_WORDS,
    NATION,
    PROVINCE,
    REGENCY,
    Gazetteer,
    Region,
    plain_words,
)
from halopst.knowledge.rules.figures.table_titles import Title
from halopst.knowledge.rules.figures.table_words import listed
from halopst.knowledge.rules.figures.values import unmarked
from halopst.knowledge.webapi.grid import Box
from halopst.knowledge.webapi.static_shape import Line, Shape, Unclear

_SPREAD = {
    ("kecamatan",): DISTRICT, ("kabupaten", "kota"): REGENCY, ("kabupaten",): REGENCY, ("kota",): CITY,
    ("provinsi",): PROVINCE,
}  # fmt: skip
_AROUND = {DISTRICT: {REGENCY, CITY}, REGENCY: {PROVINCE}, CITY: {PROVINCE}, PROVINCE: {NATION}}
_SECTIONS = {"kabupaten": REGENCY, "regency": REGENCY, "kota": CITY, "municipality": CITY, "city": CITY}
_TIME_HEADS = listed("heads", "of_time")
_TIME_WORDS = listed("heads", "times").union(periods.MONTH_WORDS)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTED = re.compile(r"^\[?\d{1,4}[.)\]]\s*(?=\D)|^[a-z][.)]\s+", re.IGNORECASE)
_NUMBERED = re.compile(r"^\d{1,3}\s+(?=\D)")
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Facet:
    """What a row or a column says of its figures; `part` 0 is the whole of a year that is shown by month."""

    region: Region | None = None
    year: int | None = None
    part: int | None = None
    status: str = ""
    parts: tuple[str, ...] = ()


def facet_of(found: Iterable[Facet]) -> Facet:
    """Several heads, one above the other, read as one."""
    region, year, part, status, parts = None, None, None, "", tuple[str, ...]()
    for one in found:
        if (year is not None and one.year is not None) or (part is not None and one.part is not None):
            raise Unclear("period")
        region, status = region or one.region, status or one.status
        year = one.year if year is None else year
        part = one.part if part is None else part
        parts += one.parts
    return Facet(region, year, part, status, parts)


class Labels:
    """Reads the labels of one table, and refuses each that it does not fully understand."""

    def __init__(self, gazetteer: Gazetteer, title: Title, shape: Shape) -> None:
        self._known, self._title, self._shape = gazetteer, title, shape
        self._words = set(plain_words(title.name))
        corner = tuple(word for word in plain_words(shape.corner) if word not in listed("heads", "glosses"))
        self._spread = _SPREAD.get(tuple(dict.fromkeys(corner)), "")
        if set(corner) & {"wilayah", "daerah"}:
            self._spread = {PROVINCE: REGENCY, NATION: PROVINCE}.get(title.about.kind, DISTRICT)
        self._corner = corner
        self._check_corner()
        self._check_preface()

    def of_column(self, texts: Sequence[str]) -> Iterator[Facet]:
        """The heads of a column.

        Regions are looked for in rows only: a table with regions as columns stays text.
        """
        for text in texts:
            words = plain_words(text)
            if words and words[0] in KIND_WORDS and self._known.written(text):
                raise Unclear("region-columns", text)
            if set(words) <= _TIME_HEADS and words:
                continue
            yield self._timed(text) or self._narrowed(text)

    def rows(self) -> Iterator[Facet]:
        lines = self._shape.lines
        inside = self._spread != DISTRICT or all(self._district(line) for line in lines)
        sections = {line.section for line in lines}
        if "" in sections and len(sections) > 1:
            raise Unclear("section")
        self._check_totals(lines, sections - {""})
        for line in lines:
            text = _label(line.label)
            if self._spread and (inside or _is_whole(text) or self._is_about(text)):
                yield Facet(self._region(line, text))
            else:
                yield self._row(line, text)

    def _row(self, line: Line, text: str) -> Facet:
        if not any(box.text for box in line.values) and not self._spread:
            raise Unclear("section", text)
        found = None if self._spread else self._timed(text)
        found = found or self._narrowed(_of_district(text) if self._spread else text)
        return facet_of([found, self._narrowed(line.section)]) if line.section else found

    def _timed(self, text: str) -> Facet | None:
        """A year, a part of a year, or both; a head that says more beside its year is not understood."""
        bare, status = unmarked(text)
        words = [word for word in plain_words(bare) if not _YEAR.fullmatch(word)]
        if not set(words) <= _TIME_WORDS or not plain_words(bare):
            if _YEAR.search(text):
                raise Unclear("period", text)
            return None
        years = _YEAR.findall(bare)
        if len(years) > 1:
            raise Unclear("period", text)
        part = periods.part_of(_YEAR.sub(" ", bare).strip(" -/.,()")) if words else None
        if words and part is None:
            raise Unclear("period", text)
        return Facet(year=int(years[0]) if years else None, part=part or None, status=status)

    def _narrowed(self, text: str) -> Facet:
        if "*" in text:
            raise Unclear("footnote", text)
        bare = measures.without_units(text)
        if _is_whole(bare):
            return Facet()
        strange = set(re.findall(r"[a-z%-]+", bare.casefold())) & listed("heads", "of_other_kind")
        if strange := strange - self._words:
            raise Unclear("measures", min(strange))
        if not bare or len(bare) > _LONGEST:
            raise Unclear("labels", bare)
        return Facet(parts=(bare,))

    def _region(self, line: Line, text: str) -> Region:
        """The region with this name within the table's own region; Unclear for none or several."""
        about = self._title.about
        if self._is_about(text):
            return about
        if _is_whole(text):
            if line.section:
                raise Unclear("total", text)
            return about
        words = plain_words(_NUMBERED.sub("", text))
        kind = KIND_WORDS.get(words[0], "") if len(words) > 1 else ""
        kind = kind or self._section_kind(line) or (self._spread if self._spread != REGENCY else "")
        bare = words[1:] if len(words) > 1 and words[0] in KIND_WORDS else words
        found = [one for one in self._known.named(bare, kind) if one.parent == about.code]
        if len(found) != 1 or about.kind not in _AROUND[self._spread]:
            raise Unclear("row", text)
        return found[0]

    def _section_kind(self, line: Line) -> str:
        if not line.section:
            return ""
        words = plain_words(line.section)
        if len(words) != 1 or words[0] not in _SECTIONS:
            raise Unclear("section", line.section)
        return _SECTIONS[words[0]]

    def _is_about(self, text: str) -> bool:
        about, words = self._title.about, plain_words(text)
        return words == plain_words(about.name) or words == (about.kind, *plain_words(about.name))

    def _district(self, line: Line) -> bool:
        """Whether the row is about a district we know, or about the whole."""
        text = _label(line.label)
        bare = tuple(word for word in plain_words(text) if word != DISTRICT)
        known = [one for one in self._known.named(bare, DISTRICT) if one.parent == self._title.about.code]
        return len(known) == 1 or _is_whole(text) or self._is_about(text)

    def _check_totals(self, lines: Sequence[Line], sections: set[str]) -> None:
        """Within a section a total is that of the section, and each section has to end with one."""
        totals = [at for at, line in enumerate(lines) if _is_whole(_label(line.label))]
        if not sections or not totals or self._spread:
            return
        ends = [
            at
            for at, line in enumerate(lines)
            if at + 1 == len(lines) or lines[at + 1].section != line.section
        ]
        if totals != ends:
            raise Unclear("total")

    def _check_corner(self) -> None:
        known = (
            set(self._corner) & (listed("heads", "of_rows") | self._words)
            or self._shape.corner_is_head
            or self._spread
        )
        if not known:
            raise Unclear("head", self._shape.corner)
        if self._spread and self._title.about.kind not in _AROUND[self._spread]:
            raise Unclear("region")

    def _check_preface(self) -> None:
        """Lines above the heads must repeat the title or give a unit; any other may narrow all figures."""
        title = self._words | {str(period.year) for period in self._title.periods} | _TIME_HEADS
        about = {*plain_words(self._title.about.name), *KIND_WORDS, "satuan", "tabel", "di", "pada"}
        for text in self._shape.preface:
            words = set(plain_words(measures.without_units(text)))
            units = {word for unit in self._title.units for word in plain_words(unit)}
            if not words <= title | about | units | _TIME_WORDS and not measures.is_unit(text.strip("()")):
                raise Unclear("preface", text)


def _label(box: Box) -> str:
    return _COUNTED.sub("", box.text).strip()


def _is_whole(text: str) -> bool:
    return " ".join(dict.fromkeys(plain_words(text))) in listed("heads", "whole")


def _of_district(text: str) -> str:
    """`01 Asemrowo` is `Kecamatan Asemrowo`."""
    text = _NUMBERED.sub("", text)
    return text if plain_words(text)[:1] == (DISTRICT,) else f"Kecamatan {text}"
