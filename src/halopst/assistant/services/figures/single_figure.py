"""One figure, or those of several regions or periods that are named."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules.figures import period_choice
from halopst.assistant.rules.figures.answers import (
    Answer,
    Chart,
    Clarify,
    Computed,
    Context,
    FigureAnswer,
    Shown,
    Table,
)
from halopst.assistant.rules.figures.period_choice import Choice
from halopst.assistant.services.figures import availability, presenting
from halopst.assistant.services.figures.asking import Asking, context_of
from halopst.assistant.services.figures.availability import Found
from halopst.assistant.services.figures.follow_up import SHOWN, SPAN
from halopst.core.formats import language
from halopst.knowledge.rules.figures.periods import Period


def value(asking: Asking) -> Answer:
    """The figure of one region in the period asked for, or the newest."""
    region = asking.regions[0]
    place = availability.found(asking, [region.code])
    if isinstance(place, Clarify):
        return place
    rows = there.cells(place.indicator.pk, [region.code], place.breakdown_id) if place else []
    choice = period_choice.single({row.period for row in rows}, asking.time)
    if place is None or not rows:
        return availability.none_there(asking, period=next(iter(asking.time.periods), None))
    if not choice.found:
        return _not_there(asking, place, rows, choice)
    chosen = [row for row in rows if row.period in choice.found]
    chosen.sort(key=lambda row: row.period.last_month)
    return _answer(asking, place, chosen, choice)


def answer_of(
    asking: Asking,
    place: Found,
    rows: Sequence[FigureRow],
    *,
    sentence: str,
    table: Table | None = None,
    chart: Chart | None = None,
    known: bool = True,
    computed: Sequence[Computed | None] = (),
) -> FigureAnswer:
    """An answer made of cells, with what every such answer has: figures, sources, notes, context."""
    periods = {row.period.code for row in rows}
    shown: Context = {SHOWN: periods.pop() if len(periods) == 1 else asking.shown} if periods else {}
    span = sorted({row.period for row in rows})
    if len(span) > 1 and span[0].kind == span[-1].kind:
        shown |= {SPAN: [span[0].code, span[-1].code]}
    return FigureAnswer(
        presenting.titled(place.indicator, rows[0].breakdown),
        sentence,
        presenting.shown(rows, place.indicator),
        presenting.sources(rows, place.indicator),
        context_of(asking) | shown,
        computed=tuple(one for one in computed if one is not None),
        table=table,
        chart=chart,
        notes=presenting.notes(rows, place.indicator),
        known=known,
    )


def _answer(asking: Asking, place: Found, rows: Sequence[FigureRow], choice: Choice) -> FigureAnswer:
    figures = presenting.shown(rows, place.indicator)
    said = [sentence_of(place, figures[-1])] if len(figures) == 1 else [_listed(place, figures)]
    said.append(availability.choice_words(asking, choice, rows[-1]))
    table = table_of(figures) if len(figures) > 1 else None
    return answer_of(
        asking, place, rows, sentence=" ".join(filter(None, said)), table=table, known=not choice.missing
    )


def _not_there(asking: Asking, place: Found, rows: Sequence[FigureRow], choice: Choice) -> FigureAnswer:
    """The answer that the period has no figure; the newest figure is shown, marked as such."""
    latest = period_choice.newest([row.period for row in rows])
    newest = [row for row in rows if row.period == latest]
    missing = choice.missing or asking.time.periods or ()
    said = availability.missing_words(asking, missing, newest[0])
    shown = sentence_of(place, presenting.shown(newest, place.indicator)[0])
    sentence = f"{said} {_('Yang terbaru:')} {shown}" if said else f"{_('Yang terbaru:')} {shown}"
    answer = answer_of(asking, place, newest, sentence=sentence, known=False)
    return replace(answer, no_text=True)


def sentence_of(place: Found, figure: Shown) -> str:
    """As in: Tingkat Pengangguran Terbuka Kota Surabaya pada 2024: 4,91 persen."""
    words = {
        "nama": presenting.titled(place.indicator, figure.breakdown),
        "wilayah": figure.region,
        "periode": figure.period_label,
        "angka": figure.spoken,
        "status": f" ({figure.status})" if figure.status else "",
    }
    return _("%(nama)s %(wilayah)s pada %(periode)s: %(angka)s%(status)s.") % words


def _listed(place: Found, figures: Sequence[Shown]) -> str:
    title = presenting.titled(place.indicator, figures[0].breakdown)
    each = "; ".join(f"{figure.period_label}: {figure.spoken}" for figure in figures)
    return f"{title} {figures[0].region}, {each}."


def table_of(figures: Sequence[Shown]) -> Table:
    """A row per period, a column per region."""
    regions = list(dict.fromkeys((figure.region_code, figure.region) for figure in figures))
    periods: list[Period] = list(dict.fromkeys(figure.period for figure in figures))
    at = {(figure.region_code, figure.period): figure for figure in figures}
    rows = tuple(
        (period.label(language()), *_texts(at, [code for code, _name in regions], period))
        for period in periods
    )
    return Table((_("Periode"), *(name for _code, name in regions)), rows)


def _texts(at: dict[tuple[str, Period], Shown], codes: Sequence[str], period: Period) -> list[str]:
    return [at[code, period].text if (code, period) in at else "–" for code in codes]
