"""What a cell means: people write the same thing in many ways. Raises `Malformed`, never guesses a number."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from halopst.core.written_days import IN_WORDS, MONTH_NUMBERS
from halopst.partners.rules.identity import Malformed

EXACT_DIGITS = 15
DASHES = {"-", "\u2013", "\u2014"}
SPREADSHEET_EPOCH = date(1899, 12, 30)
EARLIEST_BIRTH, LATEST_BIRTH = date(1900, 1, 1), date(2099, 12, 31)
SEXES = {
    **dict.fromkeys(("l", "lk", "laki", "laki laki", "lakilaki", "pria", "1", "m", "male"), "L"),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "2", "f", "female"), "P"),
}
YES = {"ya", "y", "1", "sudah", "pernah", "true", "ada", "yes"}
NO = {"tidak", "t", "0", "belum", "tidak pernah", "false", "no", "2"}
STATUSES = {
    **dict.fromkeys(("aktif", "1", "terpilih", "diterima", "lulus"), "aktif"),
    **dict.fromkeys(("calon", "cadangan", "menunggu", "proses", "pendaftar"), "calon"),
    **dict.fromkeys(
        ("nonaktif", "non aktif", "tidak aktif", "2", "tidak terpilih", "mundur", "mengundurkan diri"),
        "nonaktif",
    ),
}
EDUCATIONS = (
    (r"s ?3|doktor|strata 3", "doktor"),
    (r"s ?2|magister|master|strata 2", "magister"),
    (r"s ?1|d ?4|d ?iv|sarjana|strata 1|diploma (4|iv)", "sarjana"),
    (r"d ?[123]|d ?i{1,3}|diploma.*|akademi.*", "diploma"),
    (r"(sma|smk|smu|slta|stm|smea|man?|aliyah|paket c).*", "sma"),
    (r"(smp|sltp|mts|tsanawiyah|paket b).*", "smp"),
    (r"(sd|mi|ibtidaiyah|paket a).*", "sd"),
)
FIELD_WORDS = re.compile(r"pendataan|lapangan|cacah|\bppl\b|\bpcl\b|\bpml\b|koseka|pemeriksa")
PROCESSING_WORDS = re.compile(r"olah|entri|entry|editing|coding|batching")
DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
MOBILE = re.compile(r"628[1-9]\d{6,10}")
PHONE_MARKS = str.maketrans("", "", " .-()\t\u00a0\u2010\u2011\u2012\u2013\u2014")


def text_of(cell: Any) -> str:
    """What is written in the cell, one line, without what nobody can see. Whole numbers lose their `.0`.

    A dash alone is how people write that there is nothing.
    """
    if cell.__class__ is str:
        text = cell.strip()
    elif isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() else str(cell)
    elif cell is None:
        return ""
    else:
        text = str(cell)
    if text and not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    if text in DASHES:
        return ""
    return " ".join(text.split()) if "  " in text else text


def exact_text_of(cell: Any, code: str) -> str:
    """The digits of a long number; `Malformed(code)` when the cell is a number and may have lost some."""
    if isinstance(cell, str) and cell.isascii() and cell.isdigit():
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise Malformed(code)
    text = text_of(cell).removeprefix("'")
    if "E+" in text.upper():
        raise Malformed(code)
    return text


def as_it_was(cell: Any) -> str:
    """`text_of`, but a number that may have lost digits stays one nobody takes for whole: `3.57801…E+15`."""
    if isinstance(cell, int | float) and abs(cell) >= 10**EXACT_DIGITS:
        return f"{cell:.{EXACT_DIGITS - 1}E}"
    return text_of(cell)


def short_number_of(cell: Any, code: str) -> str:
    """As `exact_text_of`, for numbers of up to fifteen digits: those a spreadsheet keeps whole."""
    if cell.__class__ is str:
        return exact_text_of(cell, code)
    whole = isinstance(cell, int) or (isinstance(cell, float) and cell.is_integer())
    if whole and len(str(int(cell))) <= EXACT_DIGITS:
        return str(int(cell))
    return exact_text_of(cell, code)


def birth_date_of(cell: Any) -> date | None:
    """A date cell, its serial number, or a date in text, alone or after the place of birth."""
    if isinstance(cell, datetime):
        found: date | None = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, int | float):
        found = _serial(cell)
    else:
        text = text_of(cell)
        found = _written(text.casefold()) if text else None
    if found and not EARLIEST_BIRTH <= found <= LATEST_BIRTH:
        raise Malformed("date-range")
    return found


def phone_of(text: str) -> str:
    """`0812-3456-7890` becomes `6281234567890`."""
    digits = text if text.isdigit() else text.translate(PHONE_MARKS).removeprefix("'").removeprefix("+")
    if not digits:
        return ""
    if digits.startswith("0"):
        digits = f"62{digits[1:]}"
    elif digits.startswith("8"):
        digits = f"62{digits}"
    if not (digits.isascii() and MOBILE.fullmatch(digits)):
        raise Malformed("phone")
    return digits


def email_of(text: str) -> str:
    if text and not (len(text) <= 254 and EMAIL.fullmatch(text)):  # noqa: PLR2004  # RFC 5321
        raise Malformed("email")
    return text.lower()


@lru_cache(maxsize=256)
def sex_of(text: str) -> str:
    return _known(text, SEXES, "L, P")


@lru_cache(maxsize=256)
def status_of(text: str) -> str:
    return _known(text, STATUSES, "aktif, calon, nonaktif")


@lru_cache(maxsize=256)
def experience_of(text: str) -> bool | None:
    plain = _plain(text)
    if plain in YES:
        return True
    return False if plain in NO else None


@lru_cache(maxsize=1024)
def education_of(text: str) -> str:
    """`SMA/SMK sederajat`, `Tamat D4/S1`, `S1` ...; the level named first counts."""
    plain = _plain(text)
    if not plain:
        return ""
    for word in ("tamat ", "lulusan ", "lulus "):
        plain = plain.removeprefix(word)
    for pattern, level in EDUCATIONS:
        if re.fullmatch(pattern, plain) or re.match(rf"(?:{pattern})\b", plain):
            return level
    raise Malformed("choice", "SD, SMP, SMA, D3, S1, S2, S3")


@lru_cache(maxsize=1024)
def position_of(text: str) -> str:
    """`Mitra Pendataan`, `Mitra Pengolahan`, `Mitra (Pendataan dan Pengolahan)`, or a duty such as PPL."""
    plain = text.casefold()
    if not plain:
        return ""
    in_field, in_processing = bool(FIELD_WORDS.search(plain)), bool(PROCESSING_WORDS.search(plain))
    if "keduanya" in plain or (in_field and in_processing):
        return "keduanya"
    if in_field or in_processing:
        return "pendataan" if in_field else "pengolahan"
    raise Malformed("choice", "pendataan, pengolahan, keduanya")


def _known(text: str, words: dict[str, str], offered: str) -> str:
    plain = _plain(text)
    if not plain:
        return ""
    try:
        return words[plain]
    except KeyError as error:
        raise Malformed("choice", offered) from error


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _serial(number: float) -> date:
    """A spreadsheet's count of days; what is too large or small to be a birth is no date."""
    if not 1 <= number < 73_050:  # noqa: PLR2004  # the last day of 2099
        raise Malformed("date")
    return SPREADSHEET_EPOCH + timedelta(days=int(number))


@lru_cache(maxsize=65_536)
def _written(text: str) -> date:
    if found := YEAR_FIRST.search(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := DAY_FIRST.search(text):
        day, month, year = (int(part) for part in found.groups())
    elif (found := IN_WORDS.search(text)) and found[2] in MONTH_NUMBERS:
        day, month, year = int(found[1]), MONTH_NUMBERS[found[2]], int(found[3])
    else:
        raise Malformed("date")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Malformed("date") from error
