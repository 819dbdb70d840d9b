"""Numbers and dates as Indonesian letters spell them out."""

from datetime import date
from typing import Final

DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_UNITS: Final = (
    "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_SCALES: Final = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
LARGEST: Final = 10**15
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_TEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 20, 100, 1000


def number_in_words(value: int) -> str:
    """`1048000` is `satu juta empat puluh delapan ribu`; below a quadrillion, `minus` before negatives."""
    if abs(value) >= LARGEST:
        raise ValueError("a number of a quadrillion or more is not spelled out")
    if value < 0:
        return f"minus {number_in_words(-value)}"
    return " ".join(_words(value)) or "nol"


def rupiah_in_words(value: int) -> str:
    return f"{number_in_words(value)} rupiah"


def date_in_words(day: date) -> str:
    """`tanggal tiga puluh satu bulan Maret tahun dua ribu dua puluh lima`, as contracts open."""
    return (
        f"tanggal {number_in_words(day.day)} bulan {MONTHS[day.month - 1]} tahun {number_in_words(day.year)}"
    )


def roman(month: int) -> str:
    return _ROMAN[month - 1]


def _words(value: int) -> list[str]:
    for scale, name in _SCALES:
        if value >= scale:
            many, rest = divmod(value, scale)
            head = ["seribu"] if value < 2 * _THOUSAND else [*_words(many), name]
            return [*head, *_words(rest)]
    return _below_thousand(value)


def _below_thousand(value: int) -> list[str]:
    if value >= _HUNDRED:
        many, rest = divmod(value, _HUNDRED)
        return [*(["seratus"] if many == 1 else [_UNITS[many], "ratus"]), *_below_thousand(rest)]
    if value >= _TWENTY:
        many, rest = divmod(value, _TEN)
        return [_UNITS[many], "puluh", *_below_thousand(rest)]
    if value > len(_UNITS) - 1:
        return [_UNITS[value - _TEN], "belas"]
    return [_UNITS[value]] if value else []
