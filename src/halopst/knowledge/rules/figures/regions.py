"""The regions of Indonesia by code and by name, as tables, spreadsheets and people write them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

NATION, PROVINCE, REGENCY, CITY, DISTRICT = "pusat", "provinsi", "kabupaten", "kota", "kecamatan"
KIND_WORDS = {
    "kab": REGENCY,
    "kabupaten": REGENCY,
    "kota": CITY,
    "kotamadya": CITY,
    "prov": PROVINCE,
    "propinsi": PROVINCE,
    "provinsi": PROVINCE,
    "kec": DISTRICT,
    "kecamatan": DISTRICT,
}
TOTAL = "9999"
NATION_CODE = "0000"


@dataclass(frozen=True, slots=True)
class Region:
    """A region; `kind` is that of units, `parent` the code of the region around it."""

    code: str
    name: str
    kind: str
    parent: str = ""


def plain_words(text: str) -> tuple[str, ...]:
    """Lower-case words; `Kep.` is `kepulauan`, `Kab.` is `kabupaten`."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    long = {"kep": "kepulauan", "kab": "kabupaten", "prov": "provinsi", "kec": "kecamatan"}
    return tuple(long.get(word, word) for word in words)


def bare_words(region: Region) -> tuple[str, ...]:
    """The words of its name without the kind of region: `Kabupaten Toli-Toli` is `toli toli`."""
    words = plain_words(region.name)
    return words[1:] if len(words) > 1 and words[0] in KIND_WORDS else words


def full_name(region: Region) -> str:
    """The name that only this region has, as a question may say it."""
    return f"provinsi {region.name}" if region.kind == PROVINCE else region.name


class Gazetteer:
    """Regions to look up by name; a name of several regions gives all of them."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self.by_code = {region.code: region for region in regions}
        self._whole: defaultdict[tuple[str, ...], list[Region]] = defaultdict(list)
        self._bare: defaultdict[tuple[str, ...], list[Region]] = defaultdict(list)
        for region in self.by_code.values():
            bare = bare_words(region)
            self._whole[plain_words(region.name)].append(region)
            self._whole[(region.kind, *bare)].append(region)
            self._bare[bare].append(region)
        self.words = frozenset(word for name in self._bare for word in name)

    def named(self, words: tuple[str, ...], kind: str = "") -> list[Region]:
        """The regions with exactly this name, without the kind; only of `kind`, when that is given."""
        return [one for one in self._bare.get(words, ()) if not kind or one.kind == kind]

    def written(self, text: str) -> list[Region]:
        """The region that a cell of a spreadsheet means, by a code, a whole name, or a name alone."""
        if text.strip() in self.by_code:
            return [self.by_code[text.strip()]]
        words = plain_words(text)
        whole = {one.code: one for one in self._whole.get(words, ())}
        if whole and words and words[0] in KIND_WORDS:
            return list(whole.values())
        return self.named(words)

    def children(self, code: str) -> list[Region]:
        return [region for region in self.by_code.values() if region.parent == code]

    def bare_names(self) -> Iterable[tuple[str, ...]]:
        return self._bare.keys()


def of_table_row(gazetteer: Gazetteer, *, domain: str, code: str, label: str) -> Region | None:
    """The region of a row in a published table; None when the row is about something else.

    Neither a number nor a name is trusted alone, as other classifications count from 1 too: the region of the
    code must have the label as its name, or the label must give kind and name of a region within the table's
    own.
    """
    if code == TOTAL:
        return gazetteer.by_code.get(domain)
    words = plain_words(label)
    known = gazetteer.by_code.get(code) or gazetteer.by_code.get(code.ljust(4, "0"))
    if known and words in {bare_words(known), plain_words(known.name), (known.kind, *bare_words(known))}:
        return known
    if words and words[0] in KIND_WORDS:
        inside = [one for one in gazetteer.written(label) if domain in {one.code, one.parent, NATION_CODE}]
        return inside[0] if len(inside) == 1 else None
    return None
