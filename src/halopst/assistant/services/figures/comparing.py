"""Figures side by side: regions in one period, or periods of one region; differences labelled as ours."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules.figures import period_choice
from halopst.assistant.rules.figures.answers import Answer, Clarify, Computed, FigureAnswer, Shown
from halopst.assistant.rules.figures.period_choice import Choice
from halopst.assistant.rules.question.intents import COMPARISON
from halopst.assistant.rules.question.periods import moved
from halopst.assistant.services.figures import availability, presenting
from halopst.assistant.services.figures.asking import Asking, context_of
from halopst.assistant.services.figures.availability import Found
from halopst.assistant.services.figures.single_figure import answer_of, sentence_of, table_of, value
from halopst.assistant.services.figures.trending import series_answer
from halopst.knowledge.rules.figures.periods import Period

PAIR = 2


def comparison(asking: Asking) -> Answer:
    codes = [region.code for region in asking.regions]
    place = availability.found(asking, codes)
    if isinstance(place, Clarify):
        return place
    if place is None:
        return availability.none_there(asking, period=next(iter(asking.time.periods), None))
    rows = availability.rows_of_all(asking, place, codes)
    if len(codes) == 1:
        return _over_time(asking, place, rows)
    return _between_regions(asking, place, rows)


def _over_time(asking: Asking, place: Found, rows: Sequence[FigureRow]) -> Answer:
    """Two periods by name, or the newest (or the one named) and the same a year earlier."""
    periods = {row.period for row in rows}
    choice = period_choice.single(periods, asking.time)
    if choice.apart or (len(asking.time.periods) > 1 and (choice.missing or len(choice.found) < PAIR)):
        return value(asking)
    if len(choice.found) == 1:
        choice = _with_another(asking, periods, choice.found[0])
    chosen = [row for row in rows if row.period in choice.found]
    if len(chosen) < PAIR:
        return value(asking)
    chosen.sort(key=lambda row: row.period.last_month)
    figures = presenting.shown(chosen, place.indicator)
    first, last = figures[0], figures[-1]
    computed = (presenting.difference(last, first), presenting.growth(last, first))
    grown = f" ({computed[1].text})" if asking.in_percent and computed[1] else ""
    sentence = f"{sentence_of(place, last)} {_against(last, first, computed, grown)}"
    return answer_of(asking, place, chosen, sentence=sentence, table=table_of(figures), computed=computed)


def _with_another(asking: Asking, periods: set[Period], one: Period) -> Choice:
    """With the one before it, where it is asked whether it rose; else with that of a year before.

    Before the first there is nothing: then with the newest.
    """
    before = moved(one, one.kind, -1)
    earlier = before if asking.moved and before in periods else period_choice.year_before(periods, one)
    later = None if earlier else period_choice.newest(other for other in periods if other.kind == one.kind)
    return Choice(tuple(sorted({one, *filter(None, (earlier, later))})))


def _against(one: Shown, other: Shown, computed: Sequence[Computed | None], grown: str) -> str:
    """As in: naik 0,5 poin persen dibanding 2023 (4,41 persen); `grown` is how much that is in percent."""
    words = {
        "gerak": presenting.moved(one, other).capitalize(),
        "selisih": "" if one.value == other.value or computed[0] is None else f" {computed[0].text}{grown}",
        "periode": other.period_label,
        "angka": other.spoken,
    }
    return _("%(gerak)s%(selisih)s dibanding %(periode)s (%(angka)s).") % words


def _between_regions(asking: Asking, place: Found, rows: Sequence[FigureRow]) -> Answer:
    periods = _common(asking, rows)
    chosen = [row for row in rows if row.period in periods.found]
    there_are = {row.region_code for row in chosen}
    if len(there_are) < PAIR:
        return _one_of_them(asking, rows, there_are)
    chosen = _in_order(asking, chosen)
    if len(periods.found) > PAIR:  # the course of each, not its last figure alone
        return series_answer(asking, place, chosen, periods)
    figures = presenting.shown(chosen, place.indicator)
    newest = [figure for figure in figures if figure.period == figures[-1].period]
    pair = len(newest) == PAIR
    computed = _of_pair(asking, newest[0], newest[1]) if pair else ()
    sentence = _side_by_side(place, newest, computed)
    absent = availability.absent_words(asking, there_are)
    missing = availability.choice_words(asking, periods, chosen[-1])
    return answer_of(
        asking,
        place,
        chosen,
        sentence=" ".join(filter(None, (sentence, _no_figure_of(asking), absent, missing))),
        table=table_of(figures),
        chart=presenting.bars(newest),
        computed=computed,
        known=not absent and not periods.missing,
    )


def _no_figure_of(asking: Asking) -> str:
    """`Madura` has no figure of its own; empty where no group was named."""
    said = _("Untuk %(nama)s sebagai satu wilayah tidak ada angka terbit.")
    return said % {"nama": asking.group} if asking.group and asking.kind == COMPARISON else ""


def _of_pair(asking: Asking, one: Shown, other: Shown) -> tuple[Computed, ...]:
    """By how much they differ; how many times as large the first is, where that is asked for."""
    apart = presenting.difference(one, other)
    times = presenting.times(one, other) if asking.times else None
    return (apart, times) if times else (apart,)


def _in_order(asking: Asking, rows: Sequence[FigureRow]) -> list[FigureRow]:
    """The rows by period, and within a period in the order the regions were asked for."""
    asked = [region.code for region in asking.regions]
    return sorted(rows, key=lambda row: (row.period.last_month, asked.index(row.region_code)))


def _common(asking: Asking, rows: Sequence[FigureRow]) -> Choice:
    """The periods asked for; without any, the newest that most of the regions have."""
    by_period = {row.period: {one.region_code for one in rows if one.period == row.period} for row in rows}
    most = max((len(codes) for codes in by_period.values()), default=0)
    shared = {period for period, codes in by_period.items() if len(codes) == most}
    return period_choice.single(
        shared if asking.time.is_silent or asking.time.newest else set(by_period), asking.time
    )


def _one_of_them(asking: Asking, rows: Sequence[FigureRow], then: set[str]) -> Answer:
    """At most one region has a figure `then`: show it, and say that the others have none."""
    has = {row.region_code for row in rows}
    left = tuple(region for region in asking.regions if region.code in (then or has))
    answer = value(replace(asking, regions=left[:1])) if left else availability.none_there(asking)
    if not isinstance(answer, FigureAnswer):
        return answer
    said = [answer.sentence, availability.absent_words(asking, has)]
    if lacking := [region.name for region in asking.regions if then and region.code in has - then]:
        words = {"wilayah": ", ".join(lacking), "periode": answer.figures[-1].period_label}
        said.append(_("Angka %(wilayah)s untuk %(periode)s tidak ada di tabel ini.") % words)
    context = answer.context | context_of(asking)
    return replace(answer, sentence=" ".join(filter(None, said)), known=False, context=context)


def _side_by_side(place: Found, figures: Sequence[Shown], computed: Sequence[Computed]) -> str:
    title = presenting.titled(place.indicator, figures[0].breakdown)
    each = "; ".join(f"{figure.region} {figure.spoken}" for figure in figures)
    said = _("%(nama)s pada %(periode)s: %(angka)s.") % {
        "nama": title, "periode": figures[0].period_label, "angka": each,
    }  # fmt: skip
    if computed:
        said += " " + _("Selisihnya %(selisih)s.") % {"selisih": computed[0].text}
    if len(figures) > PAIR and (ends := _ends(figures)):
        said += " " + _("Tertinggi %(tertinggi)s, terendah %(terendah)s.") % ends
    if len(computed) > 1:
        words = {"satu": figures[0].region, "kali": computed[1].text, "lain": figures[1].region}
        said += " " + _("Angka %(satu)s %(kali)s angka %(lain)s.") % words
    return said


def _ends(figures: Sequence[Shown]) -> dict[str, str]:
    """The regions with the highest and the lowest of these figures; empty where several share one."""
    values = sorted(figure.value for figure in figures)
    if values[0] == values[1] or values[-1] == values[-2]:
        return {}
    by_value = {figure.value: figure.region for figure in figures}
    return {"tertinggi": by_value[values[-1]], "terendah": by_value[values[0]]}
