"""The numbers a mitra is known by: what is well formed, and what only looks odd. No database, no clock."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

NIK_DIGITS = 16
SOBAT_DIGITS = 12
NIP_DIGITS = 18
SHOWN = 4
# A woman's day of birth is written plus forty.
FEMALE_OFFSET = 40
ACCOUNT_DIGITS = range(6, 21)
TAX_DIGITS = (15, 16)
MARKS = re.compile("[\\s.\\-'\"`\u00b4\u2010-\u2015\u2018\u2019]")


class Malformed(ValueError):
    """A number that cannot be right; `code` says why, `detail` what was counted."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Told:
    """What a NIK says of its holder, as far as it can be read: the century is not written."""

    day: int
    month: int
    year: int
    is_female: bool


def nik_of(text: str) -> str:
    """The sixteen digits of `text`, or `Malformed`: not digits, not sixteen, no such day, or no serial."""
    digits = _digits(text, "nik-digits")
    if len(digits) != NIK_DIGITS:
        raise Malformed("nik-length", str(len(digits)))
    if not _holds_a_day(digits[6:12]):
        raise Malformed("nik-day", digits[6:12])
    if digits.endswith("0000") or digits.startswith("00"):
        raise Malformed("nik-serial")
    return digits


def told_by(nik: str) -> Told:
    """Sex and birth date as written in positions 7 to 12 (`DDMMYY`, the day plus 40 for a woman)."""
    day = int(nik[6:8])
    is_female = day > FEMALE_OFFSET
    return Told(day - FEMALE_OFFSET * is_female, int(nik[8:10]), int(nik[10:12]), is_female)


def contradictions(nik: str, *, birth_date: date | None, sex: str) -> list[str]:
    """What the NIK says otherwise than its holder: `nik-birth-date`, `nik-sex`. Real exceptions exist."""
    if birth_date and sex and nik[6:12] == _written_as(birth_date, sex):
        return []
    told = told_by(nik)
    found = []
    if birth_date and (birth_date.day, birth_date.month, birth_date.year % 100) != (
        told.day,
        told.month,
        told.year,
    ):
        found.append("nik-birth-date")
    if sex and (sex == "P") != told.is_female:
        found.append("nik-sex")
    return found


def masked(number: str) -> str:
    """`3515••••••••0001`: the first and last four; of what is shorter than twelve, the last four only."""
    if len(number) < SHOWN * 3:
        return "•" * max(0, len(number) - SHOWN) + number[-SHOWN:]
    return number[:SHOWN] + "•" * (len(number) - 2 * SHOWN) + number[-SHOWN:]


def sobat_id_of(text: str) -> str:
    """Twelve digits, or nothing."""
    if not text or text.isspace():
        return ""
    digits = _digits(text, "sobat-digits")
    if len(digits) != SOBAT_DIGITS:
        raise Malformed("sobat-length", str(len(digits)))
    return digits


def name_of_number(number: str) -> str:
    """`NIP` of a civil servant's eighteen digits, spaces or not; nothing of what may be any other."""
    digits = "".join(number.split())
    return "NIP" if len(digits) == NIP_DIGITS and digits.isdigit() else ""


def npwp_of(text: str) -> str:
    """Fifteen digits (before 2024) or sixteen, or nothing."""
    if not text.strip(" -."):
        return ""
    digits = _digits(text, "npwp-digits")
    if len(digits) not in TAX_DIGITS:
        raise Malformed("npwp-length", str(len(digits)))
    return digits


def account_of(text: str) -> str:
    """An account number as banks of the country write them: six to twenty digits."""
    digits = _digits(text, "account-digits")
    if len(digits) not in ACCOUNT_DIGITS:
        raise Malformed("account-length", str(len(digits)))
    return digits


def _digits(text: str, code: str) -> str:
    """`text` without the blanks, dots, dashes and apostrophes people put before and between digits."""
    bare = text if text.isdigit() else MARKS.sub("", text)
    if not (bare.isascii() and bare.isdigit()):
        raise Malformed(code)
    return bare


@lru_cache(maxsize=65_536)
def _written_as(birth_date: date, sex: str) -> str:
    return f"{birth_date.day + FEMALE_OFFSET * (sex == 'P'):02d}{birth_date:%m%y}"


@lru_cache(maxsize=65_536)
def _holds_a_day(written: str) -> bool:
    """Whether `DDMMYY` is a day in either century it may mean; a woman's day is written plus forty."""
    day, month, year = int(written[:2]), int(written[2:4]), int(written[4:])
    for century in (1900, 2000):
        try:
            date(century + year, month, day - FEMALE_OFFSET * (day > FEMALE_OFFSET))
        except ValueError:
            continue
        return True
    return False
