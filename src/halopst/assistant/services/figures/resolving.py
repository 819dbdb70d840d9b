"""A question held against the data: indicator, region, breakdown and time, or one question back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.figures.additivity import adds_over_regions, adds_over_time
from halopst.assistant.rules.figures.answers import Clarify, Context, Declined, Option
from halopst.assistant.rules.question import intents
from halopst.assistant.rules.question.indicators import as_tables_say, is_denied, thing_named
from halopst.assistant.rules.question.periods import UNTIL, Asked, in_parts
from halopst.assistant.rules.question.ranking_positions import asks_beside, asks_next
from halopst.assistant.rules.question.regions import kinds_said, of_group
from halopst.assistant.rules.question.thresholds import of_context
from halopst.assistant.rules.question.understanding import Understood, sentences, understand
from halopst.assistant.services.figures.asking import Asking
from halopst.assistant.services.figures.follow_up import (
    COURSES,
    SHOWN,
    asks_how_far_apart,
    between_shown,
    bound_again,
    earlier_regions,
    going_on,
    held_beside,
    last_of,
    remembered_time,
    shifted,
)
from halopst.assistant.services.figures.indicators import (
    Meant,
    indicators_meant,
    with_static_last,
    with_that_breakdown,
    with_that_measure,
    with_what_adds_up,
)
from halopst.assistant.services.figures.presenting import called
from halopst.assistant.services.figures.regions import (
    FEW_WORDS,
    JOINED,
    MOST_OPTIONS,
    as_measured,
    no_bounds,
    regions_asked,
    regions_of,
    remembered_regions,
    strange_place,
    which_region,
    within_whole,
)
from halopst.assistant.services.figures.unanswerable import keeping, of_nothing
from halopst.core.spelling import words as plain
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.periods import YEAR
from halopst.knowledge.rules.figures.regions import (
    CITY,
    DISTRICT,
    NATION,
    PROVINCE,
    REGENCY,
    Region,
)
from halopst.units.models import Unit

_RECKONED = frozenset([intents.VALUE, intents.COMPARISON, intents.TREND, intents.RANKING])
_PERCENT = frozenset(["persen", "percent", "persentase"])
_SAYS_MEAN = frozenset(["rata", "rerata", "average", "mean"])


def read(
    question: str, *, unit: Unit | None, today: date, context: Context
) -> Asking | Clarify | Declined | None:
    """The question as an `Asking`, or what to say instead; None when it asks for no figure we could have."""
    names = there.catalogue(there.offices(unit, ()))
    read = partial(understand, gazetteer=gazetteer(), today=today, knows=names.knows, mend=names.mended)
    asked = between_shown(bound_again(question, read, context) or read(question), context)
    if asked.kind not in intents.FIGURES:
        return None
    found = indicators_meant(asked, unit, context)
    if not found.groups and (in_part := _in_a_sentence(asked, map(read, sentences(question)), unit)):
        asked, found = in_part
    if not found.groups:
        return of_nothing(asked)
    if (
        declined := no_bounds(asked) or strange_place(asked, names) or _only_others(found, asked)
    ) is not None:
        return keeping(declined, found.groups)
    asked = as_measured(asked, found)
    if asked.unclear and (choice := which_region(asked, unit)) is not None:
        return choice
    regions = regions_asked(asked, found, unit, context)
    found = with_what_adds_up(with_that_breakdown(found, regions), asked)
    found = with_static_last(with_that_measure(found, asked.words), regions)
    if len(found.groups) > 1 or found.is_vague:
        return _which_indicator(found, asked)
    asked = going_on(asked, context if found.follows else {}, regions)
    return _asking(asked, found, regions=regions, today=today, context=context)


def _in_a_sentence(
    asked: Understood, parts: Iterable[Understood], unit: Unit | None
) -> tuple[Understood, Meant] | None:
    """What a single sentence asks for, where the whole text names no indicator.

    The region may stand in another sentence.
    """
    for part in parts:
        found = indicators_meant(part, unit, {}) if part.topic else None
        if found and found.groups:
            is_whole = bool(part.mentions) or not asked.mentions
            return (part if is_whole else replace(asked, topic=part.topic)), found
    return None


def _asking(
    asked: Understood, found: Meant, *, regions: tuple[Region, ...], today: date, context: Context
) -> Asking:
    rows, before = there.indicators(found.groups[0]), context if found.follows else {}
    named = tuple(rows[pk] for pk in found.groups[0] if pk in rows)
    kind = _kind(asked, before, regions)
    regions = within_whole(regions, before) if kind == intents.SHARE else regions
    time = _time(asked, before, regions, context)
    if time.each and there.measured_in(found.groups[0], time.each):
        time = in_parts(time, time.each, today)
    if kind == intents.VALUE and (before or time.each) and time.is_series:
        kind = intents.TREND
    if _asks_which_rose(asked, kind, regions):
        kind, time = intents.TREND, Asked(last=2, kind=time.kind)
    kind, time, is_against = held_beside(asked, before, kind, time)
    return _held_apart(asked, before, _reckoned(asked, Asking(
        kind=kind, indicators=named, regions=regions, time=time, limit=asked.limit, today=today,
        narrowed=found.narrowed or frozenset(() if found.is_whole else before.get("narrowed", ())),
        lowest=asked.lowest or (_says_no_end(asked) and bool(before.get("lowest"))),
        spread=_spread(asked, before, regions),
        placed=asked.placed or _stands_in_order(asked, before, regions),
        threshold=asked.threshold or of_context(before.get("threshold", {})),
        ordinal=_ordinal(asked, before), behind=asked.behind.regions[0] if asked.behind else None,
        without=tuple(one.regions[0] for one in asked.without) or regions_of(before.get("without", ())),
        times=intents.asks_times(asked.words), in_percent=not _PERCENT.isdisjoint(asked.words),
        group=_group(asked, context, regions), moved=intents.asks_if_moved(asked.words), said=asked.words,
        earlier=earlier_regions(context, found.groups[0], regions), against=is_against,
    )))  # fmt: skip


def _held_apart(asked: Understood, before: Context, one: Asking) -> Asking:
    """With the gap between the ends of a ranking, or the neighbour in it, where that is asked for."""
    one = replace(one, follows=bool(before), shown=int(before.get(SHOWN, 0)) if one.against else 0)
    if before and (step := asks_beside(asked.words)):
        is_placed = bool(before.get("place")) or before.get("kind") == intents.VALUE
        ordinal = 0 if is_placed else int(before.get("ordinal", 0))
        one = replace(one, spread=tuple(before.get("spread", ())))
        return replace(one, kind=intents.RANKING, step=step, placed=is_placed, ordinal=ordinal)
    if not asks_how_far_apart(asked, before):
        return one
    return replace(one, kind=intents.RANKING, apart=True, ordinal=int(before.get("ordinal", 0)))


def _asks_which_rose(asked: Understood, kind: str, regions: Sequence[Region]) -> bool:
    """After a comparison, `mana yang naik?` asks whether each rose since the period before."""
    is_of_several = kind == intents.COMPARISON and len(regions) > 1
    return is_of_several and intents.kind_of(asked.words) == intents.TREND


def _says_no_end(asked: Understood) -> bool:
    return asked.kind == intents.VALUE or intents.says_no_end(asked.words)


def _stands_in_order(asked: Understood, before: Context, regions: Sequence[Region]) -> bool:
    """`Kalau Kota Malang?` after a ranking asks for the place of that city."""
    is_part = len(regions) == 1 and regions[0].kind in {REGENCY, CITY} and bool(asked.mentions)
    goes_on = asked.kind == intents.VALUE and before.get("kind") == intents.RANKING
    return is_part and goes_on and DISTRICT not in before.get("spread", ())


def _spread(asked: Understood, before: Context, regions: Sequence[Region]) -> tuple[str, ...]:
    """The kinds of region to rank; those of before, unless the region asked about is of another kind.

    `Kalau kabupaten?` after a ranking of cities names another kind.
    """
    is_ranking = before.get("kind") == intents.RANKING
    kinds = asked.spread or (kinds_said(asked.words, asked.mentions) if is_ranking else ())
    kinds = kinds or tuple(before.get("spread", ()))
    is_placed = _stands_in_order(asked, before, regions) or (asked.placed and bool(asked.mentions))
    is_other = is_placed and regions[0].kind in {REGENCY, CITY} and regions[0].kind not in kinds
    return () if is_other else kinds


def _ordinal(asked: Understood, before: Context) -> int:
    """The place in a ranking that is asked for; without one, and without another order, that of before."""
    if asked.ordinal is not None:
        return asked.ordinal.number
    if before.get("kind") == intents.RANKING and asks_next(asked.words):
        return max(int(before.get("ordinal", 0)), 1) + 1
    return int(before.get("ordinal", 0)) if asked.kind == intents.VALUE else 0


def _time(asked: Understood, before: Context, regions: tuple[Region, ...], context: Context) -> Asked:
    """The time asked for; else that of the question before. `Tahun sebelumnya` counts from what was shown."""
    goes_on = before or context.get(JOINED) or _stays(asked, regions, context)
    if asked.asked.is_silent and goes_on:
        time = remembered_time(context)
        return last_of(time) if asked.kind == intents.RANKING else time
    return (shifted(asked.asked, before) if before else None) or asked.asked


def _kind(asked: Understood, before: Context, regions: Sequence[Region]) -> str:
    """The kind of question; that of the question before where only another region or time is named."""
    kind = str(before.get("kind", asked.kind)) if asked.kind == intents.VALUE else asked.kind
    if len(regions) > 1 and intents.refers_to_all(asked.words):
        return intents.COMPARISON
    if kind == intents.TREND and _is_one_time(asked):
        return intents.VALUE if len(regions) == 1 else intents.COMPARISON
    if kind == intents.EXTREME and len(regions) > 1:
        return intents.TREND
    is_alone = kind == intents.COMPARISON and asked.kind == intents.VALUE and len(regions) == 1
    return intents.VALUE if is_alone else kind


def _is_one_time(asked: Understood) -> bool:
    """`2023 saja?` after a series asks for one year; `sampai 2023` for the series up to it."""
    first = min(asked.asked.used, default=0)
    is_until = first > 0 and asked.words[first - 1] in UNTIL
    return asked.kind == intents.VALUE and len(asked.asked.periods) == 1 and not is_until


def _reckoned(asked: Understood, one: Asking) -> Asking:
    """A mean or a total, where it is asked for and is not part of the indicator's name."""
    time, wanted = one.time, asked.reckoned or (intents.TOTAL if _is_whole_group(asked, one) else "")
    is_of_course = asked.kind == intents.VALUE and one.kind in COURSES
    if not wanted or not (is_of_course or one.kind in _RECKONED):
        return one
    if wanted == intents.MEAN and _is_against_its_area(one):
        return one
    several = is_of_course or len(one.regions) > 1 or time.is_series or len(time.periods) > 1
    several = several or _is_of_parts(one, wanted)
    if not several and not (one.spread and wanted == intents.MEAN):
        return one
    own = {
        word for named in one.indicators for name in (named.name, *named.other_names) for word in plain(name)
    }
    return one if own & _SAYS_MEAN else replace(one, kind=wanted)


