"""Several breakdowns of one region side by side: `laki-laki dan perempuan`."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.figures import period_choice
from halopst.assistant.rules.figures.answers import Chart, FigureAnswer, Shown, Table
from halopst.assistant.rules.language.english_names import narrowed_in_english
from halopst.assistant.rules.question import intents
from halopst.assistant.services.figures import availability, presenting
from halopst.assistant.services.figures.asking import Asking
from halopst.assistant.services.figures.availability import Found
from halopst.assistant.services.figures.single_figure import answer_of
from halopst.assistant.services.figures.trending import course
from halopst.core.formats import language
from halopst.knowledge.models import Indicator
from halopst.knowledge.rules.figures.periods import Period

KINDS = frozenset([intents.VALUE, intents.COMPARISON, intents.TREND])
PAIR = 2


def side_by_side(asking: Asking) -> FigureAnswer | None:
    """The breakdowns side by side; None unless the words asked for name several of them and nothing else."""
    if len(asking.narrowed) < PAIR or asking.kind not in KINDS or len(asking.regions) != 1:
        return None
    for indicator in asking.indicators:
        if len(parts := _parts(asking, indicator)) >= PAIR:
            return _answer(asking, indicator, parts)
    return None


def _parts(asking: Asking, indicator: Indicator) -> list[int]:
    """The breakdowns that the question names, if together they take in all its words.

    Empty when a single breakdown takes in all of them.
    """
    labels = there.breakdown_words()
    narrower = there.breakdowns_there(indicator.pk, [asking.regions[0].code])
    if any(asking.narrowed <= labels.get(pk, frozenset()) for pk in narrower):
        return []
    said = [pk for pk in narrower if labels.get(pk) and labels[pk] <= asking.narrowed]
    together = frozenset().union(*(labels[pk] for pk in said))
    return sorted(said, key=lambda pk: narrower[pk]) if together == asking.narrowed else []


def _answer(asking: Asking, indicator: Indicator, parts: Sequence[int]) -> FigureAnswer | None:
    found = [there.cells(indicator.pk, [asking.regions[0].code], pk) for pk in parts]
    shared = set[Period].intersection(*({row.period for row in rows} for rows in found))
    choose = period_choice.series if asking.kind == intents.TREND else period_choice.single
    choice = choose(shared, asking.time)
    if not choice.found:
        return None
    rows = [row for rows in found for row in rows if row.period in choice.found]
    rows.sort(key=lambda row: (row.period.last_month, row.breakdown))
    figures = presenting.shown(rows, indicator)
    newest = [one for one in figures if one.period == figures[-1].period]
    computed = (presenting.difference(newest[0], newest[1]),) if len(newest) == PAIR else ()
    said = _sentence(indicator, newest) if len(choice.found) == 1 else _courses(indicator, figures)
    said = " ".join(filter(None, (said, availability.choice_words(asking, choice, rows[-1]))))
    answer = answer_of(
        asking, Found(indicator, parts[0]), rows, sentence=said, table=_table(figures), chart=_chart(figures),
        computed=computed, known=not choice.missing,
    )  # fmt: skip
    return replace(answer, indicator=presenting.called(indicator))


def _sentence(indicator: Indicator, figures: Sequence[Shown]) -> str:
    words = {
        "nama": presenting.called(indicator),
        "wilayah": figures[0].region,
        "periode": figures[0].period_label,
        "angka": "; ".join(f"{_label(figure)} {figure.spoken}" for figure in figures),
    }
    return _("%(nama)s %(wilayah)s pada %(periode)s: %(angka)s.") % words


def _courses(indicator: Indicator, figures: Sequence[Shown]) -> str:
    """Each breakdown from its first figure to its last."""
    by_label: dict[str, list[Shown]] = {}
    for figure in figures:
        by_label.setdefault(_label(figure), []).append(figure)
    each = "; ".join(course(label, one[0], one[-1]) for label, one in by_label.items())
    return f"{presenting.called(indicator)} {figures[0].region}: {each}."


def _label(figure: Shown) -> str:
    return narrowed_in_english(figure.breakdown) if language() == "en" else figure.breakdown


def _table(figures: Sequence[Shown]) -> Table:
    """A row per period, a column per breakdown."""
    labels = list(dict.fromkeys(_label(figure) for figure in figures))
    at = {(figure.period, _label(figure)): figure.text for figure in figures}
    periods = list(dict.fromkeys(figure.period for figure in figures))
    rows = tuple(
        (period.label(language()), *(at.get((period, label), "–") for label in labels)) for period in periods
    )
    return Table((_("Periode"), *labels), rows)


def _chart(figures: Sequence[Shown]) -> Chart:
    """Bars for one period, lines for several."""
    labels = list(dict.fromkeys(_label(figure) for figure in figures))
    periods = list(dict.fromkeys(figure.period for figure in figures))
    measure, decimals = figures[0].measure, presenting.decimals(figures)
    if len(periods) == 1:
        bars = tuple(float(figure.value) for figure in figures)
        return Chart("bars", tuple(labels), (("", bars),), measure, decimals)
    at = {(figure.period, _label(figure)): float(figure.value) for figure in figures}
    series = tuple((label, tuple(at.get((period, label)) for period in periods)) for label in labels)
    return Chart("lines", tuple(period.label(language()) for period in periods), series, measure, decimals)
