"""Figures that are hardly right; somebody looks at them before they are taken in."""

import re

from halopst.knowledge.rules.figures.measures import same_measure
from halopst.knowledge.rules.figures.values import Value

MOST_DIGITS = 18  # before the comma: the nation's GDP in rupiah has 17
MOST_DECIMALS = 6
MOST_PERCENT = 1000
_OF_A_WHOLE = re.compile(
    r"(persentase|proporsi|distribusi|kontribusi|pangsa|tingkat "
    r"(pengangguran|partisipasi angkatan|kesempatan kerja|penghunian|kemiskinan|setengah pengangguran))\b",
    re.IGNORECASE,
)
_A_CHANGE = re.compile(
    r"\b(perubahan|pertumbuhan|kenaikan|penurunan|peningkatan|selisih|laju|inflasi)\b", re.IGNORECASE
)


def doubt(indicator: str, measure: str, value: Value) -> str:
    """Why this can hardly be the published figure; empty for most.

    `digits`, `decimals` (those of a formula), `percent`, or `share` for a share of a whole below nothing or
    above all.
    """
    written = value.number.as_tuple()
    decimals = -int(written.exponent)
    if len(written.digits) - decimals > MOST_DIGITS:
        return "digits"
    if decimals > MOST_DECIMALS:
        return "decimals"
    if not same_measure(measure, "%"):
        return ""
    if abs(value.number) > MOST_PERCENT:
        return "percent"
    return "" if 0 <= value.number <= 100 or not _is_share(indicator) else "share"  # noqa: PLR2004  # all of it


def _is_share(indicator: str) -> bool:
    return bool(_OF_A_WHOLE.match(indicator)) and not _A_CHANGE.search(indicator)
