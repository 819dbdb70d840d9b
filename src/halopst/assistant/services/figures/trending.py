"""One region over time."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules import choosing
from halopst.assistant.rules.answers import Answer, Chart, Clarify, FigureAnswer, Shown
from halopst.assistant.services.figures import finding, shaping
from halopst.assistant.services.figures.finding import Found
from halopst.assistant.services.figures.reading import Asking
from halopst.assistant.services.figures.single import answer_of, table_of, value
from halopst.core.formats import language

FEWEST = 2


def trend(asking: Asking) -> Answer:
    """The last years, or those asked for, of each region named."""
    codes = [region.code for region in asking.regions]
    place = finding.found(asking, codes)
    if isinstance(place, Clarify):
        return place
    if place is None:
        return finding.none_there(asking)
    rows = there.cells(place.indicator.pk, codes, place.breakdown_id)
    choice = choosing.series({row.period for row in rows}, asking.time)
    if len(choice.found) < FEWEST:
        return value(asking)
    order = {code: at for at, code in enumerate(codes)}
    chosen = [row for row in rows if row.period in choice.found]
    chosen.sort(key=lambda row: (row.period.last_month, order[row.region_code]))
    return series_answer(asking, place, chosen, choice)


def series_answer(
    asking: Asking, place: Found, rows: Sequence[FigureRow], choice: choosing.Choice
) -> FigureAnswer:
    """Where it began, where it ended, and what lies between."""
    figures = shaping.shown(rows, place.indicator)
    first_region = [figure for figure in figures if figure.region_code == figures[0].region_code]
    last, first = first_region[-1], first_region[0]
    computed = (shaping.difference(last, first), shaping.growth(last, first))
    said = [_sentence(place, first, last)]
    if choice.missing:
        said.append(finding.missing_words(asking, choice.missing, rows[-1])[0])
    return answer_of(
        asking, place, rows, sentence=" ".join(said), table=table_of(figures), chart=_lines(figures),
        computed=computed, known=not choice.missing,
    )  # fmt: skip


def _sentence(place: Found, first: Shown, last: Shown) -> str:
    """From the first to the last of the series, both as published."""
    words = {
        "nama": shaping.titled(place.indicator, last.breakdown),
        "wilayah": last.region,
        "gerak": shaping.moved(last, first),
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
    return Chart("lines", labels, series, figures[0].measure, shaping.decimals(figures))
