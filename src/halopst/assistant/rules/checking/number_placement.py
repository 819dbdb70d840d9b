"""Whether each number of a sentence stands where its sources have it.

A number is misplaced in four cases: no sentence of its sources that states it speaks of the same thing and
counts the same; they state it of another year or month; another number of its kind fits much better in its
place; two numbers fit better in each other's place.

How well a number fits is told by the words and numbers around it, up to eight on either side: near ones weigh
more, those in another part of the sentence less.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from halopst.assistant.rules.checking.sources import Source, SourceKind
from halopst.assistant.rules.checking.stated_numbers import states
from halopst.assistant.rules.language.numerals import Kind, Number, flattened, is_year, numbers
from halopst.knowledge.rules.words.stopwords import STOP
from halopst.knowledge.rules.words.tokens import sentences, stemmed, tokens

TOGETHER = 0.4
"""The sentence a number is taken from must hold this share of our sentence's own words."""
MOST = 20
"""A sentence with more numbers is refused, which keeps the comparisons few."""
REACH = 8
BEYOND = 0.2
"""The weight left after each comma, `dan` or `menjadi`: what is beyond may belong to the next number."""
FAR = 30
"""A year or month belongs to a number within so many words."""
OTHER_SIDE = 0.5
"""The weight of a word that stands on the other side of the number in the source."""
WHOLE = 0.5
"""The weight of the words of the whole sentence beside those around the number."""
PLAINLY = 0.3
"""By how much another number must fit better; by less it may be the same thing in other words."""
YEARS = 0.2
"""By how much more a year must fit in the place of a number that is no year."""
EXCHANGED = 0.2
"""By how much two numbers must fit better in each other's place.

Less than for one number, as each confirms the other.
"""
_PIECE = re.compile(r"[^\W\d_]+|[,;:()]")
_ENDS = frozenset(
    {",", ";", ":", "(", ")", "dan", "serta", "sedangkan", "sementara", "tetapi", "disusul", "lalu"}
)
_BEGINS = frozenset({"menjadi", "dari", "daripada", "dibanding", "dibandingkan", "terhadap"})
_BEHIND = re.compile(r"\s+([a-z]+)")

