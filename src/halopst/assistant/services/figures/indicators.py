"""Which indicators a question may mean, and which words narrow them to a breakdown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.figures.additivity import adds_over_regions
from halopst.assistant.rules.figures.answers import Context
from halopst.assistant.rules.question import intents
from halopst.assistant.rules.question.economic_growth import with_economy
from halopst.assistant.rules.question.indicators import (
    COUNTING,
    HALF,
    NEAR,
    Catalogue,
    Match,
    Named,
    core_words,
    has_instead,
    is_another,
    of_before,
    plainest,
    rivals,
    says_more,
)
from halopst.assistant.rules.question.periods import Asked
from halopst.assistant.rules.question.population import PLACES, SHARES, headcount, other_measure, share
from halopst.assistant.rules.question.ranking_positions import asks_beside, asks_next
from halopst.assistant.rules.question.regions import kinds_said
from halopst.assistant.rules.question.understanding import Understood
from halopst.core.spelling import distance
from halopst.core.spelling import words as plain
from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.rules.figures.regions import Region
from halopst.units.models import Unit

SHORTEST_TELLING = 4
_SHARES = frozenset({"persentase", "prosentase", "proporsi"})
_POVERTY = frozenset({"kemiskinan", "poverty"})
_REFERRING = frozenset({"totalnya", "jumlahnya", "semuanya", "seluruhnya", "keseluruhannya"})
_ALL = frozenset({"semua", "semuanya", "keseluruhan", "keseluruhannya", "seluruhnya"})
_PEOPLE = frozenset({"jiwa", "orang", "people", "penduduk"})


@dataclass(frozen=True, slots=True)
class Meant:
    """The indicators a question may mean, and the words that narrow them to a breakdown.

    Each group holds the indicators of one name. `follows`: the indicator is that of the question before.
    `is_another`: what was asked for is not there, only something derived from it. `is_whole`: the breakdown
    of the question before no longer holds.
    """

    groups: list[list[int]]
    narrowed: frozenset[str] = frozenset()
    follows: bool = False
    is_vague: bool = False
    is_another: bool = False
    is_whole: bool = False


def indicators_meant(asked: Understood, unit: Unit | None, context: Context) -> Meant:
    before = [[int(pk) for pk in context["indicator"]]] if context.get("indicator") else []
    if before and not asked.mentions:
        if asks_beside(asked.words) and stands_in_order(context):
            return Meant(before, follows=True)
        asked = replace(asked, topic=other_measure(asked.words, asked.topic))
    if asked.topic:
        found = _told(asked, unit, context, before)
        return Meant(before, follows=True) if before and _holds_apart(asked, found, before) else found
    if before and _is_whole(asked, context):
        return Meant(before, follows=True, is_whole=True)
    if before:
        return Meant(before if _says_where_or_when(asked, context) else [], follows=True)
    refers = not asked.mentions and not _REFERRING.isdisjoint(asked.words)
    return Meant([]) if refers else _told(asked, unit, context, before)


def _holds_apart(asked: Understood, found: Meant, before: Sequence[Sequence[int]]) -> bool:
    """`Mana yang lebih timpang?` compares the regions whose inequality was asked for before."""
    is_asked = not asked.mentions and not asked.spread and intents.asks_between(asked.words)
    return is_asked and "lebih" in asked.words and found.groups[:1] == list(before) and not found.narrowed


def stands_in_order(context: Context) -> bool:
    """Whether the answer before has something above or below it: a ranking, or one region's figure."""
    is_one = context.get("kind") == intents.VALUE and len(context.get("regions", ())) == 1
    return context.get("kind") == intents.RANKING or is_one


