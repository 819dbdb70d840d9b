"""A question for figures, taken apart and held against the data, and what the next question may refer to."""

from dataclasses import dataclass, replace
from datetime import date

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.figures.answers import Context
from halopst.assistant.rules.question import intents
from halopst.assistant.rules.question.periods import Asked
from halopst.assistant.rules.question.thresholds import Threshold, of_context
from halopst.assistant.rules.question.thresholds import context_of as threshold_context
from halopst.assistant.services.figures.follow_up import remembered_time
from halopst.assistant.services.figures.presenting import called
from halopst.assistant.services.figures.regions import regions_of, remembered_regions
from halopst.knowledge.models import Indicator
from halopst.knowledge.rules.figures.regions import NATION, PROVINCE, Region


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """A question for figures. Only which of several indicators of one name has them is still open.

    Empty, zero or False means that the question says nothing of it.
    """

    kind: str
    """One of `intents.FIGURES`."""
    indicators: tuple[Indicator, ...]
    regions: tuple[Region, ...]
    """For a ranking the area whose parts are ranked."""
    narrowed: frozenset[str]
    """The words that name a breakdown (`laki-laki`)."""
    time: Asked
    limit: int
    """How many places of a ranking; `understanding.ALL` for all of them."""
    lowest: bool
    spread: tuple[str, ...]
    """The kinds of region to rank or to list."""
    today: date
    placed: bool = False
    """At which place of a ranking `place` stands."""
    threshold: Threshold | None = None
    ordinal: int = 0
    """Which place of a ranking, from 1."""
    without: tuple[Region, ...] = ()
    """Regions left out of a ranking (`selain Surabaya`)."""
    behind: Region | None = None
    """The region after which the next of a ranking comes (`tertinggi setelah Surabaya`)."""
    times: bool = False
    """How many times as large one figure is as the other."""
    in_percent: bool = False
    """By how many percent a figure changed, beside by how much."""
    group: str = ""
    """The name that the regions have together (`Madura`)."""
    moved: bool = False
    """If it rose or fell, not the whole series."""
    earlier: tuple[Region, ...] = ()
    """The regions asked about one by one before this one, for the same indicator."""
    against: bool = False
    """Beside the period shown before, whose code is then `shown`."""
    said: tuple[str, ...] = ()
    """The words of the question, for a unit that only the answer's figure can tell."""
    apart: bool = False
    """How far the ends of a ranking are apart."""
    step: int = 0
    """1 for the next higher of a ranking, -1 for the next lower one, seen from what was shown before."""
    follows: bool = False
    """Goes on from the question before."""
    shown: int = 0

    @property
    def name(self) -> str:
        return called(self.indicators[0])

    @property
    def place(self) -> Region | None:
        """The region whose place in a ranking is asked for."""
        parts = (one for one in self.regions if one.kind not in {NATION, PROVINCE})
        return next(parts, None) if self.placed else None


def context_of(asking: Asking) -> Context:
    """What the next question may refer to, as plain values that can be stored or signed."""
    time = asking.time
    return {
        "indicator": [one.pk for one in asking.indicators],
        "regions": [one.code for one in asking.regions],
        "earlier": [one.code for one in asking.earlier],
        "kind": asking.kind,
        "spread": list(asking.spread),
        "narrowed": sorted(asking.narrowed),
        "lowest": asking.lowest,
        "group": asking.group,
        "place": asking.place.code if asking.place else "",
        "threshold": threshold_context(asking.threshold),
        "ordinal": asking.ordinal,
        "without": [one.code for one in asking.without],
        "time": {
            "periods": [one.code for one in time.periods],
            "last": time.last,
            "since": time.since.code if time.since else 0,
            "kind": time.kind,
            "part": time.part,
            "newest": time.newest,
        },
    }


def again(context: Context, today: date) -> Asking | None:
    """The question that left this context, asked again; None where it asked for no figures."""
    rows = there.indicators([int(pk) for pk in context.get("indicator", ())])
    named = tuple(rows[int(pk)] for pk in context.get("indicator", ()) if int(pk) in rows)
    regions, kind = remembered_regions(context), str(context.get("kind", ""))
    if not named or not regions or kind not in intents.FIGURES:
        return None
    return Asking(
        kind=kind,
        indicators=named,
        regions=regions,
        narrowed=frozenset(context.get("narrowed", ())),
        time=remembered_time(context),
        limit=0,
        lowest=bool(context.get("lowest")),
        spread=tuple(context.get("spread", ())),
        today=today,
        placed=bool(context.get("place")),
        threshold=of_context(context.get("threshold", {})),
        ordinal=int(context.get("ordinal", 0)),
        without=regions_of(context.get("without", ())),
        group=str(context.get("group", "")),
    )


def only(asking: Asking, indicator: Indicator) -> Asking:
    """The same question about one of the indicators only."""
    return replace(asking, indicators=(indicator,))