Around = Mapping[tuple[int, str], float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A number with what stands around it.

    `counts` is the stem right after it, which it may count. `around` holds stems with their weight, on side
    -1 or 1. `when` are the nearest year and month in the same part of the sentence, if there are any.
    """

    number: Number
    counts: str
    around: Around
    when: tuple[Number | None, Number | None]


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers of a source's sentence, and its stems together with those of the title."""

    placed: tuple[Placed, ...]
    stems: frozenset[str]
    is_text: bool


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A place of a number in a text, and the weight of the words that its sentence shares with ours."""

    there: Placed
    whole: float


Pair = tuple[Placed, list[Spot]]
"""A number of ours, and the places where the texts have it."""


def misplaced(text: str, cited: Sequence[Source]) -> str:
    """The first number that stands where its sources do not have it; empty when there is none."""
    own, every = own_words(text), placed(text)
    if len(every) > MOST:
        return every[MOST].number.text
    told = [one for source in cited for one in _told(source)]
    for said in every:
        if _is_counted(said.number) and own and not _is_spoken_of(said, own, told):
            return said.number.text
    spots = [
        Spot(there, WHOLE * _share(own, one.stems)) for one in told if one.is_text for there in one.placed
    ]
    homes = [[spot for spot in spots if states(spot.there.number, said.number)] for said in every]
    pairs = list(zip(every, homes, strict=True))
    return _of_another_time(pairs) or _in_anothers_place(pairs, spots) or _exchanged(pairs)


def own_words(text: str) -> set[str]:
    return {stemmed(word) for word in tokens(text) if word not in STOP and not word[0].isdigit()}


@lru_cache(maxsize=2_000)
def placed(text: str) -> tuple[Placed, ...]:
    """Every number of `text` with what stands around it."""
    flat, found = flattened(text), numbers(text)
    stream = _stream(flat, found)
    at = {start: index for index, (start, _said, _clause) in enumerate(stream)}
    behind = [_BEHIND.match(flat, one.end) for one in found]
    years = {one.start: one for one in found if is_year(one)}
    months = {one.start: one for one in found if one.kind is Kind.MONTH}
    return tuple(
        Placed(
            one,
            stemmed(after[1]) if after else "",
            _around(stream, at[one.start]),
            (_nearest(stream, at[one.start], years), _nearest(stream, at[one.start], months)),
        )
        for one, after in zip(found, behind, strict=True)
    )


def _stream(flat: str, found: Sequence[Number]) -> list[tuple[int, str, int]]:
    """Words as stems and numbers as their sort, each with where it begins and the number of its clause."""
    words = (
        (one.start(), one[0])
        for one in _PIECE.finditer(flat)
        if not any(number.start <= one.start() < number.end for number in found)
    )
    stream, clause = [], 0
    for start, said in sorted([*words, *((one.start, _sort(one)) for one in found)]):
        clause += said in _ENDS or said in _BEGINS
        if said not in _ENDS:
            stream.append((start, said if said[0] == "#" else stemmed(said), clause))
    return stream


def _nearest(stream: Sequence[tuple[int, str, int]], at: int, times: Mapping[int, Number]) -> Number | None:
    """The nearest year or month; None when there is none, or two are equally near."""
    for far in range(1, FAR):
        near = [stream[one] for one in (at - far, at + far) if 0 <= one < len(stream)]
        found = [times[start] for start, _said, clause in near if clause == stream[at][2] and start in times]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _sort(number: Number) -> str:
    """The sort of a number, which is all that counts where it is the neighbour of another."""
    return "#year" if is_year(number) else f"#{number.kind}"


def _around(stream: Sequence[tuple[int, str, int]], at: int) -> Around:
    found: dict[tuple[int, str], float] = {}
    for far in range(1, REACH + 1):
        for side in (-1, 1):
            if 0 <= at + side * far < len(stream):
                _start, said, clause = stream[at + side * far]
                found.setdefault((side, said), BEYOND ** abs(clause - stream[at][2]) / far)
    return found


def _told(source: Source) -> Iterator[Told]:
    title = frozenset(map(stemmed, tokens(source.title)))
    for one in (source.title, *sentences(source.text)):
        yield Told(placed(one), title | frozenset(map(stemmed, tokens(one))), source.kind is SourceKind.TEXT)


def _is_counted(number: Number) -> bool:
    return number.kind not in {Kind.MONTH, Kind.PART} and not is_year(number)


def _is_spoken_of(said: Placed, own: set[str], told: Sequence[Told]) -> bool:
    """Whether a source's sentence about the same thing states the number, and of the same counted thing."""
    return any(_share(own, one.stems) >= TOGETHER and _states(one.placed, said) for one in told)


def _states(stated: Sequence[Placed], said: Placed) -> bool:
    counted = {one.counts for one in stated} - {""}
    return any(
        states(one.number, said.number) and (said.counts not in counted or one.counts == said.counts)
        for one in stated
    )


def _of_another_time(pairs: Sequence[Pair]) -> str:
    """The first number that the sources state only of another year or month."""
    counted = [(said, home) for said, home in pairs if home and _is_counted(said.number)]
    wrong = (said for said, home in counted if not any(_agree(said, spot.there) for spot in home))
    return next((said.number.text for said in wrong), "")


def _in_anothers_place(pairs: Sequence[Pair], spots: Sequence[Spot]) -> str:
    """The first number in whose place one that our sentence does not state fits much better."""
    ours = {id(spot) for _said, home in pairs for spot in home}
    strange = [spot for spot in spots if id(spot) not in ours]
    timed = _timed(pairs)
    for said, home in pairs:
        if not home or said.number in timed:
            continue
        rivals = [
            spot
            for spot in strange
            if spot.there.number.kind is said.number.kind and _agree(said, spot.there)
        ]
        needed = _best([spot.whole + _fit(said, spot) for spot in home]) + PLAINLY
        if any(spot.whole + _fit(said, spot) > needed + _beyond(said, spot) for spot in rivals):
            return said.number.text
    return ""


def _beyond(said: Placed, rival: Spot) -> float:
    """What a year must fit better still: it may stand beside a counted thing without counting it."""
    return YEARS if _is_counted(said.number) and is_year(rival.there.number) else 0.0


def _timed(pairs: Sequence[Pair]) -> set[Number | None]:
    """The years and months by which other numbers were compared; they need no check of their own."""
    return {
        time
        for said, home in pairs
        if _is_counted(said.number) and any(any(spot.there.when) for spot in home)
        for time in said.when
    }


def _exchanged(pairs: Sequence[Pair]) -> str:
    """The first of two numbers of a sort that fit better in each other's place."""
    timed = _timed(pairs)
    few = [(said, home[:MOST]) for said, home in pairs]
    for (one, first), (two, second) in combinations(few, 2):
        may_be = [spot for spot in second if _agree(one, spot.there)]
        or_else = [spot for spot in first if _agree(two, spot.there)]
        if not may_be or not or_else or _sort(one.number) != _sort(two.number) or one.number in timed:
            continue
        here = _best([_fit(one, spot) for spot in first]) + _best([_fit(two, spot) for spot in second])
        there = _best([_fit(one, spot) for spot in second]) + _best([_fit(two, spot) for spot in first])
        if there > here + EXCHANGED:
            return one.number.text
    return ""


def _agree(one: Placed, two: Placed) -> bool:
    """Whether the years and months of both numbers agree, where both have them."""
    return all(
        mine is None or theirs is None or states(theirs, mine)
        for mine, theirs in zip(one.when, two.when, strict=True)
    )


def _best(fits: Sequence[float]) -> float:
    return max(fits, default=0.0)


def _fit(said: Placed, spot: Spot) -> float:
    """The share of what is around our number that is around the other one too."""
    here, there = said.around, spot.there.around
    shared = sum(
        max(
            min(weight, there.get((side, word), 0.0)),
            min(weight, there.get((-side, word), 0.0)) * OTHER_SIDE,
        )
        for (side, word), weight in here.items()
    )
    return shared / sum(here.values()) if here else 0.0


def _share(own: set[str], stems: frozenset[str]) -> float:
    return len(own & stems) / len(own) if own else 0.0
