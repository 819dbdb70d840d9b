"""How the number of a letter is written, and read back: the pattern is the office's, its parts are these."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from halopst.letters.rules.words import roman

PLACE: Final = re.compile(r"\{([a-z_]+)(?::0(\d))?\}")
PLACES: Final = frozenset(
    {"urut", "sisip", "derajat", "unit", "klasifikasi", "bulan", "bulan_romawi", "tahun"}
)


class Resets(StrEnum):
    YEARLY = "yearly"
    MONTHLY = "monthly"


class PatternFault(StrEnum):
    """Why a pattern cannot number letters."""

    UNKNOWN_PLACE = "unknown-place"
    NO_SEQUENCE = "no-sequence"
    NO_INSERT = "no-insert"
    NO_YEAR = "no-year"
    NO_MONTH = "no-month"


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberParts:
    """What fills a pattern. `segment` 0 is an ordinary number, from 1 on a back-dated insert."""

    sequence: int
    segment: int = 0
    grade: str = "B"
    unit: str = ""
    classification: str = ""
    dated_on: date


def pattern_fault(pattern: str, resets: Resets) -> PatternFault | None:
    """What is wrong with `pattern`: no two letters may get the same text, and an insert needs its place."""
    names = [found[0] for found in PLACE.findall(pattern)]
    if "{" in PLACE.sub("", pattern) or "}" in PLACE.sub("", pattern) or not set(names) <= PLACES:
        return PatternFault.UNKNOWN_PLACE
    if names.count("urut") != 1:
        return PatternFault.NO_SEQUENCE
    if not re.search(r"\{urut(?::0\d)?\}\{sisip\}", pattern):
        return PatternFault.NO_INSERT
    if "tahun" not in names:
        return PatternFault.NO_YEAR
    if resets == Resets.MONTHLY and not {"bulan", "bulan_romawi"} & set(names):
        return PatternFault.NO_MONTH
    return None


def format_number(pattern: str, parts: NumberParts) -> str:
    """`{derajat}-{urut:03}{sisip}/{unit}/{klasifikasi}/{tahun}` gives `B-005.01/18100/KP.630/2026`."""
    values = {
        "sisip": f".{parts.segment:02d}" if parts.segment else "",
        "derajat": parts.grade,
        "unit": parts.unit,
        "klasifikasi": parts.classification,
        "bulan": f"{parts.dated_on.month:02d}",
        "bulan_romawi": roman(parts.dated_on.month),
        "tahun": str(parts.dated_on.year),
    }

    def place(found: re.Match[str]) -> str:
        if found[1] == "urut":
            return f"{parts.sequence:0{found[2] or 1}d}"
        return values[found[1]]

    return PLACE.sub(place, pattern)


def parse_number(pattern: str, text: str, period: str = "") -> tuple[int, int] | None:
    """Sequence and segment of a number written by `pattern`; None when `text` is not one of its numbers.

    With a `period` (see `period_key`), only of that year or month.
    """
    named = {"urut": r"(?P<urut>\d{1,9})", "sisip": r"(?:\.(?P<sisip>\d{1,2}))?"}
    # Grade, office, class and date may differ from today's: old numbers are read too.
    other = {"tahun": r"\d{4}", "bulan": r"\d{1,2}", "bulan_romawi": r"[IVX]+"}
    other |= _of_period(period) if period else {}
    expression = "".join(
        re.escape(part) if place is None else named.get(place) or other.get(place, r"[\w.]*")
        for part, place in _pieces(pattern)
    )
    found = re.fullmatch(expression, text.strip(), re.ASCII)
    if found is None:
        return None
    return int(found["urut"]), int(found["sisip"] or 0)


def period_key(resets: Resets, day: date) -> str:
    """`2026`, or `2026-11` for series that begin anew each month."""
    return f"{day.year:04d}-{day.month:02d}" if resets == Resets.MONTHLY else f"{day.year:04d}"


def _of_period(period: str) -> dict[str, str]:
    """How its year, and the month where it is one, are written."""
    year, _dash, month = period.partition("-")
    of_month = {"bulan": f"0?{int(month)}", "bulan_romawi": roman(int(month))} if month else {}
    return {"tahun": year, **of_month}


def _pieces(pattern: str) -> list[tuple[str, str | None]]:
    """The pattern as (literal, None) and ("", place) pieces in order."""
    pieces: list[tuple[str, str | None]] = []
    end = 0
    for found in PLACE.finditer(pattern):
        pieces += [(pattern[end : found.start()], None), ("", found[1])]
        end = found.end()
    return [*pieces, (pattern[end:], None)]
