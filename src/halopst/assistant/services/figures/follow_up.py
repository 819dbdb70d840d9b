"""What a follow-up question takes over from the question before: its regions, its time, the period shown."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from halopst.assistant.rules.figures.answers import Context
from halopst.assistant.rules.language.phrases import says
from halopst.assistant.rules.question import intents, thresholds
from halopst.assistant.rules.question.periods import Asked, between, moved
from halopst.assistant.rules.question.population import SHARES
from halopst.assistant.rules.question.shares import contributing, lies_in
from halopst.assistant.rules.question.understanding import LONGEST_QUESTION, Understood
from halopst.assistant.services.figures.regions import regions_of
from halopst.knowledge.rules.figures.periods import YEAR, Period
from halopst.knowledge.rules.figures.regions import Region

SHOWN = "shown"
"""Key in a context: the code of the one period whose figures the answer shows."""
AGAINST = frozenset(
    ["dibanding", "dibandingkan", "banding", "daripada", "ketimbang", "than", "compared", "compare"]
)
FROM = frozenset(["dari", "from", "since", "sejak"])
SPAN = "span"
"""Key in a context: the codes of the first and the last period that the answer shows."""
_SAME_SPAN = ("periode yang sama", "periode sama", "waktu yang sama", "rentang yang sama", "same period")
MOST_EARLIER = 3
COURSES = frozenset([intents.TREND, intents.EXTREME, intents.PASSED, intents.MEAN])
"""Kinds of question about the course of one region's figure."""
_SIDE_BY_SIDE = frozenset([intents.VALUE, intents.COMPARISON])
_BOUNDED = frozenset([intents.PASSED, intents.THRESHOLD])
_PLACES = frozenset(["daerah", "wilayah", "region", "where"])
_WHICH = _PLACES | {"mana", "siapa", "siapakah", "who", "which"}


def going_on(asked: Understood, before: Context, regions: Sequence[Region]) -> Understood:
    """The question as one about what was shown before.

    After the course of a figure `tertinggi?` asks when that was; after figures `berapa persen dari Jatim?`
    asks for their share.
    """
    if _is_of_course(asked, before, regions):
        return replace(asked, kind=intents.EXTREME)
    return replace(asked, kind=intents.SHARE) if _is_share_of(asked, before) else asked


def between_shown(asked: Understood, before: Context) -> Understood:
    """`Mana yang paling tinggi?` after regions shown one by one or side by side is a question about these."""
    shown = (*before.get("earlier", ()), *before.get("regions", ()))
    is_which = not _WHICH.isdisjoint(asked.words) and _PLACES.isdisjoint(asked.words)
    is_of_them = is_which and _is_bare_end(asked) and not asked.topic and before.get("kind") in _SIDE_BY_SIDE
    return replace(asked, kind=intents.COMPARISON) if is_of_them and len(shown) > 1 else asked


def bound_again(question: str, read: Callable[[str], Understood], before: Context) -> Understood | None:
    """`Kalau di atas 80?` after a question with another bound; None where it is no such question."""
    found = thresholds.found(question[:LONGEST_QUESTION]) if before.get("kind") in _BOUNDED else None
    if found is None or found[0].of_area:
        return None
    asked = read(found[1])
    is_alone = asked.kind == intents.VALUE and SHARES.issuperset(asked.topic)
    return replace(asked, kind=str(before["kind"]), threshold=found[0], topic=()) if is_alone else None


def _is_of_course(asked: Understood, before: Context, regions: Sequence[Region]) -> bool:
    is_end = _is_bare_end(asked) and _WHICH.isdisjoint(asked.words)
    return is_end and len(regions) == 1 and before.get("kind") in COURSES


def _is_bare_end(asked: Understood) -> bool:
    """`Tertinggi?` with nothing said of where, how many or which place."""
    is_bare = not (asked.mentions or asked.spread or asked.limit or asked.ordinal or asked.placed)
    return asked.kind == intents.RANKING and is_bare


def _is_share_of(asked: Understood, before: Context) -> bool:
    shown = regions_of(before.get("regions", ()))
    if len(asked.mentions) != 1 or not shown or not SHARES.issuperset(asked.topic):
        return False
    is_asked = not (SHARES | contributing()).isdisjoint(asked.words)
    return is_asked and all(lies_in(one, asked.mentions[0].regions[0]) for one in shown)


