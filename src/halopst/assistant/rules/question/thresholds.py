"""A bound in a question: `di atas 75`, `kurang dari 10 persen`, `antara 5 dan 8`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from halopst.assistant.rules.language.number_words import SCALES

_NUMBER = r"(\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)\s*(" + "|".join(SCALES) + r")?\b"
_ABOVE = (
    r"di ?atas|lebih (?:dari|besar dari|tinggi dari|banyak dari)|melebihi|melampaui|above|over|more than|"
    r"greater than|higher than|exceed(?:s|ing)?|>"
)
_BELOW = (
    "di ?bawah|kurang dari|lebih (?:kecil|rendah|sedikit) dari|below|under|less than|lower than|fewer than|<"
)
_LEAST = (
    "mencapai|menyentuh|menembus|tembus|minimal|paling sedikit|paling rendah|sekurang-kurangnya|setidaknya|"
    "at least|>="
)
_MOST = "maksimal|paling banyak|paling tinggi|setinggi-tingginya|at most|<="
_BETWEEN = re.compile(
    rf"\b(?:antara|between)\s+{_NUMBER}\s*(?:%|persen|percent)?\s*(?:dan|sampai|hingga|and|-)\s*{_NUMBER}",
    re.IGNORECASE,
)
_BOUND = re.compile(
    rf"(?<!\w)(?P<way>{_LEAST}|{_MOST}|{_ABOVE}|{_BELOW})\s*{_NUMBER}(?P<after>\s*[a-z%]*(?:\s+[a-z]+)?)",
    re.IGNORECASE,
)
_OF_AREA = re.compile(
    rf"(?<!\w)(?P<way>{_ABOVE}|{_BELOW})\s+"
    r"(?!(?:rata-?\s?rata|angka|nilai|capaian)\s*$)(?P<own>(?:rata-?\s?rata|angka|nilai|capaian)\s+)?(?=[a-z])",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,?\s+(?:dan|tapi|tetapi|namun|serta|sekaligus|and|but)\s+", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3}", re.IGNORECASE)
_WHOSE = re.compile(r"\b(?:yang|yg|dengan|dgn|punya|memiliki|with|whose)\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:umur|usia|berumur|berusia|aged?|older|younger)\s*$", re.IGNORECASE)
_OF_TIME = re.compile(
    r"\s*(?:tahun|bulan|years?|months?)\s+(?:terakhir|lalu|belakangan|ini|ago)", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = "%|persen|percent|poin|points?|jiwa|orang|people|persons|rupiah|ton"
_UNIT = re.compile(rf"\s*(?:{_UNITS})", re.IGNORECASE)
_ENDS = re.compile(
    rf"\s*(?:{_UNITS})?\s*"
    r"(?:$|[?!.,]|(?:di|pada|in|tahun\s+\d|sekarang|saat|bulan|triwulan|tidak|ga|gak|nggak|ngga|kah|ya|belum|"
    r"sih|kak|min|atau)\b)",
    re.IGNORECASE,
)
_BARE_UNIT = re.compile(r"\s*(?:jiwa|orang|rupiah|ton|people|persons)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound on a figure, `low`, `high` or both; `said` is the bound as it was written.

    `is_scaled`: the bound counts single units, also where the table counts thousands. `of_area`: the figure
    of the area sets the bound, or with `of_part` the figure of the region named; until that is known `low` or
    `high` only says which side.
    """

    low: Decimal | None
    high: Decimal | None
    inclusive: bool
    said: str
    is_scaled: bool = False
    of_area: bool = False
    of_part: bool = False

    def against(self, value: Decimal) -> "Threshold":
        """The same bound, set by `value`, the figure of the area."""
        return replace(
            self, low=None if self.low is None else value, high=None if self.high is None else value
        )

    def holds(self, value: Decimal, scale: int = 1) -> bool:
        """Whether `value` lies within the bound.

        `scale` is what one unit of the table stands for: 1,000 for `ribu jiwa`.
        """
        value = value * scale if self.is_scaled else value
        above = self.low is None or value > self.low or (self.inclusive and value == self.low)
        return above and (self.high is None or value < self.high or (self.inclusive and value == self.high))


def found(question: str) -> tuple[Threshold, str] | None:
    """The bound, and the question without it; the unit stays. A year or an age is no bound of a figure."""
    if (between := _BETWEEN.search(question)) is not None and not _are_years(question, between):
        low, high = _read(between[1], between[2]), _read(between[3], between[4])
        both = Threshold(low, high, inclusive=True, said=_said(between[0]), is_scaled=bool(between[4]))
        return both, _without(question, between.start(), between.end())
    bound = _BOUND.search(question)
    if bound is None and (own := _OF_AREA.search(question)) is not None:
        return _of_area(own), _without(question, own.start(), own.end())
    if bound is None or _AGED.search(question[: bound.start()]) or _OF_TIME.match(bound["after"]):
        return None
    amount, scale = bound[2], bound[3]
    if _YEAR.fullmatch(amount) and not scale and not re.match(r"\s*(?!tahun|dan|di)[a-z%]", bound["after"]):
        return None
    number, way = _read(amount, scale), bound["way"]
    upward = bool(re.fullmatch(f"{_ABOVE}|{_LEAST}", way, re.IGNORECASE))
    end = bound.end(3) if scale else bound.end(2)
    read = Threshold(
        number if upward else None,
        None if upward else number,
        inclusive=bool(re.fullmatch(f"{_LEAST}|{_MOST}", way, re.IGNORECASE)),
        said=_said(question[bound.start() : end]),
        is_scaled=bool(scale or _BARE_UNIT.match(bound["after"])),
    )
    return _with_other_end(question, read, bound.start(), end)