def _told(asked: Understood, unit: Unit | None, context: Context, before: Sequence[Sequence[int]]) -> Meant:
    """The indicators that the words name, or a breakdown of the indicator shown before."""
    labels = frozenset().union(*there.breakdown_words().values())
    codes = {region.code for one in asked.mentions for region in one.regions}
    names = there.catalogue(there.offices(unit, codes))
    if before and labels.issuperset(asked.topic) and not names.match(asked.topic):
        return Meant([list(one) for one in before], frozenset(asked.topic), follows=True)
    part = frozenset(asked.topic) - {"jumlah"}
    if before and part and part <= labels and _is_part_of(context, part):
        return Meant([list(one) for one in before], part, follows=True)
    topic = with_economy(headcount(asked.words, share(asked.words, asked.topic), asked.kind), asked.asked)
    held = frozenset().union(*(names.words_of(one.thing) for one in names.match(topic)[:1]))
    narrowing = (labels | intents.narrowing()) - held
    narrowed = frozenset(word for word in topic if word in narrowing)
    said_of_it = [word for word in topic if word not in narrowed]
    if not before and COUNTING.issuperset(said_of_it) and narrowed <= PLACES:
        return Meant([])  # nothing to count, or only places: `jumlah kecamatan`
    found = names.match(said_of_it)
    itself = [one for one in found if not has_instead(said_of_it, one, names.words_of(one.thing))]
    named = _named(itself or found, said_of_it, asked.asked, before)
    own = [group for group in named if itself and not is_another(topic, group[0].thing)]
    groups = [[match.thing.id for match in group] for group in own or named]
    for one in (own or named)[:1]:
        narrowed |= _beside(asked, said_of_it, one[0].thing, names)
    is_vague = bool(named) and named[0][0].named < HALF and not (before and _goes_on(context, named))
    return Meant(groups, narrowed, is_vague=is_vague, is_another=bool(named) and not own)


def _is_whole(asked: Understood, context: Context) -> bool:
    """`Totalnya?` after the women of one region asks for all people there."""
    is_part = bool(context.get("narrowed")) and len(context.get("regions", ())) == 1
    is_asked = asked.reckoned == intents.TOTAL or not _ALL.isdisjoint(asked.words)
    return is_part and is_asked and not asked.topic and not asked.mentions


def _goes_on(context: Context, named: Sequence[Sequence[Match]]) -> bool:
    """`Kalau jumlahnya?` after the share of the poor: the one indicator left shares words with that share."""
    shown = int(context["indicator"][0])
    before = frozenset(core_words(there.indicators([shown])[shown].name))
    return len(named) == 1 and len(before.intersection(core_words(named[0][0].thing.name))) > 1


def _beside(asked: Understood, said: Sequence[str], thing: Named, names: Catalogue) -> frozenset[str]:
    return _beyond(said, thing, names) | _poverty_beside(asked.words, thing, names)


def _beyond(said: Sequence[str], thing: Named, names: Catalogue) -> frozenset[str]:
    """Words beside the indicator's name that ask for some other figure (`IPM tetangga Surabaya`)."""
    known = names.words_of(thing) | intents.saying_nothing()
    left = [word for word in said if word.isalpha() and len(word) >= SHORTEST_TELLING and word not in known]
    if not left:
        return frozenset()
    measure = frozenset(plain(there.indicators([thing.id])[thing.id].measure))
    own = names.words_of(thing) | measure | (_SHARES if "persen" in measure else frozenset())
    return frozenset(word for word in left if not any(distance(word, one, 1) <= 1 for one in own))


def _poverty_beside(said: Sequence[str], thing: Named, names: Catalogue) -> frozenset[str]:
    """`Kemiskinan sama pengangguran` asks for two; an indicator without poverty answers only one."""
    return _POVERTY.intersection(said) if "miskin" not in names.words_of(thing) else frozenset()


def _named(
    matches: Sequence[Match], said: Sequence[str], time: Asked, before: Sequence[Sequence[int]]
) -> list[list[Match]]:
    """The groups that fit equally well; of several, those that belong with the indicator `before`."""
    fitting = [one for one in matches if not says_more(said, one.thing)]
    named = rivals(_of_that_time(fitting, time))
    if before and len(named) > 1:
        shown = before[0][0]
        named = of_before(named, there.indicators([shown])[shown].name)
    return plainest(named)


