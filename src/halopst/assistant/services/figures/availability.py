"""Which indicator has the figures asked for, and in which breakdown; what to say when none has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules.figures.answers import NOT_RELEASED, Clarify, Declined, Option
from halopst.assistant.rules.figures.period_choice import Choice
from halopst.assistant.rules.question.indicators import same_table_name
from halopst.assistant.rules.question.intents import RANKING
from halopst.assistant.rules.question.periods import moved
from halopst.assistant.services.figures.asking import Asking, context_of, only
from halopst.assistant.services.figures.presenting import together
from halopst.assistant.services.figures.regions import MOST_OPTIONS
from halopst.core.formats import language, medium_date
from halopst.core.spelling import words
from halopst.knowledge.models import Indicator
from halopst.knowledge.rules.figures.measures import same_measure
from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.rules.figures.table_words import JOINT


@dataclass(frozen=True, slots=True)
class Found:
    """The indicator that answers, and the breakdown in which it does."""

    indicator: Indicator
    breakdown_id: int


def found(asking: Asking, codes: Collection[str]) -> Found | Clarify | None:
    """The first of the possible indicators that has figures for these regions; None when none has."""
    for indicator in _those_of_most_first(_those_of_the_time_first(asking, codes), codes):
        narrower = there.breakdowns_there(indicator.pk, codes)
        if not narrower:
            continue
        fitting = _fitting(asking, narrower)
        if len(fitting) == 1 and not _is_a_part(asking, narrower, fitting[0]):
            return Found(indicator, fitting[0])
        if not fitting and (parts := _partly(asking, narrower)):
            return _which_breakdown(only(asking, indicator), [narrower[one] for one in parts])
        if fitting:
            return _which_breakdown(only(asking, indicator), [narrower[one] for one in fitting])
    return None


def _those_of_the_time_first(asking: Asking, codes: Collection[str]) -> Sequence[Indicator]:
    """The possible indicators; those with a figure in the periods named come first."""
    if len(asking.indicators) == 1 or not asking.time.periods:
        return asking.indicators
    there_then = there.measured_at([one.pk for one in asking.indicators], codes, asking.time.periods)
    return sorted(asking.indicators, key=lambda one: one.pk not in there_then)


def _those_of_most_first(indicators: Sequence[Indicator], codes: Collection[str]) -> Sequence[Indicator]:
    """Those with figures of most of the regions first: side by side one table is better than two."""
    if len(indicators) == 1 or len(codes) == 1:
        return indicators
    measured = there.regions_there([one.pk for one in indicators], codes)
    return sorted(indicators, key=lambda one: -len(measured.get(one.pk, ())))


def rows_of_all(asking: Asking, place: Found, codes: Collection[str]) -> list[FigureRow]:
    """The figures of these regions; what the table lacks from another office's of the same thing."""
    rows = there.cells(place.indicator.pk, codes, place.breakdown_id)
    for other in asking.indicators:
        absent = set(codes) - {row.region_code for row in rows}
        if absent and _is_the_same(other, place.indicator):
            rows += there.cells(other.pk, absent, place.breakdown_id)
    return rows


def _is_the_same(one: Indicator, other: Indicator) -> bool:
    """Whether figures of the two may stand side by side: one name, brackets and all, and one unit."""
    return same_table_name(one.name, other.name) and same_measure(one.measure, other.measure)


def _fitting(asking: Asking, narrower: dict[int, str]) -> list[int]:
    """The breakdowns whose labels hold every word asked for; without such words, the whole."""
    labels = there.breakdown_words()
    if not asking.narrowed:
        whole = [pk for pk, label in narrower.items() if not label]
        return whole or sorted(narrower, key=lambda pk: narrower[pk])
    holding = [pk for pk in narrower if asking.narrowed <= labels.get(pk, frozenset())]
    fewest = min((len(labels[pk]) for pk in holding), default=0)
    return sorted((pk for pk in holding if len(labels[pk]) == fewest), key=lambda pk: narrower[pk])


def _partly(asking: Asking, narrower: dict[int, str]) -> list[int]:
    """The breakdowns whose labels hold some of the words asked for: `laki-laki dan perempuan`."""
    labels = there.breakdown_words()
    holding = [pk for pk in narrower if asking.narrowed & labels.get(pk, frozenset())]
    return sorted(holding, key=lambda pk: narrower[pk])


def _is_a_part(asking: Asking, narrower: dict[int, str], chosen: int) -> bool:
    """Whether `chosen` covers only some people in a way nobody asked for.

    The women of a district are not its people: they may not be shown for the whole district.
    """
    parts = narrower[chosen].split(JOINT)
    alike = [
        other for other in (label.split(JOINT) for label in narrower.values()) if len(other) == len(parts)
    ]
    unasked = (at for at, part in enumerate(parts) if part and asking.narrowed.isdisjoint(words(part)))
    return any(other[at] != parts[at] for at in unasked for other in alike)


