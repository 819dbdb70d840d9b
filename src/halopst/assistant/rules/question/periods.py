"""Which periods a question asks for, as seen from today."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from halopst.assistant.rules.language.number_words import ONES, said_in
from halopst.knowledge.rules.figures.periods import (
    ENGLISH_ORDINALS,
    MONTH,
    MONTH_WORDS,
    ORDINALS,
    PARTS,
    QUARTER,
    QUARTERS,
    SEMESTER,
    SEMESTERS,
    YEAR,
    Period,
)

MOST_IN_WORDS = 10
COUNTS = {
    **{str(number): number for number in range(1, 31)},
    **{word: number for word, number in ONES.items() if 0 < number <= MOST_IN_WORDS},
}
YEAR_WORDS = {"tahun", "thn", "th", "tahunan", "year", "years"}
MONTH_NOUNS = {"bulan", "bln", "month", "months"}
QUARTER_WORDS = {"triwulan", "tw", "triw", "kuartal", "quarter", "quarters", "q"}
SEMESTER_WORDS = {"semester", "smt", "sem"}
NOUNS = {
    **dict.fromkeys(YEAR_WORDS, YEAR),
    **dict.fromkeys(MONTH_NOUNS, MONTH),
    **dict.fromkeys(QUARTER_WORDS, QUARTER),
    **dict.fromkeys(SEMESTER_WORDS, SEMESTER),
}
EACH = {"per", "tiap", "setiap", "masing", "every", "each", "by"}
IN_EACH = {
    "bulanan": MONTH,
    "monthly": MONTH,
    "triwulanan": QUARTER,
    "quarterly": QUARTER,
    "semesteran": SEMESTER,
}
ONE = {"setahun": YEAR, "sebulan": MONTH, "setriwulan": QUARTER, "sesemester": SEMESTER}
BEFORE_THAT = {"sebelumnya", "lalunya"}
BEHIND_THAT = {"berikutnya", "sesudahnya", "setelahnya", "selanjutnya"}
_BESIDE_THAT = BEFORE_THAT | BEHIND_THAT
SERIES = frozenset({"tren", "trend", "perkembangan", "grafik"})
_IN_A_ROW = SERIES | {"tiap", "setiap", "tahunan", "bulanan", "deret"}
_OVER = {*_IN_A_ROW, "selama", "dalam", "over"}
PAST, ENGLISH_PAST = {"lalu", "kemarin", "kemaren", *BEFORE_THAT, "ago"}, {"last", "past", "previous"}
LAST_FEW, _RUNNING = {"terakhir", "belakangan", "belakang"}, "berturut"
NEWEST = {
    "terbaru", "terkini", "terakhir", "sekarang", "terupdate", "kini", "update", "latest", "newest",
    "current", "currently", "now",
}  # fmt: skip
AHEAD, ENGLISH_AHEAD = {"depan", "mendatang"}, "next"
_NEW = {"baru", "anyar", "mutakhir", "update"}
_PANDEMIC, _PANDEMIC_YEAR = {"pandemi", "covid", "corona", "korona", "pandemic"}, "2020"
UNTIL = {"sampai", "hingga", "sd", "ke", "s", "sampe", "dengan", "to", "until", "through"}
_JOINING = {*UNTIL, "d", "dan", "and", "serta", "atau", "or", "vs", "sama"}
SINCE = {"sejak", "mulai", "dari", "since"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_TWICE = re.compile(r"(?=([a-z]{4,})2$)([a-z]{4,})2")
"""`rata2`, `laki2`: a word that is said twice."""
_SLIPPED_YEAR = re.compile(r"(?=\d*o)[12][o\d]{3}")
_GLUED = re.compile(r"(tw|q|triwulan|kuartal|smt|sem|semester)([1-4]|i{1,3}|iv)")
_SHORT_YEAR = re.compile(r"[12]\d")
"""A year after a month: `Sep 26`. Nobody asks for the figure of a day."""
_NAME_AND_PLACE = ("indicator", "region")
_BEFORE_NUMBERS = {
    "usia", "umur", "kelas", "atas", "bawah", "dari", "top", "aged", "than", "above", "below", "p", "kode",
}  # fmt: skip
_MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says of time; nothing said means the newest.

    `periods` by name, or the `last` so many of a kind, or all `since` one. `part` is a part of the year
    without a year (`Maret`). `steps` counts from the period asked for before (`tahun sebelumnya`). `each` is
    the kind of period of which all are asked for (`per triwulan`).
    """

    periods: tuple[Period, ...] = ()
    last: int = 0
    since: Period | None = None
    kind: str = ""
    part: int = 0
    newest: bool = False
    steps: int = 0
    each: str = ""
    used: frozenset[int] = frozenset()

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said of time."""
        return not (self.periods or self.last or self.since or self.part or self.newest or self.steps)

    @property
    def is_series(self) -> bool:
        return bool(self.last > 1 or self.since or len(self.periods) > 2)  # noqa: PLR2004  # two are a comparison


def find(words: Sequence[str], today: date) -> Asked:
    """What the question says of time, by the first way of naming time that it uses."""
    words = split(words)
    found = _last_few(words) or _beside_named(words) or _relative(words, today) or _named(words)
    found = found or _newest(words)
    found = found or _short_year(words, today)
    return replace(found or Asked(), each=_each(words))


def in_parts(asked: Asked, kind: str, today: date) -> Asked:
    """Each year as all its parts of a kind until today: 2025 as four quarters. Without a year the newest."""
    parts = PARTS[kind]
    years = [period.year for period in asked.periods if not period.part]
    if asked.periods and len(years) < len(asked.periods):
        return asked
    every = tuple(
        one
        for one in (Period(year, part) for year in years for part in parts)
        if one.last_month < today.year * 12 + today.month
    )
    is_open = not (every or asked.last or asked.since or asked.part or asked.steps)
    return replace(asked, periods=every, kind=kind, last=len(parts) if is_open else asked.last)


def _each(words: Sequence[str]) -> str:
    """`per triwulan`, `tiap bulan`, `bulanan`."""
    said = (NOUNS.get(word, "") for before, word in pairwise(words) if before in EACH)
    kind = next(filter(None, said), "") or next((IN_EACH[word] for word in words if word in IN_EACH), "")
    return "" if kind == YEAR else kind


def split(words: Sequence[str]) -> list[str]:
    """`TW2` as two words. `find` and all that uses its places work on these words."""
    apart: list[str] = []
    for word in _in_digits(_newest_in_a_word(words)):
        glued = _GLUED.fullmatch(word) or _TWICE.fullmatch(word)
        apart += [glued[1], glued[2]] if glued else [word]
    return apart


def _newest_in_a_word(words: Sequence[str]) -> list[str]:
    """`Paling baru` is `terbaru`; `sejak pandemi` begins with its first year."""
    said: list[str] = []
    for word in words:
        if said and said[-1] == "paling" and word in _NEW:
            said[-1] = "terbaru"
        elif said and said[-1] in SINCE and word in _PANDEMIC:
            said.append(_PANDEMIC_YEAR)
        else:
            said.append(word)
    return said


def _in_digits(words: Sequence[str]) -> list[str]:
    """`dua ribu dua puluh tiga` and `2o23` as 2023, `lima belas tahun` as `15 tahun`."""
    left = [_digits(word) for word in words]
    for said in reversed(said_in(left)):
        value = str(said.value)
        is_year = said.end - said.start > 2 and left[said.start + 1] == "ribu" and _YEAR.fullmatch(value)  # noqa: PLR2004  # `dua ribu` alone counts something
        counts = value in COUNTS and any(noun in NOUNS for noun in left[said.end : said.end + 1])
        if is_year or counts:
            left[said.start : said.end] = [value]
    return left


def _digits(word: str) -> str:
    return word.replace("o", "0") if _SLIPPED_YEAR.fullmatch(word) else word


def _last_few(words: Sequence[str]) -> Asked | None:
    """`lima tahun terakhir`, `3 bulan belakangan`."""
    for at, word in enumerate(words[:-1]):
        if word in ONE and words[at + 1] in LAST_FEW:
            return Asked(last=1, kind=ONE[word], used=frozenset({at, at + 1}))
    for at, word in enumerate(words[:-2]):
        kind = NOUNS.get(words[at + 1], "")
        used = frozenset({at, at + 1, at + 2})
        if word in COUNTS and kind and words[at + 2] in LAST_FEW:
            return Asked(last=COUNTS[word], kind=kind, used=used)
        if word in COUNTS and kind and words[at + 2] == _RUNNING:
            return Asked(last=COUNTS[word] + 1, kind=kind, used=used)
        if word in _OVER and words[at + 1] in COUNTS and (over := NOUNS.get(words[at + 2], "")):
            return Asked(last=COUNTS[words[at + 1]], kind=over, used=used - {at})
        if word in ENGLISH_PAST and words[at + 1] in COUNTS and (kind := NOUNS.get(words[at + 2], "")):
            return Asked(last=COUNTS[words[at + 1]], kind=kind, used=used)
    return None


def _beside_named(words: Sequence[str]) -> Asked | None:
    """`2023 dan tahun sebelumnya`: the year named, and the one counted from it."""
    named = [one for one in _mentions(words) if one[0].year]
    pairs = enumerate(pairwise(words))
    at = next((at for at, (noun, after) in pairs if noun in NOUNS | ONE and after in _BESIDE_THAT), -1)
    if at < 0 or len(named) != 1:
        return None
    period, places = named[0]
    kind = (NOUNS | ONE)[words[at]]
    if kind not in {YEAR, period.kind}:
        return None
    counted = COUNTS.get(words[at - 1], 0) if at and at - 1 not in places else 0
    steps = max(counted, 1) * (-1 if words[at + 1] in BEFORE_THAT else 1)
    both = tuple(sorted((period, moved(period, kind, steps))))
    used = frozenset({*places, at, at + 1, *([at - 1] if counted else [])})
    return Asked(periods=both, kind=period.kind, used=used)


def _relative(words: Sequence[str], today: date) -> Asked | None:
    """`tahun lalu`, `dua tahun lalu`, `bulan ini`, `triwulan kemarin`."""
    for at, word in enumerate(words[:-1]):
        end = at + 1 + (words[at + 1] == "yang" and at + 2 < len(words))
        if (word in ENGLISH_PAST or word == "this") and (kind := NOUNS.get(words[at + 1], "")):
            back = _back(kind, int(word != "this"), today)
            return Asked(periods=(back,), kind=kind, used=frozenset({at, at + 1}))
        if (coming := _coming(words, at, today)) is not None:
            return coming
        kind, after = NOUNS.get(word) or ONE.get(word, ""), words[end]
        if kind and after in BEHIND_THAT:
            return Asked(kind=kind, steps=1, used=frozenset(range(at, end + 1)))
        if not kind or not (after in PAST or after == "ini"):
            continue
        counted = at > 0 and words[at - 1] in COUNTS and after in PAST
        steps = 0 if after == "ini" else COUNTS[words[at - 1]] if counted else 1
        used = frozenset(range(at - counted, end + 1))
        period, before = _back(kind, steps, today), -steps if after in BEFORE_THAT else 0
        parts = [] if period.part else [one for one in _mentions(words) if not one[0].year]
        if len(parts) == 1:  # `triwulan IV tahun lalu`
            period, used = Period(period.year, parts[0][0].part), used.union(parts[0][1])
        return Asked(periods=(period,), kind=period.kind, steps=before, used=used)
    return None


def _coming(words: Sequence[str], at: int, today: date) -> Asked | None:
    """`Tahun depan`, `next quarter`: a period without a figure yet, which the answer has to say."""
    noun = words[at + 1] if words[at] == ENGLISH_AHEAD else words[at] if words[at + 1] in AHEAD else ""
    if not (kind := NOUNS.get(noun, "")):
        return None
    return Asked(periods=(_back(kind, -1, today),), kind=kind, used=frozenset({at, at + 1}))


def _named(words: Sequence[str]) -> Asked | None:
    """Years and parts of years by name: one, several, a span (`2020-2024`), or all since one."""
    every = _mentions(words)
    found = [one for one in every if not _is_set_aside(words, one[1][0])] or every
    if not found:
        return None
    used = frozenset(place for _period, places in every for place in places)
    years = [period.year for period, _places in found if period.year]
    parts = {period.part for period, _places in found if period.part}
    if not years:
        return Asked(part=next(iter(parts)), used=used)
    periods = [Period(one.year or years[-1], one.part) for one, _places in found]
    first = found[0][1][0]
    if len(periods) == 2 and _spans(words, found) and periods[0] < periods[1]:  # noqa: PLR2004  # both ends
        return Asked(periods=between(*periods), kind=periods[0].kind, used=used | _joints(found))
    if len(periods) == 1 and first and words[first - 1] in SINCE and _is_since(words, first):
        return Asked(since=periods[0], kind=periods[0].kind, used=used | {first - 1})
    return Asked(periods=tuple(dict.fromkeys(periods)), kind=periods[0].kind, used=used)


def _is_set_aside(words: Sequence[str], first: int) -> bool:
    """`Bukan 2025, 2023`."""
    return first > 0 and words[first - 1] in {"bukan", "not"}


def _newest(words: Sequence[str]) -> Asked | None:
    used = frozenset(at for at, word in enumerate(words) if word in NEWEST)
    return Asked(newest=True, used=used) if used else None


def _short_year(words: Sequence[str], today: date) -> Asked | None:
    """`ipm sby 24` is of 2024: two digits at the end of a question that are no age and no bound."""
    *before, last = words or [""]
    if len(before) < len(_NAME_AND_PLACE) or before[-1] in _BEFORE_NUMBERS or not _SHORT_YEAR.fullmatch(last):
        return None
    year = 2000 + int(last)
    return (
        Asked(periods=(Period(year),), kind=YEAR, used=frozenset({len(before)}))
        if year <= today.year
        else None
    )


def _mentions(words: Sequence[str]) -> list[tuple[Period, tuple[int, ...]]]:
    """Every year, part of a year, or both, with the places of their words; 0 for no year."""
    found: list[tuple[Period, tuple[int, ...]]] = []
    at = 0
    while at < len(words):
        part, length = _part(words, at) if not found else _part_behind(words, at, found[-1])
        year_at = at + length
        if length and year_at < len(words) and words[year_at] in YEAR_WORDS | {"of"}:
            year_at += 1
        if words[at] in MONTH_WORDS and year_at < len(words) and _SHORT_YEAR.fullmatch(words[year_at]):
            found.append((Period(2000 + int(words[year_at]), part), tuple(range(at, year_at + 1))))
            at = year_at + 1
        elif year_at < len(words) and _YEAR.fullmatch(words[year_at]):
            found.append((Period(int(words[year_at]), part), tuple(range(at, year_at + 1))))
            at = year_at + 1
        elif length:
            found.append((Period(0, part), tuple(range(at, at + length))))
            at += length
        else:
            at += 1
    return _joined(found)


def _joined(found: list[tuple[Period, tuple[int, ...]]]) -> list[tuple[Period, tuple[int, ...]]]:
    """`2025 triwulan II`: a year right before a part without a year is the year of that part."""
    joined: list[tuple[Period, tuple[int, ...]]] = []
    for period, places in found:
        last = joined[-1] if joined else None
        if last and not last[0].part and not period.year and places[0] == last[1][-1] + 1:
            joined[-1] = (Period(last[0].year, period.part), (*last[1], *places))
        else:
            joined.append((period, places))
    return joined


def _part(words: Sequence[str], at: int) -> tuple[int, int]:
    """The part of the year that begins here, and how many words it takes; 0, 0 for none."""
    word = words[at]
    if word in MONTH_WORDS:
        return MONTH_WORDS[word], 1
    kind = NOUNS.get(word, "")
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in ENGLISH_ORDINALS and following == "quarter":
        return QUARTERS[ENGLISH_ORDINALS.index(word)], 2
    if kind == QUARTER and following in ORDINALS:
        return QUARTERS[ORDINALS[following] - 1], 2
    if kind == SEMESTER and ORDINALS.get(following, 9) <= len(SEMESTERS):
        return SEMESTERS[ORDINALS[following] - 1], 2
    return 0, 0


def _part_behind(words: Sequence[str], at: int, last: tuple[Period, tuple[int, ...]]) -> tuple[int, int]:
    """As `_part`; a number alone after a quarter is a quarter too (`triwulan 1 sampai 4`)."""
    period, places = last
    is_joined = {*words[places[-1] + 1 : at]} <= _JOINING and words[at] in ORDINALS
    numbers = PARTS[period.kind]
    if not is_joined or period.kind not in {QUARTER, SEMESTER} or _counts(words, at):
        return _part(words, at)
    number = ORDINALS[words[at]]
    return (numbers[number - 1], 1) if number <= len(numbers) else (0, 0)


def _counts(words: Sequence[str], at: int) -> bool:
    """`Triwulan 1 dan 2 tahun terakhir`: whether the number counts something and is no part of a year."""
    is_noun = words[at + 1 : at + 2] and words[at + 1] in NOUNS
    return bool(is_noun) and not any(_YEAR.fullmatch(word) for word in words[at + 2 : at + 3])


def _spans(words: Sequence[str], found: list[tuple[Period, tuple[int, ...]]]) -> bool:
    between = set(words[found[0][1][-1] + 1 : found[1][1][0]]) - YEAR_WORDS - MONTH_NOUNS - {"d"}
    return not between or between <= UNTIL


def _joints(found: list[tuple[Period, tuple[int, ...]]]) -> frozenset[int]:
    return frozenset(range(found[0][1][-1] + 1, found[1][1][0]))


def _is_since(words: Sequence[str], first: int) -> bool:
    """Whether the series begins there: `sejak 2019`, or `dari 2019` with a word for going on."""
    goes_on = {"sekarang", "kini", "terbaru"} & set(words[first:]) or _IN_A_ROW & set(words)
    return words[first - 1] != "dari" or bool(goes_on)


def between(first: Period, last: Period) -> tuple[Period, ...]:
    """Every period from `first` to `last`; only these two where they are of different kinds."""
    if first.kind != last.kind or last.year - first.year > _MOST_YEARS:
        return (first, last)
    found, period = [], first
    while period <= last:
        found.append(period)
        period = moved(period, period.kind, 1)
    return tuple(found)


def moved(period: Period, kind: str, steps: int) -> Period:
    """The period so many steps of `kind` later (a year, or its own kind); earlier if `steps` is negative."""
    if kind == YEAR or kind != period.kind:
        return Period(period.year + steps * (kind == YEAR), period.part)
    parts = PARTS[kind]
    year, place = divmod(period.year * len(parts) + parts.index(period.part) + steps, len(parts))
    return Period(year, parts[place])


def _back(kind: str, steps: int, today: date) -> Period:
    """The period so many years, months, quarters or semesters before the current one."""
    parts = PARTS[kind]
    now = Period(today.year, parts[(today.month - 1) * len(parts) // 12])
    return moved(now, kind, -steps)
