"""Words as people type them, and how many slips of the fingers lie between two."""

import re
import unicodedata
from functools import lru_cache

_LONGEST = 40
SHORTEST_FORGIVEN, LONG_WORD = 5, 8


@lru_cache(maxsize=8_192)
def words(text: str) -> tuple[str, ...]:
    """The words of `text` in lower case without accents or punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(word[:_LONGEST] for word in re.findall(r"[a-z0-9]+", plain))


def forgiven(length: int) -> int:
    """How many slips leave a word of so many letters recognisable beside all the others there are."""
    return 0 if length < SHORTEST_FORGIVEN else 1 if length < LONG_WORD else 2


def distance(one: str, other: str, limit: int) -> int:
    """Letters added, dropped, changed or swapped between two words; `limit + 1` stands for any more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
        before, previous = previous, row
    return previous[-1]
