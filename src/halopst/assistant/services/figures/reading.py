"""A question read against what there is: which indicator, region and breakdown; or one question back."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.rules import intents
from halopst.assistant.rules.answers import Clarify, Context, Declined, Option
from halopst.assistant.rules.periods import Asked
from halopst.assistant.rules.topics import HALF, as_tables_say, contenders
from halopst.assistant.rules.understanding import LONGEST_QUESTION, Understood, understand
from halopst.core.spelling import words as plain
from halopst.knowledge.models import Indicator
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.periods import Period
from halopst.knowledge.rules.regions import (
    CITY,
    DISTRICT,
    NATION,
    NATION_CODE,
    PROVINCE,
    REGENCY,
    Region,
    full_name,
)
from halopst.units.models import Unit

MOST_OPTIONS = 6
MOST_REGIONS = 8
FEW_WORDS = 5
JOINED = "joined"
"""In a context: what was asked before is a part of the same question, so its region and time hold on."""
LEAST = 0.3
SILASTIK = "https://silastik.bps.go.id"
ROMANTIK = "https://romantik.web.bps.go.id"


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked, with nothing left to guess but which of the namesakes has the figures."""

    kind: str
    indicators: tuple[Indicator, ...]
    regions: tuple[Region, ...]
    narrowed: frozenset[str]
    time: Asked
    limit: int
    lowest: bool
    spread: tuple[str, ...]
    today: date

    @property
    def name(self) -> str:
        return self.indicators[0].name


def read(question: str, *, unit: Unit | None, today: date, context: Context) -> Asking | Clarify | None:
    """None when the question is not about a figure we could have."""
    known = gazetteer()
    names = there.catalogue(there.offices(unit, ()))
    asked = understand(question, gazetteer=known, today=today, knows=names.knows, mend=names.mended)
    if asked.kind not in intents.FIGURES:
        return None
    meant = _meant(asked, unit, context)
    if not meant.groups:
        return None
    if asked.unclear and (choice := _which_region(asked, unit)) is not None:
        return choice
    regions = _regions(asked, unit, context)
    meant = _with_that_breakdown(meant, regions)
    if len(meant.groups) > 1 or meant.is_vague:
        return _which_indicator(meant, asked)
    return _asking(asked, meant, regions=regions, today=today, context=context)


@dataclass(frozen=True, slots=True)
class Meant:
    """Groups of namesakes the question could mean, and the words that narrow them.

    `follows` says that the indicator is that of the question before.
    """

    groups: list[list[int]]
    narrowed: frozenset[str] = frozenset()
    follows: bool = False
    is_vague: bool = False


def _asking(
    asked: Understood, meant: Meant, *, regions: tuple[Region, ...], today: date, context: Context
) -> Asking:
    rows = there.indicators(meant.groups[0])
    before = context if meant.follows else {}
    kind = before.get("kind", asked.kind) if asked.kind == intents.VALUE else asked.kind
    if kind == intents.COMPARISON and asked.kind == intents.VALUE and len(regions) == 1:
        kind = intents.VALUE
    return Asking(
        kind,
        tuple(rows[pk] for pk in meant.groups[0] if pk in rows),
        regions,
        meant.narrowed or frozenset(before.get("narrowed", ())),
        _remembered(context) if asked.asked.is_silent and (before or context.get(JOINED)) else asked.asked,
        asked.limit,
        asked.lowest,
        asked.spread or tuple(before.get("spread", ())),
        today,
    )


def _meant(asked: Understood, unit: Unit | None, context: Context) -> Meant:
    labels = frozenset().union(*there.breakdown_words().values())
    before = [[int(pk) for pk in context["indicator"]]] if context.get("indicator") else []
    if before and not asked.topic:
        said = asked.mentions or not asked.asked.is_silent or asked.spread or asked.kind != intents.VALUE
        return Meant(before if said else [], follows=True)
    codes = {region.code for one in asked.mentions for region in one.regions}
    names = there.catalogue(there.offices(unit, codes))
    if before and labels.issuperset(asked.topic) and not names.match(asked.topic):
        return Meant(before, frozenset(asked.topic), follows=True)
    nearest = names.match(asked.topic, LEAST)[:1]
    held = names.words_of(nearest[0].thing) if nearest else frozenset()
    narrowed = frozenset(word for word in asked.topic if word in labels and word not in held)
    matches = names.match([word for word in asked.topic if word not in narrowed])
    groups = [[match.thing.id for match in group] for group in contenders(matches)]
    return Meant(groups, narrowed, is_vague=bool(matches) and matches[0].named < HALF)


