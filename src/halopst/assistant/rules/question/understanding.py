"""A question taken apart: what it asks, of which regions, when, and the words that name the indicator."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from halopst.assistant.rules.question import (
    breakdowns,
    intents,
    periods,
    regions,
    thresholds,
)
from halopst.assistant.rules.question.excluded_regions import find_exclusions
from halopst.assistant.rules.question.indicators import as_tables_say
from halopst.assistant.rules.question.periods import COUNTS, Asked
from halopst.assistant.rules.question.ranking_positions import Ordinal, ordinal
from halopst.assistant.rules.question.regions import Mention
from halopst.assistant.rules.question.shares import share_said
from halopst.assistant.rules.question.thresholds import Threshold
from halopst.assistant.rules.question.unit_conversion import unit_places
from halopst.core.spelling import words as plain
from halopst.knowledge.rules.figures.regions import CITY, NATION, PROVINCE, REGENCY, Gazetteer
from halopst.knowledge.rules.words.stopwords import STOP
from halopst.knowledge.rules.words.thesaurus import is_word as in_thesaurus

LONGEST_QUESTION = 500
MOST_WORDS = 80
_END = re.compile(r"(?<=[.?!])\s+|\n+")
_AREAS = frozenset({NATION, PROVINCE})
_THE_AREA = frozenset({"rata", "angka", "nilai", "capaian"})
_PLACE_AND_AREA = ("place", "area")
_EXPLAIN = frozenset({"jelaskan", "jelasin", "terangkan", "terangin", "explain"})
_WHICH_ONE = {("apa", "sih"), ("itu", "apa"), ("tuh", "apa")}
_MAY_BE_SHARE = frozenset({intents.VALUE, intents.COMPARISON})
_DOUBT = frozenset(
    {"apakah", "apa", "benarkah", "benar", "bener", "betulkah", "betul", "is", "masih", "termasuk"}
)
_WHO = frozenset({"siapa", "siapakah"})
_LAST, _FROM = frozenset({"lalu", "kemarin", "last"}), frozenset({"dari", "from", "since"})
_IF = frozenset(
    [
        "apakah", "apa", "sudah", "udah", "udh", "belum", "masih", "benarkah", "betulkah", "benar", "betul",
        "is", "are", "was", "were", "does", "has", "did",
    ]
)  # fmt: skip
"""Words of a question that yes or no answers."""
_EVERY = frozenset({"semua", "seluruh", "setiap", "tiap", "masing", "all", "every", "each"})
ALL = 1_000
"""The number of places in a ranking where every region is asked for."""
ENDINGS = ("nya", "kah", "lah")
_THINGS = {"tahu": "tofu"}
"""Words that say nothing in a question, but name a thing after a measure (`produksi tahu`)."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The parts of a question; `topic` holds the words left to name an indicator, as tables say them."""

    words: tuple[str, ...]
    kind: str
    mentions: tuple[Mention, ...]
    spread: tuple[str, ...]
    asked: Asked
    limit: int
    lowest: bool = False
    topic: tuple[str, ...] = ()
    leans: bool = False
    placed: bool = False
    reckoned: str = ""
    threshold: Threshold | None = None
    ordinal: Ordinal | None = None
    without: tuple[Mention, ...] = ()
    behind: Mention | None = None

    @property
    def placed_words(self) -> frozenset[int]:
        """The places of the words for region, time and place in a ranking."""
        aside = (*self.without, *((self.behind,) if self.behind else ()))
        regions = (range(one.start, one.end) for one in (*self.mentions, *aside))
        return self.asked.used.union(*regions, self.ordinal.used if self.ordinal else ())

    @property
    def group(self) -> str:
        """The common name of several of the regions (`Madura`), if one was used."""
        return next((one.group for one in self.mentions if one.group), "")

    @property
    def unclear(self) -> Mention | None:
        """The first name that several regions have."""
        return next((one for one in self.mentions if len(one.regions) > 1), None)


def understand(
    question: str,
    *,
    gazetteer: Gazetteer,
    today: date,
    knows: Callable[[str], bool],
    mend: Callable[[str], str] = str,
) -> Understood:
    """Take a question apart.

    `knows` tells whether a word is part of an indicator's name; `mend` gives the word that a misspelt one
    stands for.
    """
    read = partial(_understood, gazetteer=gazetteer, today=today, knows=knows, mend=mend)
    if (said := thresholds.found(question[:LONGEST_QUESTION])) is not None:
        asked = read(said[1])
        bound = _bound(said[0], asked)
        kinds = _counted(said[1], gazetteer) if bound else ()
        if kinds and asked.kind in intents.FIGURES:
            return replace(asked, kind=intents.THRESHOLD, spread=kinds, threshold=bound)
        if bound and not kinds and _is_ever(asked, bound):
            return replace(asked, kind=intents.PASSED, threshold=bound)
    return _beside_bound(question, read) or read(question)