def _is_of_parts(one: Asking, wanted: str) -> bool:
    """`Rata-rata inflasi 2025`: of the months of that year, where there are only figures of months."""
    is_of_year = one.kind == intents.VALUE and [period.kind for period in one.time.periods] == [YEAR]
    return is_of_year and (
        wanted == intents.MEAN or all(adds_over_time(named.name, named.measure) for named in one.indicators)
    )


def _group(asked: Understood, context: Context, regions: Sequence[Region]) -> str:
    before = "" if asked.mentions else str(context.get("group", ""))
    return asked.group or (before if {one.code for one in regions} == set(of_group(before)) else "")


def _is_whole_group(asked: Understood, one: Asking) -> bool:
    """`Penduduk Madura` asks for the total of the group, where such a total may be computed."""
    is_asked = intents.kind_of(asked.words) == intents.VALUE and one.kind == intents.COMPARISON
    adds = all(adds_over_regions(named.name, named.measure) for named in one.indicators)
    return is_asked and adds and {region.code for region in one.regions} == set(of_group(one.group))


def _is_against_its_area(one: Asking) -> bool:
    """`IPM Jember dan rata-rata Jawa Timur` asks for the province's own figure, no mean of both."""
    areas = [region for region in one.regions if region.kind in {NATION, PROVINCE}]
    return one.kind == intents.COMPARISON and 0 < len(areas) < len(one.regions)