def _says_where_or_when(asked: Understood, context: Context) -> bool:
    """Whether a question without an indicator changes the region, time or kind of the one before."""
    is_place = asked.ordinal is not None or asks_next(asked.words)
    if is_place and asked.kind == intents.VALUE and asked.asked.is_silent:
        return context.get("kind") == intents.RANKING
    placed = asked.mentions or asked.spread or kinds_said(asked.words, asked.mentions)
    return bool(placed or asked.reckoned) or not asked.asked.is_silent or asked.kind != intents.VALUE


def _is_part_of(context: Context, part: frozenset[str]) -> bool:
    """Whether what was shown before has a breakdown with these words: `jumlah perempuannya?`."""
    codes = [str(code) for code in context.get("regions", ())]
    ids = [int(pk) for pk in context.get("indicator", ())]
    words = there.breakdown_words()
    return any(part <= words.get(one, frozenset()) for pk in ids for one in there.breakdowns_there(pk, codes))


def _of_that_time(matches: list[Match], time: Asked) -> list[Match]:
    """Of the best matches, those with figures per year, quarter or month, as the question asks."""
    named = Period(0, time.part).kind if time.part else next((one.kind for one in time.periods), "")
    kind = time.each or named
    if not kind or not matches:
        return matches
    near = [match for match in matches if match.asked >= matches[0].asked - NEAR]
    measured = there.measured_in({match.thing.id for match in near}, kind)
    return [match for match in near if match.thing.id in measured] or matches


def with_that_breakdown(meant: Meant, regions: tuple[Region, ...]) -> Meant:
    """Only the indicators that have the breakdown asked for, if any has it."""
    if len(meant.groups) == 1 or not meant.narrowed:
        return meant
    labels, codes = there.breakdown_words(), [region.code for region in regions]

    def is_narrowed(group: list[int]) -> bool:
        found = there.breakdowns_there(group[0], codes)
        said = (labels.get(pk, frozenset()) for pk in found)
        return any(meant.narrowed <= one or (one and one <= meant.narrowed) for one in said)

    return _kept(meant, is_narrowed)


def with_that_measure(meant: Meant, said: Sequence[str]) -> Meant:
    """Only the indicators in the unit asked for (`berapa persen`, `berapa ribu jiwa`), if any is."""
    if len(meant.groups) == 1:
        return meant
    rows = there.indicators([group[0] for group in meant.groups])
    words = _measures(said)
    found = _kept(meant, lambda group: bool(_measures(plain(rows[group[0]].measure)) & words))
    return _kept(found, lambda group: _measures(plain(rows[group[0]].measure)) <= words)


def with_what_adds_up(meant: Meant, asked: Understood) -> Meant:
    """Asked for a total or a share, only the indicators that can be added up, if any can."""
    if len(meant.groups) == 1 or (asked.reckoned != intents.TOTAL and asked.kind != intents.SHARE):
        return meant
    rows = there.indicators([group[0] for group in meant.groups])
    return _kept(meant, lambda group: adds_over_regions(rows[group[0]].name, rows[group[0]].measure))


def with_static_last(meant: Meant, regions: tuple[Region, ...]) -> Meant:
    """Without static tables where another source has figures of these regions, so none comes twice."""
    if len(meant.groups) == 1:
        return meant
    static, codes = (
        there.of_static_tables([group[0] for group in meant.groups]),
        [one.code for one in regions],
    )
    others = [one for one in meant.groups if one[0] not in static and there.breakdowns_there(one[0], codes)]
    return replace(meant, groups=others or meant.groups)


def _measures(words: Sequence[str]) -> frozenset[str]:
    said = ("jiwa" if word in _PEOPLE - {"penduduk"} else word for word in words)
    return frozenset("persen" if word in SHARES else word for word in said)


def _kept(meant: Meant, fits: Callable[[list[int]], bool]) -> Meant:
    """Only the groups that fit; all of them when none does.

    When several fit, it is still to be asked which one is meant.
    """
    fitting = [group for group in meant.groups if fits(group)]
    return replace(meant, groups=fitting, is_vague=False) if fitting else meant