def earlier_regions(
    context: Context, indicators: Collection[int], regions: Sequence[Region]
) -> tuple[Region, ...]:
    """The regions asked about one by one before this one, for `mana yang lebih tinggi?`.

    Only those asked about for the same indicator.
    """
    before = context.get("regions", ())
    is_same = not set(indicators).isdisjoint(map(int, context.get("indicator", ())))
    is_compared = len(before) == 1 or context.get("kind") == intents.COMPARISON
    if not is_same or not is_compared or len(regions) != 1:
        return ()
    asked = regions_of((*context.get("earlier", ()), *before))
    return tuple(dict.fromkeys(one for one in asked if one not in regions))[-MOST_EARLIER:]


def beside_before(asked: Understood, before: Context) -> Asked | None:
    """The period shown before and the one it is compared with: `dibanding September?`."""
    said, shown = asked.asked, int(before.get(SHOWN, 0))
    is_against = AGAINST.intersection(asked.words) or (
        intents.asks_if_moved(asked.words) and FROM.intersection(asked.words)
    )
    if not is_against or not shown or asked.mentions:
        return None
    first = Period.of_code(shown)
    other = next(iter(said.periods), Period(first.year, said.part) if said.part else None)
    if said.steps:
        other = moved(first, said.kind, said.steps)
    elif other is not None and other.kind == YEAR != first.kind:
        other = _same_part(first, other.year)
    if other is None or other == first:
        return None
    if other > first and said.part:
        other = moved(other, YEAR, -1)
    return Asked(periods=tuple(sorted({other, first})), kind=first.kind)


def a_year_before(asked: Understood, before: Context) -> Asked | None:
    """The periods shown before, all a year earlier: `dibanding periode yang sama tahun lalu?`."""
    if not before.get(SPAN) or not says(asked.words, _SAME_SPAN) or asked.mentions:
        return None
    first, last = (moved(Period.of_code(int(code)), YEAR, -1) for code in before[SPAN])
    return Asked(periods=between(first, last), kind=first.kind)


def held_beside(asked: Understood, before: Context, kind: str, time: Asked) -> tuple[str, Asked, bool]:
    """The kind of question, its time, and whether it compares the period shown before with another."""
    if (year_before := a_year_before(asked, before)) is not None:
        return str(before.get("kind", kind)), year_before, False
    beside = beside_before(asked, before)
    return (kind, time, False) if beside is None else (intents.COMPARISON, beside, True)


def asks_how_far_apart(asked: Understood, before: Context) -> bool:
    """Whether the gap between first and last is asked: `selisih IPM tertinggi dan terendah`.

    After a ranking, `selisihnya?` alone asks so too.
    """
    if not intents.asks_apart(asked.words):
        return False
    goes_on = before.get("kind") == intents.RANKING and not (before.get("place") or asked.mentions)
    return goes_on or (asked.kind == intents.RANKING and intents.names_both_ends(asked.words))


def _same_part(shown: Period, year: int) -> Period:
    """The same part of another year; for `tahun lalu` after a figure of last year, the year before."""
    return Period(year, shown.part) if year < shown.year else moved(shown, YEAR, -1)


def shifted(said: Asked, context: Context) -> Asked | None:
    """`Tahun sebelumnya?` goes back from the period that was shown, not from today."""
    shown = int(context.get(SHOWN, 0))
    if not said.steps or not shown:
        return None
    period = moved(Period.of_code(shown), said.kind, said.steps)
    return Asked(periods=(period,), kind=period.kind)


def remembered_time(context: Context) -> Asked:
    """The time asked for before, read from the context that `context_of` wrote."""
    said = context.get("time", {})
    periods = tuple(Period.of_code(int(code)) for code in said.get("periods", ()))
    since = Period.of_code(int(said["since"])) if said.get("since") else None
    return Asked(
        periods=periods, last=int(said.get("last", 0)), since=since, kind=str(said.get("kind", "")),
        part=int(said.get("part", 0)), newest=bool(said.get("newest")),
    )  # fmt: skip


def last_of(time: Asked) -> Asked:
    """Only the last of several periods: a ranking asked for after a series is of the end of that series."""
    if len(time.periods) > 1:
        return Asked(periods=time.periods[-1:], kind=time.kind)
    return Asked() if time.last or time.since else time
