"""Words that say which of two figures is higher: they have to agree with the figures."""

import re
from collections.abc import Sequence
from decimal import Decimal

from halopst.assistant.rules.checking.sources import PLACEHOLDER, Source, SourceKind, placeholders

_UP = re.compile(
    r"\b(?:naik\w*|meningkat\w*|peningkatan|kenaikan|bertambah\w*|tumbuh|melonjak|"
    r"rose|rises?|rising|risen|increas\w+|grew|grown?|climb\w*|soar\w*|surg\w+|jump\w*|went up)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:turun\w*|menurun\w*|penurunan|berkurang\w*|menyusut|merosot|anjlok|"
    r"fell|falls?|falling|fallen|decreas\w+|declin\w+|drop\w*|shrank|shr[iu]nk\w*|plung\w+|"
    r"plummet\w*|went down)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:tetap|stabil|tidak berubah|unchanged|stable|steady|constant|the same|same)\b", re.IGNORECASE
)
_SIZE = "tinggi|besar|banyak"
_SMALL = "rendah|kecil|sedikit"
_HIGHER = re.compile(
    rf"\b(?:lebih (?:{_SIZE})|higher|larger|greater|bigger|melampaui|mengungguli|exceed\w*|surpass\w*)\b",
    re.IGNORECASE,
)
_LOWER = re.compile(rf"\b(?:lebih (?:{_SMALL})|lower|smaller|fewer)\b", re.IGNORECASE)
_MOST = re.compile(
    rf"\b(?:tertinggi|terbesar|terbanyak|paling (?:{_SIZE})|highest|largest|greatest|biggest|maximum)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(
    rf"\b(?:terendah|terkecil|tersedikit|paling (?:{_SMALL})|lowest|smallest|fewest|minimum)\b", re.IGNORECASE
)
_ALL = (_UP, _DOWN, _SAME, _HIGHER, _LOWER, _MOST, _LEAST)
_FROM = re.compile(r"\b(?:from|dari)\s+\{S(\d{1,3})\}")
_TO = re.compile(r"\b(?:to|menjadi|ke)\s+\{S(\d{1,3})\}")
_YEARS = re.compile(
    r"\b(?:from|dari)\b[^{};.]*?\b((?:19|20)\d\d)\b[^{};.]*?\b(?:to|ke|menjadi|hingga|sampai)\b[^{};.]*?"
    r"\b((?:19|20)\d\d)\b"
)
_PAIR = 2


def wrong_direction(text: str, cited: Sequence[Source], every: Sequence[Source]) -> str:
    """The first word that the figures contradict or that nothing can confirm; empty when there is none.

    Without figures the cited text has to say the same. The name of an indicator claims nothing.
    """
    by_number = {source.number: source for source in every}
    used = [by_number[number] for number in dict.fromkeys(placeholders(text)) if number in by_number]
    text = _unnamed(text, used)
    words = [(pattern, found) for pattern in _ALL if (found := pattern.search(text))]
    for pattern, found in words:
        word = found[0]
        held = (
            _of_figures(pattern, found, text, used, every)
            if used
            else any(pattern.search(one.text) for one in cited)
        )
        if not held:
            return word
    return ""


def _unnamed(text: str, used: Sequence[Source]) -> str:
    """The text without the names of its indicators, which may hold such a word (`Laju Kenaikan Harga`)."""
    names = {name for source in used for name in source.says if len(name) > 1}
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(r"\b" + r"\W+".join(map(re.escape, name)) + r"\b", " ", text, flags=re.IGNORECASE)
    return text


def _of_figures(
    pattern: re.Pattern[str],
    found: re.Match[str],
    text: str,
    used: Sequence[Source],
    every: Sequence[Source],
) -> bool:
    differences = [source for source in used if source.kind is SourceKind.COMPUTED]
    figures = [source for source in used if source.kind is SourceKind.FIGURE]
    if pattern in {_MOST, _LEAST}:
        return bool(figures) and _extreme(figures[0], every, most=pattern is _MOST)
    if len({source.about for source in figures}) > 1:
        return False
    if pattern in {_HIGHER, _LOWER}:
        return (
            len(figures) == _PAIR
            and _is_between(found, text)
            and _fits(pattern, _gap(figures[1], figures[0]))
        )
    if not _is_forward(text, figures):
        return False
    if len(figures) == _PAIR:
        first, last = sorted(figures, key=lambda source: source.order)
        return first.order != last.order and first.region == last.region and _fits(pattern, _gap(first, last))
    return bool(differences) and not figures and _fits(pattern, differences[0].value)


def _is_between(found: re.Match[str], text: str) -> bool:
    """`{S1} was higher than {S2}`, not `compared with {S1}, {S2} was higher`."""
    first, last = [match.start() for match in PLACEHOLDER.finditer(text)][:_PAIR]
    return first < found.start() < last


def _is_forward(text: str, figures: Sequence[Source]) -> bool:
    """Whether the text goes from the earlier figure to the later, where it says from which to which."""
    order = {source.number: source.order for source in figures}
    begin, end, years = _FROM.search(text), _TO.search(text), _YEARS.search(text)
    if years and years[1] >= years[2]:
        return False
    if not begin or not end:
        return True
    return order.get(int(begin[1]), 0) < order.get(int(end[1]), 0)


def _gap(before: Source, after: Source) -> Decimal | None:
    return None if before.value is None or after.value is None else after.value - before.value


def _fits(pattern: re.Pattern[str], gap: Decimal | None) -> bool:
    if gap is None:
        return False
    if pattern is _SAME:
        return gap == 0
    return gap > 0 if pattern in {_UP, _HIGHER} else gap < 0


def _extreme(source: Source, every: Sequence[Source], *, most: bool) -> bool:
    """Whether it is the highest or lowest of the figures of its indicator that the model was given."""
    others = [one.value for one in every if one.about == source.about and one.value is not None]
    is_it = len(others) > 1 and source.value == (max(others) if most else min(others))
    return is_it and source.tops
