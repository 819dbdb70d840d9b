"""The periods of figures: a year, or a semester, a quarter or a month of one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Lang = Literal["id", "en"]
YEAR, MONTH, QUARTER, SEMESTER = "year", "month", "quarter", "semester"
QUARTERS, SEMESTERS = range(31, 35), range(61, 63)
PARTS: Mapping[str, Sequence[int]] = {
    YEAR: (0,), SEMESTER: SEMESTERS, QUARTER: QUARTERS, MONTH: range(1, 13),
}  # fmt: skip
"""For each kind of period the numbers of its parts of a year; the longest kind first."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
ROMAN = ("I", "II", "III", "IV")
# Each month as tables write it, in Indonesian, then in English, then as people shorten it.
MONTHS = (
    "januari january jan",
    "februari february feb pebruari",
    "maret march mar",
    "april april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agu agt ags aug",
    "september september sep sept",
    "oktober october okt oct",
    "november november nov nopember",
    "desember december des dec",
)
MONTH_WORDS = {word: number for number, words in enumerate(MONTHS, 1) for word in words.split()}
ORDINALS = {
    **dict.fromkeys(("1", "i", "satu", "pertama", "ke1"), 1),
    **dict.fromkeys(("2", "ii", "dua", "kedua", "ke2"), 2),
    **dict.fromkeys(("3", "iii", "tiga", "ketiga", "ke3"), 3),
    **dict.fromkeys(("4", "iv", "empat", "keempat", "ke4"), 4),
}
ENGLISH_ORDINALS = ("first", "second", "third", "fourth")
WHOLE_YEAR = {"", "tahun", "tahunan", "annual", "year", "setahun"}
_QUARTER_WORDS = "triwulan|tw|triw|kuartal|quarter|q"
_SEMESTER_WORDS = "semester|smt|sem|s"
_NUMBERED = re.compile(rf"\b({_QUARTER_WORDS}|{_SEMESTER_WORDS})\W*(iv|i{{1,3}}|[1-4])\b")
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d|2100)(?!\d)")
_ISO_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A year or a part of it.

    `part` is 0 for the whole year, 1-12 for a month, 31-34 for a quarter, 61-62 for a semester.
    """

    year: int
    part: int = 0

    @property
    def code(self) -> int:
        """One number that sorts periods of one kind by time: 202431 is the first quarter of 2024."""
        return self.year * 100 + self.part

    @classmethod
    def of_code(cls, code: int) -> "Period":
        return cls(*divmod(code, 100))

    @property
    def kind(self) -> str:
        if self.part in QUARTERS:
            return QUARTER
        if self.part in SEMESTERS:
            return SEMESTER
        return MONTH if self.part else YEAR

    @property
    def last_month(self) -> int:
        """The months from year 0 to its end, which tell the later of two periods."""
        within = {YEAR: 12, QUARTER: (self.part - 30) * 3, SEMESTER: (self.part - 60) * 6}
        return self.year * 12 + within.get(self.kind, self.part)

    def label(self, lang: Lang = "id") -> str:
        """`2024`, `Semester I 2024`, `Triwulan II 2025`, `Maret 2025`."""
        if self.kind == YEAR:
            return str(self.year)
        if self.kind == MONTH:
            return f"{MONTHS[self.part - 1].split()[lang == 'en'].capitalize()} {self.year}"
        word = {QUARTER: ("Triwulan", "Quarter"), SEMESTER: ("Semester", "Semester")}[self.kind]
        return f"{word[lang == 'en']} {ROMAN[self.part % 30 - 1]} {self.year}"


def part_of(label: str) -> int | None:
    """The part of a year that a label names; None when it names none we know.

    `Semester 1 (Maret)` is the semester: a month counts only where nothing longer is named.
    """
    plain = label.casefold().strip()
    if plain in WHOLE_YEAR:
        return 0
    if found := _NUMBERED.search(plain):
        number = ORDINALS[found[2]]
        if re.fullmatch(_QUARTER_WORDS, found[1]):
            return QUARTERS[number - 1]
        return SEMESTERS[number - 1] if number <= len(SEMESTERS) else None
    months = {MONTH_WORDS[word] for word in re.findall(r"[a-z]+", plain) if word in MONTH_WORDS}
    return months.pop() if len(months) == 1 else None


def of_label(label: str) -> Period | None:
    """The period that a heading or a cell names, such as `2024`, `Maret 2025`, `TW II-2025`, `2025-03`."""
    plain = label.casefold().strip()
    if found := _ISO_MONTH.match(plain):
        month = int(found[2])
        return Period(int(found[1]), month) if 1 <= month <= len(MONTHS) else None
    years = set(_YEAR.findall(plain))
    if len(years) != 1:
        return None
    part = part_of(_YEAR.sub(" ", plain).strip(" -/.,()"))
    return None if part is None else Period(int(years.pop()), part)