def _beside_bound(question: str, read: Callable[[str], Understood]) -> Understood | None:
    """`Apakah IPM Sampang di atas 75?`: the figure of one region, to be held against a bound."""
    if (said := thresholds.of_one_figure(question[:LONGEST_QUESTION])) is None:
        return None
    asked = read(said[1])
    is_of_one = len(asked.mentions) <= 1 and not any(one.group for one in asked.mentions)
    is_plain = asked.kind == intents.VALUE and is_of_one and not (asked.spread or asked.placed)
    is_asked = not _IF.isdisjoint(asked.words) and "berapa" not in asked.words
    return replace(asked, threshold=said[0]) if is_plain and is_asked else None


def _bound(bound: Threshold, asked: Understood) -> Threshold | None:
    """The bound: a number, or the figure of the region or province that sets it; None if that is unclear."""
    if not bound.of_area:
        return bound
    parts = [one for one in asked.mentions if not {region.kind for region in one.regions} & _AREAS]
    is_own = bool(_THE_AREA & set(plain(bound.said)) or "provinsi" in asked.words)
    if len(parts) > 1 or not (asked.mentions or is_own):
        return None
    return replace(bound, of_part=bool(parts))


def _is_ever(asked: Understood, bound: Threshold) -> bool:
    """`Kapan terakhir inflasi Surabaya di atas 0,5 persen?`: the periods of one region."""
    is_of_one = len(asked.mentions) <= 1 and not any(one.group for one in asked.mentions)
    is_of_figures = asked.kind in intents.FIGURES and asked.kind != intents.RELEASE
    return is_of_one and is_of_figures and not bound.of_area and intents.asks_if_ever(asked.words)