def of_one_figure(question: str) -> tuple[Threshold, str] | None:
    """A bound that is a number and ends what is said of the figure, and the question without it.

    `Di atas 60 tahun`, `kurang dari 35 jam` say whom the figure counts, and are no bound of it.
    """
    if (read := found(question)) is None or read[0].of_area:
        return None
    between, bound = _BETWEEN.search(question), _BOUND.search(question)
    end = between.end() if between else bound.start("after") if bound else len(question)
    return read if _ENDS.match(question, end) else None


def _are_years(question: str, between: re.Match[str]) -> bool:
    """`Antara 2021 dan 2024`, unless a unit follows."""
    is_span = _YEAR.fullmatch(between[1]) and _YEAR.fullmatch(between[3])
    return bool(is_span) and not _UNIT.match(question, between.end())


def two(question: str) -> tuple[str, ...]:
    """Both questions where two bounds are set at once (`IPM di atas 75 dan kemiskinan di bawah 10`)."""
    first = _BOUND.search(question)
    join = _AND.search(question, first.end(2)) if first else None
    if first is None or join is None or _BOUND.search(question, join.end()) is None:
        return ()
    if _WORD.search(_BOUND.split(question[join.end() :], maxsplit=1)[0]) is None:
        return ()
    whose = _WHOSE.search(question[: first.start()])
    head = question[: whose.end()] if whose else ""
    return tuple(filter(None, (question[: join.start()], head and f"{head} {question[join.end() :]}")))


def _with_other_end(question: str, read: Threshold, start: int, end: int) -> tuple[Threshold, str]:
    join = _AND.match(question, end)
    behind = found(question[join.end() :]) if join and _BOUND.match(question, join.end()) else None
    if behind and (ends := _both_ends(read, behind[0])):
        return ends, f"{question[:start]} {behind[1]}"
    return read, _without(question, start, end)


def _both_ends(one: Threshold, other: Threshold) -> Threshold | None:
    """`Di atas 75 dan di bawah 80` as one bound with two ends; None if both are on the same side."""
    low, high = (one, other) if one.high is None else (other, one)
    if low.low is None or high.high is None or low.high is not None or high.low is not None:
        return None
    said = f"{one.said} dan {other.said}"
    return replace(low, high=high.high, said=said, inclusive=low.inclusive and high.inclusive)


def _of_area(said: re.Match[str]) -> Threshold:
    """`di bawah rata-rata provinsi`."""
    is_above = bool(re.fullmatch(_ABOVE, said["way"], re.IGNORECASE))
    low, high = (Decimal(0), None) if is_above else (None, Decimal(0))
    return Threshold(low, high, inclusive=False, said=_said(said[0]), of_area=True)


def scale_of(measure: str) -> int:
    """What one unit stands for: 1,000 for `ribu jiwa`."""
    first = measure.casefold().split()[:1]
    return SCALES.get(first[0], 1) if first else 1


def context_of(bound: Threshold | None) -> dict[str, str | bool]:
    """The bound as plain values that can be stored or signed."""
    if bound is None:
        return {}
    low, high = ("" if one is None else str(one) for one in (bound.low, bound.high))
    return {
        "low": low,
        "high": high,
        "inclusive": bound.inclusive,
        "said": bound.said,
        "scaled": bound.is_scaled,
        "area": bound.of_area,
        "part": bound.of_part,
    }


def of_context(said: Mapping[str, Any]) -> Threshold | None:
    if not said:
        return None
    low, high = (Decimal(said[end]) if said.get(end) else None for end in ("low", "high"))
    return Threshold(
        low, high, bool(said.get("inclusive")), str(said.get("said", "")), bool(said.get("scaled")),
        bool(said.get("area")), bool(said.get("part")),
    )  # fmt: skip


def _read(amount: str, scale: str | None) -> Decimal:
    """A number: separators before groups of three digits mark thousands, else the last one decimals."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", amount):
        bare = re.sub(r"[.,]", "", amount)
    else:
        whole, _point, decimals = amount.replace(",", ".").rpartition(".")
        bare = f"{whole.replace('.', '')}.{decimals}" if whole else decimals
    return Decimal(bare) * SCALES.get((scale or "").casefold(), 1)


def _said(text: str) -> str:
    return " ".join(text.split()).casefold()


def _without(question: str, start: int, end: int) -> str:
    return f"{question[:start]} {question[end:]}"
