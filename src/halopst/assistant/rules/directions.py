"""Words that say which of two figures is the higher: they must be as the figures are."""

import re
from collections.abc import Sequence
from decimal import Decimal

from halopst.assistant.rules.sources import Source, SourceKind, placeholders

_UP = re.compile(
    r"\b(?:naik\w*|meningkat\w*|peningkatan|kenaikan|bertambah\w*|tumbuh|melonjak|rose|increas\w+)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:turun\w*|menurun\w*|penurunan|berkurang\w*|menyusut|merosot|anjlok|fell|decreas\w+|declin\w+)\b",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:tetap|stabil|tidak berubah|unchanged)\b", re.IGNORECASE)
_SIZE = "tinggi|besar|banyak|higher|larger|more"
_SMALL = "rendah|kecil|sedikit|lower|smaller|fewer|less"
_HIGHER = re.compile(rf"\b(?:lebih (?:{_SIZE})|higher|larger|melampaui|mengungguli)\b", re.IGNORECASE)
_LOWER = re.compile(rf"\b(?:lebih (?:{_SMALL})|lower|smaller)\b", re.IGNORECASE)
_MOST = re.compile(
    r"\b(?:tertinggi|terbesar|terbanyak|paling (?:tinggi|besar|banyak)|highest|largest)\b", re.IGNORECASE
)
_LEAST = re.compile(
    r"\b(?:terendah|terkecil|tersedikit|paling (?:rendah|kecil|sedikit)|lowest|smallest)\b", re.IGNORECASE
)
_ALL = (_UP, _DOWN, _SAME, _HIGHER, _LOWER, _MOST, _LEAST)
_PAIR = 2


def wrong_direction(text: str, cited: Sequence[Source], every: Sequence[Source]) -> str:
    """The word that figures do not bear out, or that nothing can be held against; nothing when all is well.

    Of words from texts the cited text must say the same.
    """
    words = [(pattern, found[0]) for pattern in _ALL if (found := pattern.search(text))]
    by_number = {source.number: source for source in every}
    used = [by_number[number] for number in dict.fromkeys(placeholders(text)) if number in by_number]
    for pattern, word in words:
        held = _of_figures(pattern, used, every) if used else any(pattern.search(one.text) for one in cited)
        if not held:
            return word
    return ""


def _of_figures(pattern: re.Pattern[str], used: Sequence[Source], every: Sequence[Source]) -> bool:
    differences = [source.value for source in used if source.kind is SourceKind.COMPUTED]
    figures = [source for source in used if source.kind is SourceKind.FIGURE]
    if pattern in {_MOST, _LEAST}:
        return bool(figures) and _extreme(figures[0], every, most=pattern is _MOST)
    if len({source.about for source in figures}) > 1:
        return False
    if pattern in {_HIGHER, _LOWER}:
        return len(figures) == _PAIR and _fits(pattern, _gap(figures[1], figures[0]))
    if len(figures) == _PAIR:
        first, last = sorted(figures, key=lambda source: source.order)
        return first.order != last.order and _fits(pattern, _gap(first, last))
    return bool(differences) and not figures and _fits(pattern, differences[0])


def _gap(before: Source, after: Source) -> Decimal | None:
    return None if before.value is None or after.value is None else after.value - before.value


def _fits(pattern: re.Pattern[str], gap: Decimal | None) -> bool:
    if gap is None:
        return False
    if pattern is _SAME:
        return gap == 0
    return gap > 0 if pattern in {_UP, _HIGHER} else gap < 0


def _extreme(source: Source, every: Sequence[Source], *, most: bool) -> bool:
    """Whether it is the highest or lowest of all figures of its indicator the model was given."""
    others = [one.value for one in every if one.about == source.about and one.value is not None]
    return len(others) > 1 and source.value == (max(others) if most else min(others))
