"""The figures of a region over time, or of several regions beside each other."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules.figures import period_choice
from halopst.assistant.rules.figures.answers import Answer, Chart, Clarify, Computed, FigureAnswer, Shown
from halopst.assistant.rules.question.periods import Asked
from halopst.assistant.services.figures import availability, presenting
from halopst.assistant.services.figures.asking import Asking
from halopst.assistant.services.figures.availability import Found
from halopst.assistant.services.figures.single_figure import answer_of, table_of, value
from halopst.core.formats import language

FEWEST = 2


def trend(asking: Asking) -> Answer:
    """The latest years, or the years asked for, of each region named."""
    codes = [region.code for region in asking.regions]
    place = availability.found(asking, codes)
    if isinstance(place, Clarify):
        return place
    if place is None:
        return availability.none_there(asking)
    rows = availability.rows_of_all(asking, place, codes)
    periods = {row.period for row in rows}
    choice = period_choice.series(periods, asking.time)
    if asking.follows and len(choice.found) < FEWEST and len(asking.time.periods) == 1:
        choice = period_choice.series(periods, Asked())  # `grafiknya?` after the first year there is
    if len(choice.found) < FEWEST:
        return value(asking)
    order = {code: at for at, code in enumerate(codes)}
    chosen = [row for row in rows if row.period in choice.found]
    chosen.sort(key=lambda row: (row.period.last_month, order[row.region_code]))
    return series_answer(asking, place, chosen, choice)


def series_answer(
    asking: Asking, place: Found, rows: Sequence[FigureRow], choice: period_choice.Choice
) -> FigureAnswer:
    """Where the series began, where it ended, and what lies between."""
    figures = presenting.shown(rows, place.indicator)
    said, computed = _told(place, _ends(figures))
    absent = availability.absent_words(asking, {figure.region_code for figure in figures})
    missing = availability.choice_words(asking, choice, rows[-1])
    return answer_of(
        asking,
        place,
        rows,
        sentence=" ".join(filter(None, (said, absent, missing, _shorter(choice)))),
        table=table_of(figures),
        chart=_lines(figures),
        computed=computed,
        known=not absent and not choice.missing,
    )


def _shorter(choice: period_choice.Choice) -> str:
    """The note that the table begins later than asked for; empty if it begins early enough."""
    if not choice.late:
        return ""
    return _("Tabel ini baru dimulai pada %(periode)s.") % {"periode": choice.found[0].label(language())}


def _told(place: Found, ends: Sequence[tuple[Shown, Shown]]) -> tuple[str, tuple[Computed | None, ...]]:
    """The sentence, and the numbers we computed for it."""
    if len(ends) > 1:
        return _beside(place, ends), tuple(_change(*one) for one in ends)
    first, last = ends[0]
    return _sentence(place, first, last), (presenting.difference(last, first), presenting.growth(last, first))


def _ends(figures: Sequence[Shown]) -> list[tuple[Shown, Shown]]:
    """The first and the last figure of each region."""
    by_region: dict[str, list[Shown]] = {}
    for figure in figures:
        by_region.setdefault(figure.region_code, []).append(figure)
    return [(one[0], one[-1]) for one in by_region.values()]


def _change(first: Shown, last: Shown) -> Computed:
    """The change in percent if that makes sense, else the difference; labelled with its region."""
    one = presenting.growth(last, first) or presenting.difference(last, first)
    said = {
        1: _("Kenaikan %(wilayah)s, %(awal)s ke %(akhir)s (dihitung dari kedua angka)"),
        -1: _("Penurunan %(wilayah)s, %(awal)s ke %(akhir)s (dihitung dari kedua angka)"),
        0: _("Perubahan %(wilayah)s, %(awal)s ke %(akhir)s (dihitung dari kedua angka)"),
    }[presenting.direction(last, first)]
    words = {"wilayah": first.region, "awal": first.period_label, "akhir": last.period_label}
    return replace(one, label=said % words)


def _beside(place: Found, ends: Sequence[tuple[Shown, Shown]]) -> str:
    """Each region from its first to its last figure."""
    said = [course(last.region, first, last) for first, last in ends]
    return f"{presenting.titled(place.indicator, ends[0][1].breakdown)}: {'; '.join(said)}."


def course(name: str, first: Shown, last: Shown) -> str:
    """How a region, or a part of one, went from its first to its last figure."""
    words = {
        "wilayah": name, "gerak": presenting.moved(last, first), "dari": first.spoken,
        "awal": first.period_label, "ke": last.spoken, "akhir": last.period_label,
    }  # fmt: skip
    return _("%(wilayah)s %(gerak)s dari %(dari)s pada %(awal)s menjadi %(ke)s pada %(akhir)s") % words


def _sentence(place: Found, first: Shown, last: Shown) -> str:
    """From the first figure of the series to the last, both as published."""
    words = {
        "nama": presenting.titled(place.indicator, last.breakdown),
        "wilayah": last.region,
        "gerak": presenting.moved(last, first),
        "dari": first.spoken,
        "awal": first.period_label,
        "ke": last.spoken,
        "akhir": last.period_label,
    }
    return (
        _("%(nama)s %(wilayah)s %(gerak)s dari %(dari)s pada %(awal)s menjadi %(ke)s pada %(akhir)s.") % words
    )


def _lines(figures: Sequence[Shown]) -> Chart:
    periods = list(dict.fromkeys(figure.period for figure in figures))
    regions = list(dict.fromkeys((figure.region_code, figure.region) for figure in figures))
    at = {(figure.region_code, figure.period): float(figure.value) for figure in figures}
    series = tuple((name, tuple(at.get((code, period)) for period in periods)) for code, name in regions)
    labels = tuple(period.label(language()) for period in periods)
    return Chart("lines", labels, series, figures[0].measure, presenting.decimals(figures))
