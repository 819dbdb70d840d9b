"""Regions a question leaves out, ranks behind or does not mean: `selain Surabaya`, `bukan Gresik`."""

from collections.abc import Sequence
from dataclasses import dataclass

from halopst.assistant.rules.question.regions import Mention

_WITHOUT = frozenset({"selain", "kecuali", "tanpa", "except", "excluding", "besides", "without"})
_BEHIND = frozenset({"setelah", "sesudah", "sehabis", "after"})
_NOT, _BUT = frozenset({"bukan", "not"}), frozenset({"tapi", "tetapi", "melainkan", "but"})
_AND = frozenset({"dan", "and", "serta"})


@dataclass(frozen=True, slots=True)
class Exclusions:
    """`others` are the regions asked about, `without` those left out, `behind` the one to rank behind.

    `used` are the places of the words that say so.
    """

    others: tuple[Mention, ...]
    without: tuple[Mention, ...] = ()
    behind: Mention | None = None
    used: frozenset[int] = frozenset()


def find_exclusions(words: Sequence[str], mentions: Sequence[Mention]) -> Exclusions:
    """The mentions, sorted. A name that several regions have stays among the others, to be asked about."""
    without: list[Mention] = []
    behind: Mention | None = None
    used: set[int] = set()
    for one in mentions:
        lead = words[one.start - 1] if one.start else ""
        follows = lead in _AND and bool(without) and without[-1].end == one.start - 1
        if len(one.regions) > 1 or not (lead in _WITHOUT | _BEHIND or follows):
            continue
        used.update(range(one.start - 1, one.end))
        if lead in _BEHIND:
            behind = one
        else:
            without.append(one)
    others = tuple(one for one in mentions if one not in without and one is not behind)
    others, unmeant = _meant(words, others)
    return Exclusions(others, tuple(without), behind, frozenset(used | unmeant))


def _meant(words: Sequence[str], mentions: tuple[Mention, ...]) -> tuple[tuple[Mention, ...], set[int]]:
    """The mentions without those said not to be meant, if others are left; and the words that say so."""
    unmeant = [one for one in mentions if one.start and words[one.start - 1] in _NOT]
    left = tuple(one for one in mentions if one not in unmeant)
    if not left:
        return mentions, set()
    used = {at for one in unmeant for at in range(one.start - 1, one.end)}
    return left, used | {
        one.end for one in unmeant if words[one.end : one.end + 1] and words[one.end] in _BUT
    }
