"""Which figures of the plain answer a model's words have to say, so that nothing asked for is left out."""

import re
from collections.abc import Collection, Mapping, Sequence

from halopst.assistant.rules.checking.sources import Source


def left_out(
    plain: str, values: Mapping[int, str], sources: Sequence[Source], said: Collection[int]
) -> list[int]:
    """The sources whose figures are missing in a model's words: `said` are those it used.

    Needed is the newest figure of each region that the `plain` words say: the end of a series, both sides of
    a comparison, the first of a ranking. `values` are the figures as the plain answer shows them.
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
    """Whether the text states this value: `4,9`, but not as a part of `14,91`."""
    return re.search(rf"(?<![\d.,]){re.escape(value)}(?!\d|[.,]\d)", text) is not None
