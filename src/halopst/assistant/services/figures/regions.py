"""Which regions a question is about: those it names, those of the question before, or the office's own."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.figures.answers import NO_REGION, Clarify, Context, Declined, Option
from halopst.assistant.rules.question import intents
from halopst.assistant.rules.question.indicators import Catalogue, vocabulary
from halopst.assistant.rules.question.periods import COUNTS
from halopst.assistant.rules.question.regions import kinds_said, without_bounds
from halopst.assistant.rules.question.shares import lies_in, whole_of
from halopst.assistant.rules.question.understanding import Understood
from halopst.assistant.services.figures.indicators import Meant
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.regions import (
    NATION,
    NATION_CODE,
    PROVINCE,
    Region,
    bare_words,
    full_name,
)
from halopst.units.models import Unit

MOST_OPTIONS = 6
MOST_REGIONS = 80
"""A question has no room for more; of those gathered in a conversation the latest are kept."""
FEW_WORDS = 5
JOINED = "joined"
"""Key in a context: the question before is a part of the same one, so its region and time still hold."""
SHORTEST_PLACE, SHORTEST_UNSAID, SHORTEST_OF_KIND = 4, 3, 2
BEFORE_PLACES = frozenset(
    {
        "di", "se", "kota", "kab", "kabupaten", "kec", "kecamatan", "desa", "kelurahan", "prov", "provinsi",
        "in", "city", "regency",
    }
)  # fmt: skip
OF_A_NAME = frozenset({"kota", "kab", "kabupaten"})
"""After these words even a word of two letters is the name of a place (`kota xy`)."""
_BESIDE_AREA = frozenset([intents.COMPARISON, intents.SHARE])
LISTED = "listed"
"""In a context: the regions of a ranking whose number of places was asked for."""
PROVINCE_ITSELF = frozenset(["provinsi", "provinsinya", "province", "provincial"])


def regions_asked(asked: Understood, found: Meant, unit: Unit | None, context: Context) -> tuple[Region, ...]:
    """The regions to answer about.

    A comparison adds its region to the one before. Where nobody named a region and the office has no figure,
    the region around it that has one is taken.
    """
    regions = _regions(asked, unit, context)
    if found.follows and asked.kind == intents.COMPARISON and len(asked.mentions) == 1:
        return tuple(dict.fromkeys((*remembered_regions(context), *regions)))[-MOST_REGIONS:]
    if found.follows and (listed := _listed(asked, context)):
        return listed
    if found.follows and asked.placed and (own := _part_before(asked, context)):
        return (*own, *regions)
    if found.follows and (earlier := _one_by_one(asked, context)):
        return (*earlier, *regions)[-MOST_REGIONS:]
    if asked.kind in _BESIDE_AREA and len({one.parent for one in regions}) == 1 and not asked.spread:
        regions = (*regions, *_around(asked, regions[0]))
    if asked.mentions or found.follows or len(regions) > 1 or _is_measured_there(found, regions):
        return regions
    return _with_figures(_regions(asked, unit, {}), found)


def _listed(asked: Understood, context: Context) -> tuple[Region, ...]:
    """The places of the ranking shown before, where their total is asked for: `total ketiganya?`."""
    is_theirs = asked.reckoned == intents.TOTAL and not asked.mentions and not asked.spread
    return regions_of(context.get(LISTED, ())) if is_theirs else ()


def _one_by_one(asked: Understood, context: Context) -> tuple[Region, ...]:
    """The regions asked about one after another, for `tinggian mana?` or `bandingkan keduanya`."""
    is_asked = asked.kind == intents.COMPARISON and intents.asks_between(asked.words)
    of_all = intents.refers_to_all(asked.words)
    is_of_them = not asked.mentions and (of_all or (is_asked and asked.asked.is_silent))
    return regions_of(context.get("earlier", ())) if is_of_them else ()


def _part_before(asked: Understood, context: Context) -> tuple[Region, ...]:
    """The one region shown before, whose place in an area is asked: `posisi kami di Jawa Timur?`."""
    areas = {NATION, PROVINCE}
    before = remembered_regions(context)
    is_of_area = all(region.kind in areas for one in asked.mentions for region in one.regions)
    return before if is_of_area and len(before) == 1 and before[0].kind not in areas else ()


def within_whole(regions: tuple[Region, ...], before: Context) -> tuple[Region, ...]:
    """After a share `dari Indonesia?` asks for the same part's, `kalau Sidoarjo?` for its own.

    After other figures `berapa persen dari Jatim?` asks for theirs.
    """
    shown = remembered_regions(before)
    whole = whole_of(shown)
    if whole is None and whole_of((*shown, *regions)) in regions:
        return (*shown, *regions)
    if whole is None or whole_of(regions):
        return regions
    parts = tuple(one for one in shown if one != whole)
    if len(regions) == 1 and whole_of((*parts, *regions)) == regions[0]:
        return (*parts, *regions)
    return (*regions, whole) if all(lies_in(one, whole) for one in regions) else regions


def _with_figures(regions: tuple[Region, ...], found: Meant) -> tuple[Region, ...]:
    """The office's own region, or the nearest region around it that has a figure."""
    around = regions
    while around and len(found.groups) == 1 and not _is_measured_there(found, around):
        outer = gazetteer().by_code.get(around[0].parent)
        around = (outer,) if outer is not None else ()
    return around or regions


