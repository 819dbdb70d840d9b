"""The area whose parts are ranked or compared with a bound: a region, or a group by its name."""

from halopst.assistant.rules.question.regions import of_group
from halopst.assistant.services.figures.resolving import Asking
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
    """The parts of an area of these kinds; of the whole country, all of that kind; those of a group."""
    known = gazetteer()
    if asking.group:
        regions = [known.by_code[code] for code in of_group(asking.group)]
    elif area.kind == NATION:
        regions = list(known.by_code.values())
    else:
        regions = known.children(area.code)
    return [region for region in regions if region.kind in kinds and region not in asking.without]