def _which_indicator(found: Meant, asked: Understood, *, kept_words: frozenset[str] | None = None) -> Clarify:
    """One question back, with the question repeated for each indicator by its name.

    Of its other words all are kept, or only `kept_words` beside those for region and time.
    """
    rows = there.indicators([ids[0] for ids in found.groups])
    named = set(asked.topic) - found.narrowed
    at = [place for place, word in enumerate(asked.words) if named.intersection(as_tables_say([word]))]
    first = at[0] if at else 0
    set_words = asked.placed_words
    kept = [
        word
        for place, word in enumerate(asked.words)
        if place not in at and (kept_words is None or place in set_words or word in kept_words)
    ]
    before = " ".join(kept[:first])
    after = " ".join(kept[first:])
    options = tuple(
        Option(name, " ".join(filter(None, (before, name, after))))
        for name in (called(rows[ids[0]]) for ids in found.groups[:MOST_OPTIONS])
    )
    return Clarify(_("Angka mana yang Anda maksud?"), options)


def _only_others(found: Meant, asked: Understood) -> Declined | None:
    """Only something derived from what is asked is there: that is offered, and never shown in its place."""
    denied = is_denied(asked.words, asked.topic)
    if not found.is_another and not denied:
        return None
    options = _which_indicator(found, asked, kept_words=intents.filler()).options
    thing = "" if denied else thing_named(asked.topic).capitalize()
    others = ", ".join(option.label for option in options)
    if thing:
        said = _("Angka %(nama)s belum ada di sini. Yang ada: %(lain)s. Itu bukan angka yang sama.")
    else:
        said = _("Angka itu belum ada di sini. Yang ada: %(lain)s. Itu bukan angka yang sama.")
    said %= {"nama": thing, "lain": others}
    codes = [one.regions[0].code for one in asked.mentions if len(one.regions) == 1]
    return Declined("another", said, options=options, context={"regions": codes} if codes else {})


def _stays(asked: Understood, regions: tuple[Region, ...], context: Context) -> bool:
    """Whether only another indicator is asked for, so that region and time are those of the question before.

    Not after a day of release, which is about a time without a figure.
    """
    is_short = len(asked.words) <= FEW_WORDS and not asked.mentions and not asked.spread
    if not is_short or context.get("kind") == intents.RELEASE:
        return False
    return bool(regions) and regions == remembered_regions(context)