def _counted(question: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The kinds of region to be held against a bound (`daerah di Jatim dengan ...`), apart from names."""
    words = periods.split(plain(question))
    named = {
        at
        for one in regions.find(words, gazetteer, lambda _word: True)
        for at in range(one.start - (words[one.start - 1 : one.start] == ["di"]), one.end)
    }
    bare = [word for at, word in enumerate(words) if at not in named]
    return regions.counted(words) or regions.counted(bare)


def _understood(
    question: str,
    *,
    gazetteer: Gazetteer,
    today: date,
    knows: Callable[[str], bool],
    mend: Callable[[str], str],
) -> Understood:
    words, every = _words(question, gazetteer, knows, mend)
    excluded = find_exclusions(words, every)
    mentions = excluded.others
    named = {at for one in every for at in range(one.start, one.end)} | excluded.used
    beside = ["|" if at in named else word for at, word in enumerate(words)]
    spread = regions.spread(beside)
    asked = periods.find(_without_ordinal(words), today)
    alone = [one for one in mentions if not one.group]
    placed = intents.wants_place(words) or _is_held_against_all(intents.kind_of(words), mentions)
    placed = placed and (bool(alone) or not mentions)
    kind = _defining(intents.kind_of(beside), words, mentions, asked)
    if kind == intents.GREETING and _names_something(words, named, knows):
        kind = intents.VALUE
    kind = _sharpened(kind, words, mentions, spread, asked, placed=placed)
    kind, share = _or_share(kind, words, mentions, knows)
    lowest, reckoned = intents.wants_lowest(words), intents.reckoned(words)
    if not spread and (kind == intents.RANKING or (reckoned == intents.MEAN and _is_area(mentions))):
        spread = regions.kinds_said(words, every)
    limit, counted = _limit(words, asked, kind)
    aim = intents.purpose(words, lambda at: at in named | asked.used or knows(words[at]))
    taken = asked.used | counted | named | aim | share | unit_places(words) | {*range(intents.opening(words))}
    topic, place = _topic_and_place(words, taken, kind)
    said = Understood(tuple(words), kind, mentions, spread, asked, limit, topic=topic, placed=placed)
    said = replace(said, without=excluded.without, behind=excluded.behind)
    return replace(said, lowest=lowest, leans=intents.leans(words), reckoned=reckoned, ordinal=place)


def _without_ordinal(words: Sequence[str]) -> list[str]:
    """The words without a place in a ranking: the 12 of `urutan ke 12` is no year and no number of places."""
    place = ordinal(words) if intents.kind_of(words) == intents.RANKING else None
    return ["|" if place and at in place.used else word for at, word in enumerate(words)]


def _topic_and_place(
    words: Sequence[str], taken: frozenset[int] | set[int], kind: str
) -> tuple[tuple[str, ...], Ordinal | None]:
    """The topic, and the place in a ranking that is asked for.

    After a ranking the place may stand alone: `yang ketiga?`.
    """
    topic, place = _topic(words, taken), ordinal(words)
    if kind == intents.RANKING and _WHO.issuperset(topic):
        topic = ()
    if place is None or kind not in {intents.RANKING, intents.VALUE}:
        return topic, None
    beside = _topic(words, {*taken, *place.used})
    if _WHO.issuperset(beside):
        return (), place
    return (beside, place) if kind == intents.RANKING else (topic, None)


def _words(
    question: str, gazetteer: Gazetteer, knows: Callable[[str], bool], mend: Callable[[str], str]
) -> tuple[list[str], list[Mention]]:
    """The words as they were meant, and the regions they name."""
    words = breakdowns.spelled_out(periods.split(plain(question[:LONGEST_QUESTION])[:MOST_WORDS]))

    def is_word(word: str) -> bool:
        return knows(word) or word in intents.filler() or word in STOP or in_thesaurus(word)

    places = {at for one in regions.find(words, gazetteer, is_word) for at in range(one.start, one.end)}
    words = [word if at in places else _mended(word, knows, mend) for at, word in enumerate(words)]
    words = [_thing(word, words[at - 1 : at], knows) for at, word in enumerate(words)]
    words += _last_of_trend(words)
    return words, regions.find(words, gazetteer, is_word)


def _last_of_trend(words: Sequence[str]) -> list[str]:
    """`Tren IPM 5 tahun` means the last five."""
    is_span = len(words) > 1 and COUNTS.get(words[-2], 0) > 1 and words[-1] in periods.NOUNS
    return ["terakhir"] if is_span and not periods.SERIES.isdisjoint(words) else []


def _thing(word: str, before: Sequence[str], knows: Callable[[str], bool]) -> str:
    """`Produksi tahu` is about a food; the `tahu` of `mau tahu produksi padi` says nothing."""
    return _THINGS.get(word, word) if before and knows(before[0]) else word


def _topic(words: Sequence[str], taken: frozenset[int] | set[int]) -> tuple[str, ...]:
    left = ["|" if at in taken else word for at, word in enumerate(words)]
    return tuple(as_tables_say(left, intents.filler() | {"|"}))


def sentences(question: str) -> list[str]:
    """The sentences of a text of several; one of them may hold what is asked for."""
    found = [one.strip() for one in _END.split(question) if one.strip()]
    return found if len(found) > 1 else []


def _mended(word: str, knows: Callable[[str], bool], mend: Callable[[str], str]) -> str:
    """The word as it was meant: without an ending such as `-nya`, or with its spelling mended."""
    if word.isdigit() or knows(word) or word in intents.filler():
        return word
    for ending in ENDINGS:
        bare = word.removesuffix(ending)
        if bare != word and (knows(bare) or bare in intents.filler()):
            return bare
    return mend(word)


def _names_something(words: Sequence[str], places: set[int], knows: Callable[[str], bool]) -> bool:
    """Whether a word is part of an indicator's name: `Permisi, IPM Sidoarjo?` is more than a greeting."""
    said = {word for at, word in enumerate(words) if at not in places}
    return any(knows(word) for word in said - intents.filler())


def _defining(kind: str, words: Sequence[str], mentions: Sequence[Mention], asked: Asked) -> str:
    """The kind of question; `Apa IPM itu?` asks for a meaning, unless it says where or when."""
    if kind == intents.DEFINITION and (mentions or not asked.is_silent) and not _EXPLAIN.isdisjoint(words):
        kind = intents.kind_of([word for word in words if word not in _EXPLAIN])
    if kind == intents.DEFINITION and tuple(words[-2:]) in _WHICH_ONE:
        bare = intents.kind_of(words[:-2])  # `kota paling padat di Jatim apa sih?`
        return bare if bare == intents.RANKING and mentions else kind
    is_what = bool(words) and words[0] in {"apa", "apakah"} and "itu" in words
    return (
        intents.DEFINITION if kind == intents.VALUE and is_what and not mentions and asked.is_silent else kind
    )


def _or_share(
    kind: str, words: Sequence[str], mentions: Sequence[Mention], knows: Callable[[str], bool]
) -> tuple[str, frozenset[int]]:
    """The kind of question, a share where one is asked for, and the places of the words that say so."""
    share = share_said(words, mentions, knows) if kind in _MAY_BE_SHARE else frozenset()
    return (intents.SHARE if share else kind), share


def _sharpened(
    kind: str,
    words: Sequence[str],
    mentions: Sequence[Mention],
    spread: tuple[str, ...],
    asked: Asked,
    *,
    placed: bool,
) -> str:
    """The kind of question for figures, decided by how many regions and periods it names."""
    if kind not in intents.FIGURES or kind == intents.RELEASE:
        return kind
    if kind == intents.TREND and (_is_from_last(words, asked) or _is_moved_then(words, asked)):
        kind = intents.COMPARISON
    if kind == intents.RANKING and (
        intents.asks_when(words) or _is_of_course(words, mentions, spread, asked)
    ):
        return intents.EXTREME if len(mentions) <= 1 else intents.TREND
    is_within = spread or placed or _is_area(mentions) or any(one.group for one in mentions)
    if kind == intents.RANKING and (is_within or not mentions):
        return kind
    of_all = bool(spread) and (not mentions or _is_area(mentions)) and kind == intents.VALUE
    if (kind == intents.TREND or asked.is_series) and not of_all:
        return intents.TREND if len(mentions) <= 1 or asked.is_series else kind
    if spread:
        return intents.RANKING
    several = len({one.regions for one in mentions}) > 1 or len(asked.periods) > 1
    return intents.COMPARISON if several or kind in {intents.COMPARISON, intents.RANKING} else intents.VALUE


def _is_of_course(
    words: Sequence[str], mentions: Sequence[Mention], spread: tuple[str, ...], asked: Asked
) -> bool:
    """`Puncak inflasi`; of one region that has none of its own also `inflasi tertinggi Surabaya`.

    `Apakah IPM Surabaya tertinggi?` may mean among others.
    """
    if spread or len(mentions) > 1:
        return False
    is_of_one = bool(mentions) and not _is_area(mentions)
    is_doubted = not _DOUBT.isdisjoint(words)
    is_own = is_of_one and not (asked.is_silent and is_doubted) and not intents.wants_place(words)
    return intents.says_peak(words) or is_own


def _is_from_last(words: Sequence[str], asked: Asked) -> bool:
    """`Naik ga dari tahun lalu?` compares two periods; `dari 2019` begins a series."""
    first = min(asked.used, default=0)
    said = {words[at] for at in asked.used}
    return len(asked.periods) == 1 and bool(_LAST & said) and first > 0 and words[first - 1] in _FROM


def _is_moved_then(words: Sequence[str], asked: Asked) -> bool:
    """`NTP naik ga bulan lalu?` compares that month with the one before, and asks for no series."""
    is_one = len(asked.periods) == 1 or (asked.part and not asked.periods)
    return bool(is_one) and not asked.each and intents.asks_if_moved(words)


def _is_held_against_all(kind: str, mentions: Sequence[Mention]) -> bool:
    """`Benarkah IPM Sampang paling rendah di Jawa Timur?` asks for its place in the province."""
    if kind != intents.RANKING or len(mentions) != len(_PLACE_AND_AREA):
        return False
    place, area = sorted((one.regions[0] for one in mentions), key=lambda one: one.kind in _AREAS)
    return place.kind not in _AREAS and place.parent == area.code


def _is_area(mentions: Sequence[Mention]) -> bool:
    """Whether the one region named has regions within it."""
    kinds = {region.kind for one in mentions for region in one.regions}
    return len(mentions) == 1 and not kinds & {REGENCY, CITY} and bool(kinds - {PROVINCE} or kinds)


def _limit(words: Sequence[str], asked: Asked, kind: str) -> tuple[int, frozenset[int]]:
    """How many places of a ranking are asked for, and the word that says so; 0 when none does."""
    if kind != intents.RANKING:
        return 0, frozenset()
    if (at := next((at for at, word in enumerate(words) if word in _EVERY), -1)) >= 0:
        return ALL, frozenset({at})
    for at, word in enumerate(_without_ordinal(words)):
        if at not in asked.used and word in COUNTS and COUNTS[word] > 1:
            return COUNTS[word], frozenset({at})
    return 0, frozenset()
