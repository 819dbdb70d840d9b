"""Whether a text states figures, which two people look at before they are published."""

from halopst.knowledge.rules.tokens import tokens

_YEARS = range(1900, 2101)
_SMALL = 12  # numbers of steps, months and the like


def states_figures(text: str) -> bool:
    """Numbers other than years and small counts: `4,91`, `2.884.090`, `37`."""
    return any(_is_figure(token) for token in tokens(text) if token[0].isdigit())


def _is_figure(token: str) -> bool:
    if not token.isdigit():
        return "," in token
    return int(token) > _SMALL and int(token) not in _YEARS