def _which_breakdown(asking: Asking, labels: Sequence[str]) -> Clarify:
    regions = " dan ".join(region.name for region in asking.regions)
    times = " ".join(period.label() for period in asking.time.periods)
    options = tuple(
        Option(label, f"{asking.name} {label} {regions} {times}".strip()) for label in labels[:MOST_OPTIONS]
    )
    question = _("Rincian mana yang Anda maksud?")
    if not asking.narrowed or len(labels) == 1:
        question = _("Rincian mana yang Anda maksud? Angka keseluruhannya tidak ada di tabel ini.")
    return Clarify(question, options)


def none_there(asking: Asking, *, period: Period | None = None) -> Declined:
    """The answer that there is no such figure, with its day of release if one is known."""
    regions = together([region.name for region in asking.regions])
    ids = [indicator.pk for indicator in asking.indicators]
    codes = [region.code for region in asking.regions]
    is_measured = any(there.breakdowns_there(pk, codes) for pk in ids)
    release = there.due(ids, period, asking.today) if is_measured and not asking.narrowed else None
    context = context_of(asking)
    if release is not None:
        said = _("%(nama)s %(periode)s belum dirilis; dijadwalkan rilis %(hari)s.") % {
            "nama": asking.name,
            "periode": release.when.label(language()),
            "hari": medium_date(release.due_on, lang=language()),
        }
        return Declined(NOT_RELEASED, said, context=context)
    words = {"nama": asking.name, "wilayah": regions, "rincian": " ".join(sorted(asking.narrowed))}
    said = _("Angka %(nama)s untuk %(wilayah)s belum ada di sini.") % words
    if period is not None and asking.kind == RANKING:
        words["periode"] = period.label(language())
        said = _("Angka %(nama)s %(periode)s untuk %(wilayah)s belum ada di sini.") % words
    if asking.narrowed:
        said = _("Angka %(nama)s %(wilayah)s dengan rincian “%(rincian)s” belum ada di sini.") % words
    return Declined("no-data", said, options=_whole(asking, period), context=context)


def _whole(asking: Asking, period: Period | None) -> tuple[Option, ...]:
    """The same question without its breakdown, where that figure is there."""
    codes = [region.code for region in asking.regions]
    there_is = any("" in there.breakdowns_there(one.pk, codes).values() for one in asking.indicators)
    if not asking.narrowed or not there_is:
        return ()
    where = " ".join(region.name for region in asking.regions)
    label = f"{asking.name} {where} {period.label() if period else ''}".strip()
    return (Option(label, label),)


def absent_words(asking: Asking, codes: Collection[str]) -> str:
    """Which of the regions asked for have no figure; empty when all of `codes` have one."""
    absent = ", ".join(region.name for region in asking.regions if region.code not in codes)
    return _("Angka %(wilayah)s belum ada di sini.") % {"wilayah": absent} if absent else ""


def choice_words(asking: Asking, choice: Choice, newest: FigureRow) -> str:
    """What to say of the periods chosen: which of them is shown by its months, and which are not there."""
    whole = together([period.label(language()) for period in choice.apart])
    said = _("Untuk %(periode)s tidak ada angka tersendiri; ini angka tiap bulannya.") if whole else ""
    apart = said % {"periode": whole} if whole else ""
    return " ".join(filter(None, (apart, missing_words(asking, choice.missing, newest))))


def missing_words(asking: Asking, missing: Sequence[Period], newest: FigureRow) -> str:
    """Why the missing periods are not shown: due on a day, not out yet, or not in this table."""
    ids = [indicator.pk for indicator in asking.indicators]
    said: dict[tuple[str, str], list[Period]] = {}
    for period in missing:
        release, day = there.due(ids, period, asking.today), ""
        if release is not None:
            fate = _("Angka %(periode)s belum dirilis; dijadwalkan rilis %(hari)s.")
            day = medium_date(release.due_on, lang=language())
        elif period.last_month > newest.period.last_month:
            fate = _("Angka %(periode)s belum tersedia.")
        else:
            fate = _("Angka %(periode)s tidak ada di tabel ini.")
        said.setdefault((fate, day), []).append(period)
    return " ".join(
        fate % {"periode": spanned(periods), "hari": day} for (fate, day), periods in said.items()
    )


def spanned(periods: Sequence[Period]) -> str:
    """Periods in words, those in a row as one span: `2015–2019`, `2019 dan 2021`."""
    spans: list[list[Period]] = []
    for period in sorted(periods):
        if spans and moved(spans[-1][-1], period.kind, 1) == period:
            spans[-1].append(period)
        else:
            spans.append([period])
    ends = [dict.fromkeys((span[0].label(language()), span[-1].label(language()))) for span in spans]
    return together(["–".join(one) for one in ends])
