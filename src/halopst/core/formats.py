"""How numbers, money, dates and names look on Indonesian screens, and their English variants.

`lang` is "id" or "en"; what is drawn for a visitor passes `language()`, as the template filters do.
"""

import re
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Lang = Literal["id", "en"]
Number = int | float | Decimal

DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
SHORT = 3
ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
WEEK = 7
MOBILE = re.compile(r"628[1-9]\d{6,10}")


def language() -> Lang:
    """The language of who reads what is being made."""
    return "en" if (get_language() or "").startswith("en") else "id"


def number(value: Number, decimals: int = 0, *, lang: Lang = "id") -> str:
    """`1.234.567,89`; halves round away from zero, as on paper."""
    step = Decimal(1).scaleb(-decimals)
    text = f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP):,f}"
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def exact(value: Number, *, lang: Lang = "id") -> str:
    """`12,5`: as many decimals as it has."""
    text = f"{Decimal(str(value)).normalize():f}"
    return text if lang == "en" else text.replace(".", ",")


def rupiah(value: int, *, lang: Lang = "id") -> str:
    """`Rp1.048.000`, no space, as the official spelling has it."""
    return f"{'-' if value < 0 else ''}Rp{number(abs(value), lang=lang)}"


def percent(value: Number, decimals: int = 2, *, lang: Lang = "id") -> str:
    """`91,48%`; the value is already in percent."""
    return f"{number(value, decimals, lang=lang)}%"


def long_date(day: date, *, lang: Lang = "id") -> str:
    """`Senin, 23 November 2026`."""
    return f"{DAYS[lang][day.weekday()]}, {medium_date(day, lang=lang)}"


def medium_date(day: date, *, lang: Lang = "id") -> str:
    """`23 November 2026`."""
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def month_and_year(month: date, *, lang: Lang = "id") -> str:
    """`November 2026`."""
    return f"{MONTHS[lang][month.month - 1]} {month.year}"


def brief_date(day: date, *, lang: Lang = "id") -> str:
    """`Sen, 23 Nov 2026`, where space is scarce."""
    weekday, month = DAYS[lang][day.weekday()][:SHORT], MONTHS[lang][day.month - 1][:SHORT]
    return f"{weekday}, {day.day} {month} {day.year}"


def zone(name: str | tzinfo) -> tzinfo:
    return name if isinstance(name, tzinfo) else ZoneInfo(name)


def zone_label(name: str | tzinfo, moment: datetime | None = None) -> str:
    """WIB, WITA or WIT; any other zone by its own abbreviation at that moment."""
    known = ZONES.get(str(name))
    return known or (moment or datetime(2026, 1, 1, tzinfo=zone(name))).astimezone(zone(name)).tzname() or ""


def clock(moment: datetime, where: str | tzinfo, *, lang: Lang = "id") -> str:
    """`10.00 WIB`."""
    return f"{_bare(moment, where, lang)} {zone_label(where, moment)}"


def clock_range(start: datetime, end: datetime, where: str | tzinfo, *, lang: Lang = "id") -> str:
    """`10.00–10.45 WIB`."""
    return f"{_bare(start, where, lang)}–{clock(end, where, lang=lang)}"


def moment(at: datetime, where: str | tzinfo, *, lang: Lang = "id") -> str:
    """`Senin, 23 November 2026, 10.00 WIB`."""
    return f"{long_date(at.astimezone(zone(where)).date(), lang=lang)}, {clock(at, where, lang=lang)}"


def _bare(moment: datetime, where: str | tzinfo, lang: Lang) -> str:
    return f"{moment.astimezone(zone(where)):{'%H:%M' if lang == 'en' else '%H.%M'}}"


def relative_day(day: date, today: date, *, lang: Lang = "id") -> str:
    """`hari ini`, `besok`, `kemarin`; a weekday within the coming week; else the date."""
    near = {
        "id": {0: "hari ini", 1: "besok", -1: "kemarin"},
        "en": {0: "today", 1: "tomorrow", -1: "yesterday"},
    }[lang]
    distance = (day - today).days
    if distance in near:
        return near[distance]
    if 0 < distance < WEEK:
        return DAYS[lang][day.weekday()]
    if day.year == today.year:
        return f"{day.day} {MONTHS[lang][day.month - 1]}"
    return medium_date(day, lang=lang)


def duration(length: timedelta, *, lang: Lang = "id") -> str:
    """`1 j 42 m`, `6 m`, `2 hari 3 j`; whole minutes, never negative."""
    minutes = max(0, int(length.total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    day, hour, minute = ("hari", "j", "m") if lang == "id" else ("d", "h", "min")
    parts = [(days, day), (hours, hour), (minutes, minute)]
    if days:
        parts.pop()
    shown = [f"{amount} {unit}" for amount, unit in parts if amount]
    return " ".join(shown) or f"0 {minute}"


def rough(length: timedelta, *, lang: Lang = "id") -> str:
    """`45 menit`, `16 jam`, `3 hari`: as one says it in a sentence."""
    minutes = max(1, round(length.total_seconds() / 60))
    units = ((24 * 60, "hari", "day"), (60, "jam", "hour"), (1, "menit", "minute"))
    size, own, english = next(one for one in units if minutes >= one[0] * 3 / 2 or one[0] == 1)
    count = round(minutes / size)
    return f"{count} {own}" if lang == "id" else f"{count} {english}{'s' if count > 1 else ''}"


def remaining(left: timedelta, *, lang: Lang = "id") -> str:
    """`1 j 42 m lagi`, or `lewat 1 j 10 m` when negative."""
    if left < timedelta(0):
        return f"{'lewat' if lang == 'id' else 'late by'} {duration(-left, lang=lang)}"
    return f"{duration(left, lang=lang)} {'lagi' if lang == 'id' else 'left'}"


def working_days(count: int, *, lang: Lang = "id") -> str:
    """`2 hari kerja`."""
    if lang == "id":
        return f"{count} hari kerja"
    return f"{count} working day{'' if count == 1 else 's'}"


def phone_digits(text: str) -> str:
    """`0812-3456-7890` becomes `6281234567890`, as every channel keeps it. ValueError says what is wrong."""
    digits = re.sub(r"[\s().\-\u2010-\u2015]", "", text)
    if not re.fullmatch(r"\+?[0-9]+", digits):
        raise ValueError(_("Nomor telepon hanya berisi angka. Contoh: 0812-3456-7890"))
    digits = digits.removeprefix("+")
    if digits.startswith("0"):
        digits = f"62{digits[1:]}"
    elif digits.startswith("8"):
        digits = f"62{digits}"
    if not MOBILE.fullmatch(digits):
        raise ValueError(_("Nomor telepon belum lengkap atau bukan nomor ponsel. Contoh: 0812-3456-7890"))
    return digits


def phone(digits: str) -> str:
    """`6281234567890` becomes `0812-3456-7890`, as people write it."""
    local = f"0{digits.removeprefix('62')}" if digits.startswith("62") else digits
    return "-".join(filter(None, (local[:4], local[4:8], local[8:])))


def initials(name: str) -> str:
    """Two letters for an avatar, of the first and last word or the only one; none of titles after a comma."""
    words: list[str] = re.findall(r"[^\W\d_]+(?:'\w+)?", name.split(",", 1)[0])
    if not words:
        return "?"
    letters = words[0][:2] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()
