"""The figures in a text, which two people look at before it is published."""

import re

from halopst.knowledge.rules.words.tokens import flat, tokens

_YEARS = range(1900, 2101)
_SMALL = 12  # numbers of steps, months and the like
_MEASURED = re.compile(r"(?<![\d.,])(\d{1,2})\s?(?:%|(?:persen|ribu|juta|miliar|triliun)\b)")


def figures_in(text: str) -> frozenset[str]:
    """Numbers other than years and small counts, as tokens: `4,91`, `2884090`; also `5` where in percent."""
    said = frozenset(token for token in tokens(text) if token[0].isdigit() and _is_figure(token))
    return said | frozenset(_MEASURED.findall(flat(text)))


def states_figures(text: str) -> bool:
    return bool(figures_in(text))


def _is_figure(token: str) -> bool:
    if not token.isdigit():
        return "," in token
    return int(token) > _SMALL and int(token) not in _YEARS