def _around(asked: Understood, region: Region) -> Iterator[Region]:
    """The province of `region`, where the question says `provinsi` without a name."""
    named = {at for one in asked.mentions for at in range(one.start, one.end)}
    said = {word for at, word in enumerate(asked.words) if at not in named}
    around = gazetteer().by_code.get(region.parent)
    if said & PROVINCE_ITSELF and around is not None and around.kind == PROVINCE:
        yield around


def _is_measured_there(found: Meant, regions: Sequence[Region]) -> bool:
    """Whether the only indicator meant has a figure of one of these regions."""
    codes = [region.code for region in regions]
    return any(there.breakdowns_there(pk, codes) for pk in found.groups[0])


def no_bounds(asked: Understood) -> Declined | None:
    """That a name such as `Tapal Kuda` has no figure, as its borders differ from person to person."""
    if not (name := without_bounds(asked.words)):
        return None
    said = _(
        "“%(nama)s” bukan wilayah administrasi, dan batasnya tidak sama menurut setiap orang. Sebut "
        "kabupaten atau kota yang Anda maksud."
    )
    return Declined(NO_REGION, said % {"nama": name.title()})


def strange_place(asked: Understood, names: Catalogue) -> Declined | None:
    """That a place named in the question is unknown: the figure of another place is no answer."""
    taken = asked.placed_words
    for at, (before, word) in enumerate(pairwise(("", *asked.words))):
        shortest = SHORTEST_OF_KIND if before in OF_A_NAME else SHORTEST_PLACE
        is_place = before in BEFORE_PLACES and len(word) >= shortest
        may_be = not asked.mentions and len(word) >= SHORTEST_UNSAID and not names.knows(word)
        if at in taken or not (is_place or may_be) or not word.isalpha():
            continue
        if names.names(word) or word in vocabulary() or word in COUNTS or word in BEFORE_PLACES:
            continue
        if word not in intents.saying_nothing().union(*there.breakdown_words().values()):
            return _not_known(word)
    return None


def _not_known(word: str) -> Declined:
    said = _(
        "Saya tidak mengenal “%(kata)s” sebagai wilayah atau rincian angka. Sebut nama kabupaten, "
        "kota, atau provinsinya."
    )
    return Declined(NO_REGION, said % {"kata": word})


def as_measured(asked: Understood, found: Meant) -> Understood:
    """Where several regions bear a name and only one of them has figures, that one is meant."""
    if asked.unclear is None or len(found.groups) != 1:
        return asked
    mentions = [
        replace(one, regions=tuple(_measured(one.regions, found)) or one.regions) for one in asked.mentions
    ]
    return replace(asked, mentions=tuple(mentions))


def _measured(regions: Sequence[Region], found: Meant) -> list[Region]:
    there_are = [one for one in regions if len(regions) == 1 or _is_measured_there(found, [one])]
    return there_are if len(there_are) == 1 else list(regions)


def which_region(asked: Understood, unit: Unit | None) -> Clarify | None:
    """Which of the regions with this name is meant; None if the office's own is among them."""
    mention = asked.unclear
    if mention is None or (unit is not None and any(one.code == unit.code for one in mention.regions)):
        return None
    before, after = asked.words[: mention.start], asked.words[mention.end :]
    meant = mention.regions[:MOST_OPTIONS]
    options = tuple(Option(one.name, " ".join((*before, full_name(one), *after))) for one in meant)
    return Clarify(_("Wilayah mana yang Anda maksud?"), options)


def _regions(asked: Understood, unit: Unit | None, context: Context) -> tuple[Region, ...]:
    """The regions named, else those of the question before, else the office's own."""
    known = gazetteer()
    own = unit.code if unit else NATION_CODE
    if asked.mentions:
        chosen = [
            next((region for region in one.regions if region.code == own), one.regions[0])
            for one in asked.mentions
        ]
        return tuple(dict.fromkeys(chosen))
    goes_on = asked.leans or not asked.topic or len(asked.words) <= FEW_WORDS or context.get(JOINED)
    before = _namesake(asked, remembered_regions(context)) if goes_on else ()
    return before or tuple(filter(None, [known.by_code.get(own)]))


def _namesake(asked: Understood, before: tuple[Region, ...]) -> tuple[Region, ...]:
    """`Kalau kotanya?` after a regency asks for the city of the same name, where there is one."""
    kinds = kinds_said(asked.words, asked.mentions)
    if len(kinds) != 1 or len(before) != 1 or asked.spread:
        return before
    return tuple(gazetteer().named(bare_words(before[0]), kinds[0])) or before


def remembered_regions(context: Context) -> tuple[Region, ...]:
    return regions_of(context.get("regions", ()))


def regions_of(codes: Collection[object]) -> tuple[Region, ...]:
    known = gazetteer().by_code if codes else {}
    return tuple(known[code] for code in map(str, codes) if code in known)
