"""Growth within a year is that of the economy: no other growth is measured by quarter."""

from collections.abc import Sequence

from halopst.assistant.rules.question.periods import Asked
from halopst.knowledge.rules.figures.periods import QUARTER, Period

_GROWTH = frozenset({"tumbuh", "laju"})


def with_economy(topic: Sequence[str], asked: Asked) -> tuple[str, ...]:
    """`Pertumbuhan triwulan II 2025` as if it said `ekonomi`; unchanged where something else is named."""
    kinds = {one.kind for one in asked.periods} | ({Period(0, asked.part).kind} if asked.part else set())
    if "tumbuh" not in topic or not _GROWTH.issuperset(topic) or QUARTER not in {*kinds, asked.each}:
        return tuple(topic)
    return (*topic, "ekonomi")
