"""The area whose parts are ranked or held against a bound: a region, or a group of regions with a name."""

from halopst.assistant.rules.question.regions import of_group
from halopst.assistant.services.figures.asking import Asking
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.regions import CITY, DISTRICT, NATION, PROVINCE, REGENCY, Region


def area_of(asking: Asking) -> tuple[Region, tuple[str, ...]]:
    """The region whose parts are ranked, and the kinds of those parts."""
    if asking.group:
        own = (gazetteer().by_code[code].kind for code in of_group(asking.group))
        return Region("", asking.group, ""), asking.spread or tuple(dict.fromkeys(own))
    region = asking.place or asking.regions[0]
    if region.kind in {REGENCY, CITY} and not (asking.spread and DISTRICT in asking.spread):
        region = gazetteer().by_code.get(region.parent, region)
    if asking.spread:
        return region, asking.spread
    return region, {NATION: (PROVINCE,), PROVINCE: (REGENCY, CITY)}.get(region.kind, (DISTRICT,))


def inside(asking: Asking, area: Region, kinds: tuple[str, ...]) -> list[Region]:
    """The parts of an area that are of these kinds.

    Of the whole country all regions of that kind, of a group its members; without the regions left out.
    """
    known = gazetteer()
    if asking.group:
        regions = [known.by_code[code] for code in of_group(asking.group)]
    elif area.kind == NATION:
        regions = list(known.by_code.values())
    else:
        regions = known.children(area.code)
    return [region for region in regions if region.kind in kinds and region not in asking.without]
