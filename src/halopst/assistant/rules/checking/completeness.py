"""Which figures of a plain answer other words for it must say too, so that none leaves out what was asked."""

import re
from collections.abc import Collection, Mapping, Sequence

from halopst.assistant.rules.checking.sources import Source


def left_out(
    plain: str, values: Mapping[int, str], sources: Sequence[Source], said: Collection[int]
) -> list[int]:
    """The numbers of sources not `said` whose figure the `plain` words say as the newest of their region.

    So a course keeps its end, a comparison each of its sides, a ranking its first. `values` are the figures
    of the plain answer as it shows them.
    """
    figures = [source for source in sources if source.number in values]
    newest: dict[tuple[str, str], int] = {}
    for source in figures:
        of_it = (source.about, source.region)
        newest[of_it] = max(newest.get(of_it, source.order), source.order)
    return [
        source.number
        for source in figures
        if source.order == newest[source.about, source.region]
        and source.number not in said
        and _says(plain, values[source.number])
    ]


def _says(text: str, value: str) -> bool:
    """`4,9`, and not as a part of `14,91`."""
    return re.search(rf"(?<![\d.,]){re.escape(value)}(?!\d|[.,]\d)", text) is not None
