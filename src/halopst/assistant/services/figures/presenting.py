"""From cells to what is shown: figures, sources, dates and notes. Every number is that of a cell."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules.figures.answers import Chart, Computed, Shown, Source, within_sentence
from halopst.assistant.rules.language.english_names import measure_in_english, narrowed_in_english
from halopst.core.formats import language
from halopst.knowledge.models import Indicator
from halopst.knowledge.rules.figures import values

PERCENT = {"persen", "%", "percent"}


def status_words(status: str) -> str:
    said = {
        values.PROVISIONAL: _("angka sementara"),
        values.VERY_PROVISIONAL: _("angka sangat sementara"),
        values.REVISED: _("angka revisi"),
        values.ESTIMATED: _("angka perkiraan"),
    }
    return said.get(status, "")


def shown(rows: Sequence[FigureRow], indicator: Indicator) -> tuple[Shown, ...]:
    """Each row as a figure that points to its source by its place in `sources`."""
    places = {source_id: at for at, source_id in enumerate(dict.fromkeys(row.source_id for row in rows))}
    return tuple(
        Shown(
            row.id,
            values.shown(row.value, lang=language()),
            row.value,
            measured(indicator),
            row.region,
            row.region_code,
            row.period,
            row.period.label(language()),
            row.breakdown,
            status_words(row.status),
            places[row.source_id],
        )
        for row in rows
    )


def sources(rows: Sequence[FigureRow], indicator: Indicator) -> tuple[Source, ...]:
    """The sources of the rows, in the order the figures refer to them."""
    first = {row.source_id: row for row in reversed(rows)}
    ordered = dict.fromkeys(row.source_id for row in rows)
    published = _published_by(rows, indicator)
    return tuple(_source(first[one], published[first[one].indicator_id]) for one in ordered)


def _published_by(rows: Sequence[FigureRow], indicator: Indicator) -> dict[int, Indicator]:
    """The indicators of the rows, where some are another office's."""
    others = {row.indicator_id for row in rows} - {indicator.pk}
    return {indicator.pk: indicator, **(there.indicators(others) if others else {})}


def _source(row: FigureRow, indicator: Indicator) -> Source:
    checked = timezone.localdate(max(filter(None, (indicator.checked_at, row.retrieved_at))))
    return Source(row.source, row.link, indicator.unit.name, checked)


def notes(rows: Sequence[FigureRow], indicator: Indicator) -> tuple[str, ...]:
    """What a reader must know beside the figures."""
    published = _published_by(rows, indicator).values()
    is_example = any(one.is_example for one in published)
    said = [_("Angka contoh untuk peragaan, bukan angka resmi.")] if is_example else []
    if len(published) > 1:
        words = {"kantor": together(list(dict.fromkeys(one.unit.name for one in published)))}
        said.append(_("Angkanya dari tabel beberapa kantor: %(kantor)s.") % words)
    statuses = dict.fromkeys(row.status for row in rows if row.status)
    marked = [
        _("%(periode)s: %(status)s.")
        % {"periode": row.period.label(language()), "status": status_words(row.status)}
        for row in rows[-1:]
        if row.status in statuses
    ]
    return (*said, *marked)


def together(names: Sequence[str]) -> str:
    """`A dan B`, `A, B, dan C`."""
    *others, last = names or [""]
    if len(others) > 1:
        return _("%(lain)s, dan %(akhir)s") % {"lain": ", ".join(others), "akhir": last}
    return _(" dan ").join([*others, last])


def called(indicator: Indicator) -> str:
    """The indicator's name, in the reader's language if the office gave it one."""
    return indicator.english_name or indicator.name if language() == "en" else indicator.name


def measured(indicator: Indicator) -> str:
    return measure_in_english(indicator.measure) if language() == "en" else indicator.measure


def titled(indicator: Indicator, breakdown: str) -> str:
    """The indicator's name with its breakdown."""
    said = narrowed_in_english(breakdown) if language() == "en" else breakdown
    return f"{called(indicator)} ({said})" if said else called(indicator)


def difference(one: Shown, other: Shown) -> Computed:
    """`one` less `other`, in points when both are percentages; computed by us and labelled so."""
    measure = _("poin persen") if one.measure.casefold() in PERCENT else within_sentence(one.measure)
    gap = one.value - other.value
    text = f"{values.shown(abs(gap), lang=language())} {measure}".strip()
    return Computed(_("Selisih (dihitung dari kedua angka)"), text, (one.cell_id, other.cell_id))


def growth(one: Shown, other: Shown) -> Computed | None:
    """By how many percent `one` is above `other`; None for percentages, and unless both are above zero."""
    if one.measure.casefold() in PERCENT or other.value <= 0:
        return None
    share = (one.value - other.value) / other.value * 100
    text = f"{values.shown(abs(share).quantize(Decimal('0.01')), lang=language())}%"
    said = {1: _("Kenaikan (dihitung dari kedua angka)"), -1: _("Penurunan (dihitung dari kedua angka)")}
    label = said.get(direction(one, other), _("Perubahan (dihitung dari kedua angka)"))
    return Computed(label, text, (one.cell_id, other.cell_id))


def times(one: Shown, other: Shown) -> Computed | None:
    """How many times as large `one` is as `other`, to one decimal; None unless both are above zero."""
    if one.value <= 0 or other.value <= 0:
        return None
    fold = values.shown((one.value / other.value).quantize(Decimal("0.1")), lang=language())
    cells = (one.cell_id, other.cell_id)
    return Computed(_("Kelipatan (dihitung dari kedua angka)"), _("%(kali)s kali") % {"kali": fold}, cells)


def direction(one: Shown, other: Shown) -> int:
    """1 where `one` is above `other`, -1 where it is below, 0 where they are the same."""
    return (one.value > other.value) - (one.value < other.value)


def moved(one: Shown, other: Shown) -> str:
    """That direction as a word."""
    return {1: _("naik"), -1: _("turun")}.get(direction(one, other), _("tetap"))


def bars(figures: Sequence[Shown]) -> Chart:
    """A bar for each region."""
    values = tuple(float(figure.value) for figure in figures)
    labels = tuple(figure.region for figure in figures)
    periods = {figure.period_label for figure in figures}
    period = periods.pop() if len(periods) == 1 else ""
    return Chart("bars", labels, (("", values),), figures[0].measure, decimals(figures), period)


def decimals(figures: Sequence[Shown]) -> int:
    exponents = [figure.value.as_tuple().exponent for figure in figures]
    return max((-one for one in exponents if isinstance(one, int)), default=0) if exponents else 0
