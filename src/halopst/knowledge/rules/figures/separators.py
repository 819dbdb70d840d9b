"""What points and commas mean in one table, as all its figures together tell, if they do."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from halopst.knowledge.rules.figures.values import LONGEST, MINUS, Value, unmarked

_WHOLE = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Separators:
    """The separators of a table: between thousands, and before decimals."""

    thousands: str
    decimal: str

    def says_so(self, text: str) -> bool:
        """Whether `text` can be read in one way only, having two groups, or decimals that are no group."""
        point, comma = re.escape(self.thousands), re.escape(self.decimal)
        decimals = rf"-?(?:\d+{comma}(?:\d{{1,2}}|\d{{4,}})|0+{comma}\d+|\d{{4,}}{comma}\d+)"
        groups = rf"-?\d{{1,3}}(?:{point}\d{{3}}){{2,}}(?:{comma}\d+)?|-?\d{{1,3}}{point}\d{{3}}{comma}\d+"
        spaced = rf"-?\d{{1,3}}(?: \d{{3}})+{comma}\d+"
        return bool(re.fullmatch(f"{decimals}|{groups}|{spaced}", text))

    def may_say(self, text: str) -> bool:
        """Whether it is one group of thousands: `24.123`."""
        return bool(re.fullmatch(rf"-?[1-9]\d{{0,2}}{re.escape(self.thousands)}\d{{3}}", text))

    def number(self, text: str) -> Decimal:
        return Decimal(text.replace(self.thousands, "").replace(" ", "").replace(self.decimal, "."))


INDONESIAN, ENGLISH = Separators(".", ","), Separators(",", ".")
BOTH = (INDONESIAN, ENGLISH)


def may_be_figure(text: str) -> bool:
    """Whether it is written as a figure, whatever its separators mean."""
    bare = _bare(text)[0]
    return len(text) <= LONGEST and (
        _is_plain(bare) or any(one.says_so(bare) or one.may_say(bare) for one in BOTH)
    )


def of_figures(texts: Collection[str], *, counted: bool) -> Separators | None:
    """The separators these figures use.

    `counted`: the figures count things and have no decimals, so that a group of three marks thousands.
    """
    bare = [one for one in (_bare(text)[0] for text in texts) if not _is_plain(one)]
    certain = [one for one in BOTH if any(one.says_so(text) for text in bare)]
    if not certain:
        certain = [one for one in BOTH if counted and any(one.may_say(text) for text in bare)]
    if not certain and not bare:
        return INDONESIAN
    fits = len(certain) == 1 and _all_fit(certain[0], bare)
    return certain[0] if fits else None


def value(text: str, separators: Separators) -> Value:
    """The figure that `text` stands for."""
    bare, status = _bare(text)
    return Value(text, separators.number(bare), status)


def _all_fit(separators: Separators, bare: Iterable[str]) -> bool:
    return all(separators.says_so(text) or separators.may_say(text) for text in bare)


def _bare(text: str) -> tuple[str, str]:
    bare, status = unmarked(text)
    return bare.translate(MINUS), status


def _is_plain(bare: str) -> bool:
    """Digits alone, or in groups of three with spaces between."""
    return bool(bare.isascii() and (_WHOLE.fullmatch(bare) or re.fullmatch(r"-?\d{1,3}(?: \d{3})+", bare)))