def _with_that_breakdown(meant: Meant, regions: tuple[Region, ...]) -> Meant:
    """Of several indicators those that are narrowed as asked, if there are any."""
    if len(meant.groups) == 1 or not meant.narrowed:
        return meant
    labels, codes = there.breakdown_words(), [region.code for region in regions]
    fitting = [
        group
        for group in meant.groups
        if any(
            meant.narrowed <= labels.get(pk, frozenset()) for pk in there.breakdowns_there(group[0], codes)
        )
    ]
    return replace(meant, groups=fitting, is_vague=False) if fitting else meant


def _which_region(asked: Understood, unit: Unit | None) -> Clarify | None:
    """None when the office's own region is among those that bear the name."""
    mention = asked.unclear
    if mention is None or (unit is not None and any(one.code == unit.code for one in mention.regions)):
        return None
    before, after = asked.words[: mention.start], asked.words[mention.end :]
    meant = mention.regions[:MOST_OPTIONS]
    options = tuple(Option(one.name, " ".join((*before, full_name(one), *after))) for one in meant)
    return Clarify(_("Wilayah mana yang Anda maksud?"), options, about="region")


def _which_indicator(meant: Meant, asked: Understood) -> Clarify:
    """The question again for each indicator, with its name in the place of what was said."""
    rows = there.indicators([ids[0] for ids in meant.groups])
    named = set(asked.topic) - meant.narrowed
    kept = " ".join(word for word in asked.words if not named.intersection(as_tables_say([word])))
    options = tuple(
        Option(rows[ids[0]].name, f"{rows[ids[0]].name} {kept}".strip())
        for ids in meant.groups[:MOST_OPTIONS]
    )
    return Clarify(_("Angka mana yang Anda maksud?"), options)


def _regions(asked: Understood, unit: Unit | None, context: Context) -> tuple[Region, ...]:
    """The regions named, else those of the question before, else the office's own."""
    known = gazetteer()
    own = unit.code if unit else NATION_CODE
    if asked.mentions:
        chosen = [
            next((region for region in one.regions if region.code == own), one.regions[0])
            for one in asked.mentions
        ]
        return tuple(dict.fromkeys(chosen))[:MOST_REGIONS]
    goes_on = asked.leans or not asked.topic or len(asked.words) <= FEW_WORDS or context.get(JOINED)
    codes = [str(code) for code in context["regions"]] if context.get("regions") and goes_on else [own]
    return tuple(known.by_code[code] for code in codes if code in known.by_code)


def area_of(asking: Asking) -> tuple[Region, tuple[str, ...]]:
    """The region whose parts are ranked, and the kinds of those parts."""
    region = asking.regions[0]
    if region.kind in {REGENCY, CITY} and not (asking.spread and DISTRICT in asking.spread):
        region = gazetteer().by_code.get(region.parent, region)
    if asking.spread:
        return region, asking.spread
    return region, {NATION: (PROVINCE,), PROVINCE: (REGENCY, CITY)}.get(region.kind, (DISTRICT,))


def elsewhere(question: str) -> Declined | None:
    """What other services of BPS are for, whether or not an office has figures."""
    kind = intents.kind_of(plain(question[:LONGEST_QUESTION]))
    if kind == intents.MICRODATA:
        said = _(
            "Data tiap orang, rumah tangga, atau perusahaan dirahasiakan undang-undang dan tidak dibagikan "
            "di sini. Untuk data mikro yang sudah disamarkan, ajukan permohonan lewat SILASTIK."
        )
        return Declined(kind, said, SILASTIK)
    if kind != intents.RECOMMENDATION:
        return None
    said = _("Rekomendasi kegiatan statistik diajukan lewat ROMANTIK.")
    return Declined(kind, said, ROMANTIK)


def _remembered(context: Context) -> Asked:
    """The time asked for before, as `context_of` wrote it down."""
    said = context.get("time", {})
    periods = tuple(Period.of_code(int(code)) for code in said.get("periods", ()))
    since = Period.of_code(int(said["since"])) if said.get("since") else None
    return Asked(
        periods=periods, last=int(said.get("last", 0)), since=since, kind=str(said.get("kind", "")),
        part=int(said.get("part", 0)), newest=bool(said.get("newest")),
    )  # fmt: skip


def context_of(asking: Asking) -> Context:
    """What the next question may lean on; plain values, fit to be stored or signed."""
    time = asking.time
    return {
        "indicator": [one.pk for one in asking.indicators],
        "regions": [one.code for one in asking.regions],
        "kind": asking.kind,
        "spread": list(asking.spread),
        "narrowed": sorted(asking.narrowed),
        "time": {
            "periods": [one.code for one in time.periods],
            "last": time.last,
            "since": time.since.code if time.since else 0,
            "kind": time.kind,
            "part": time.part,
            "newest": time.newest,
        },
    }


def only(asking: Asking, indicator: Indicator) -> Asking:
    """The same question of one of the namesakes."""
    return replace(asking, indicators=(indicator,))
