"""How much of an area's figure one of its regions makes up: `berapa persen penduduk Jatim di Surabaya`."""

from collections.abc import Callable, Sequence

from halopst.assistant.rules.language.word_tables import table
from halopst.assistant.rules.question.population import SHARES
from halopst.assistant.rules.question.regions import Mention
from halopst.knowledge.rules.figures.regions import NATION, PROVINCE, Region

_PROVINCE_ITSELF = frozenset({"provinsi", "provinsinya", "province"})


def contributing() -> frozenset[str]:
    return frozenset(table("shares")["contributing"])


def share_said(
    words: Sequence[str], mentions: Sequence[Mention], knows: Callable[[str], bool]
) -> frozenset[int]:
    """The places of the words that ask for a share of a whole, none of which names a figure; else nothing.

    Where a figure is published under such a name (`knows`), that figure is asked for.
    """
    said = table("shares")
    names_share = [at for at, word in enumerate(words) if word in contributing() and not knows(word)]
    if not _is_of_whole(words, mentions, is_named=bool(names_share)):
        return frozenset()
    telling = {*SHARES, *contributing(), *said["in_part"], *said["of_whole"], *said["beside"]}
    return frozenset(at for at, word in enumerate(words) if word in telling)


def whole_of(regions: Sequence[Region]) -> Region | None:
    """The one of the regions that all others lie in; None where there is none."""
    return next((one for one in regions if _holds_all(one, regions)), None)


def lies_in(part: Region, whole: Region) -> bool:
    return part.code != whole.code and (whole.kind == NATION or part.parent == whole.code)


def _holds_all(whole: Region, regions: Sequence[Region]) -> bool:
    others = [one for one in regions if one.code != whole.code]
    return bool(others) and all(lies_in(one, whole) for one in others)


def _is_of_whole(words: Sequence[str], mentions: Sequence[Mention], *, is_named: bool) -> bool:
    """Whether a share is asked for, and part and whole are said, the one as being of the other."""
    outside = _outside(words, mentions)
    if not (is_named or SHARES.intersection(outside)):
        return False
    whole = next((one for one in mentions if _holds(one, mentions)), None)
    if whole is None:
        return _is_of_own_province(words, mentions)
    parts = [one for one in mentions if one is not whole]
    before, after = (
        [one for one in parts if one.end <= whole.start],
        [one for one in parts if one.start >= whole.end],
    )
    gap = words[before[-1].end : whole.start] if before else words[whole.end : after[0].start]
    linking = table("shares")["of_whole" if before else "in_part"]
    is_linked = is_named or not frozenset(linking).isdisjoint(gap)
    return is_linked and frozenset(table("shares")["apart"]).isdisjoint([*gap, *_alone(outside)])


def _holds(whole: Mention, mentions: Sequence[Mention]) -> bool:
    others = [one for one in mentions if one is not whole]
    area = whole.regions[0]
    return bool(others) and all(lies_in(region, area) for one in others for region in one.regions)


def _is_of_own_province(words: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """`Kontribusi Surabaya terhadap provinsi`: the province is not named."""
    is_part = bool(mentions) and not {region.kind for one in mentions for region in one.regions} & {
        NATION,
        PROVINCE,
    }
    outside = _outside(words, mentions)
    is_apart = not frozenset(table("shares")["apart"]).isdisjoint(outside)
    return is_part and not is_apart and not _PROVINCE_ITSELF.isdisjoint(outside)


def _outside(words: Sequence[str], mentions: Sequence[Mention]) -> list[str]:
    named = {at for one in mentions for at in range(one.start, one.end)}
    return [word for at, word in enumerate(words) if at not in named]


def _alone(words: Sequence[str]) -> list[str]:
    """Without what joins several parts, which may stand anywhere but between them and the whole."""
    return [word for word in words if word not in {"dan", "serta", "maupun", "and"}]
