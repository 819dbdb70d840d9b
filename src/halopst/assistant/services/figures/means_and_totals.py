"""One number of several figures, where statistics allows it: a mean of years, a total of regions or years."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.figures import period_choice
from halopst.assistant.rules.figures.additivity import adds_over_regions, adds_over_time
from halopst.assistant.rules.figures.answers import Answer, Clarify, Computed, FigureAnswer, Shown
from halopst.assistant.rules.question import intents
from halopst.assistant.rules.question.regions import of_group
from halopst.assistant.services.figures import availability, presenting
from halopst.assistant.services.figures.asking import Asking
from halopst.assistant.services.figures.availability import Found
from halopst.assistant.services.figures.comparing import comparison
from halopst.assistant.services.figures.ranked_areas import area_of
from halopst.assistant.services.figures.ranking import Ranked, kind_word, ranked, ranking_table
from halopst.assistant.services.figures.single_figure import answer_of, table_of, value
from halopst.assistant.services.figures.trending import FEWEST, series_answer, trend
from halopst.core.formats import language
from halopst.knowledge.rules.figures import values
from halopst.knowledge.rules.figures.regions import NATION_CODE, Region

PARTS = "parts"
"""In a context: the kinds of region of whose order may be asked next."""


def mean(asking: Asking) -> Answer:
    """Of the years of one region. Of regions only where their figures add up, as a mean without weights."""
    if asking.spread:
        return _mean_of_parts(asking)
    if len(asking.regions) > 1:
        return _beside(comparison(asking), _no_mean())
    return _over_time(asking, is_mean=True)


def total(asking: Asking) -> Answer:
    """Of regions or of years whose figures add up; else the figures, and why there is no total."""
    if len(asking.regions) > 1:
        return _of_regions(asking)
    return _over_time(asking, is_mean=False)


def _over_time(asking: Asking, *, is_mean: bool) -> Answer:
    region = asking.regions[0]
    place = availability.found(asking, [region.code])
    if isinstance(place, Clarify):
        return place
    if place is None:
        return availability.none_there(asking)
    if not is_mean and not adds_over_time(place.indicator.name, place.indicator.measure):
        return _beside(trend(asking), _no_total_of_years())
    rows = there.cells(place.indicator.pk, [region.code], place.breakdown_id)
    chosen_by = period_choice.single if len(asking.time.periods) == 1 else period_choice.series
    choice = chosen_by({row.period for row in rows}, asking.time)
    if len(choice.found) < FEWEST:
        return value(replace(asking, kind=intents.VALUE))
    chosen = sorted(
        (row for row in rows if row.period in choice.found), key=lambda row: row.period.last_month
    )
    figures = presenting.shown(chosen, place.indicator)
    one = _computed(_mean_label() if is_mean else _total_label(), figures, is_mean=is_mean)
    said = _sentence_over_time(place, figures, one, is_mean=is_mean)
    said = " ".join(filter(None, (said, availability.choice_words(asking, choice, chosen[-1]))))
    answer = series_answer(asking, place, chosen, choice)
    return replace(answer, sentence=said, computed=(one,), table=table_of(figures), wordable=False)


def _sentence_over_time(place: Found, figures: Sequence[Shown], one: Computed, *, is_mean: bool) -> str:
    words = {
        "nama": presenting.titled(place.indicator, figures[0].breakdown),
        "wilayah": figures[0].region,
        "awal": figures[0].period_label,
        "akhir": figures[-1].period_label,
        "angka": one.text,
        "banyak": len(figures),
    }
    said = _(
        "Rata-rata sederhana %(nama)s %(wilayah)s, %(awal)s sampai %(akhir)s: %(angka)s "
        "(dari %(banyak)d angka; hitungan kami, bukan angka terbit)."
    )
    if not is_mean:
        said = _(
            "Total %(nama)s %(wilayah)s, %(awal)s sampai %(akhir)s: %(angka)s "
            "(dari %(banyak)d angka; hitungan kami, bukan angka terbit)."
        )
    return said % words


def _of_regions(asking: Asking) -> Answer:
    """All regions of the question in one period; none may lie within another, none be missing."""
    answer = comparison(asking)
    if not isinstance(answer, FigureAnswer):
        return answer
    newest = [one for one in answer.figures if one.period == answer.figures[-1].period]
    indicator = there.indicators({row.indicator_id for row in there.cells_of([newest[0].cell_id])})
    if not all(adds_over_regions(one.name, one.measure) for one in indicator.values()):
        return _beside(answer, _no_total_of_regions())
    codes = {one.code for one in asking.regions}
    if any(one.parent in codes or one.code == NATION_CODE for one in asking.regions):
        return _beside(answer, _("Wilayah yang satu termuat dalam yang lain, jadi tidak dijumlahkan."))
    if {one.region_code for one in newest} != codes:
        return answer
    one, is_group = _computed(_total_label(), newest, is_mean=False), codes == set(of_group(asking.group))
    words = {
        "nama": answer.indicator,
        "wilayah": asking.group if is_group else presenting.together([figure.region for figure in newest]),
        "periode": newest[0].period_label,
        "angka": one.text,
        "rincian": "; ".join(f"{figure.region} {figure.spoken}" for figure in newest),
    }
    said = (
        _("Total %(nama)s %(wilayah)s pada %(periode)s: %(angka)s, hitungan kami dari %(rincian)s.") % words
    )
    return replace(answer, sentence=said, computed=(one,), wordable=False)


def _mean_of_parts(asking: Asking) -> Answer:
    """Of what adds up, the mean of an area's parts; else the area's own figure, which weighs them rightly."""
    found = ranked(asking)
    if not isinstance(found, Ranked):
        return found
    if not adds_over_regions(found.place.indicator.name, found.place.indicator.measure):
        return _own_of_area(asking, found.area)
    figures = presenting.shown(found.rows, found.place.indicator)
    one = _computed(_mean_label(), figures, is_mean=True)
    words = {
        "nama": presenting.titled(found.place.indicator, figures[0].breakdown),
        "jenis": kind_word(asking),
        "area": found.area.name,
        "periode": figures[0].period_label,
        "angka": one.text,
        "banyak": len(figures),
    }
    said = _(
        "Rata-rata sederhana tanpa bobot %(nama)s per %(jenis)s di %(area)s pada %(periode)s: %(angka)s "
        "(dari %(banyak)d %(jenis)s yang angkanya ada; hitungan kami, bukan angka terbit)."
    )
    at = {row.region_code: number for number, row in enumerate(found.rows, 1)}
    table = ranking_table(figures, at)
    answer = answer_of(asking, found.place, found.rows, sentence=said % words, table=table, computed=(one,))
    return replace(answer, wordable=False)


def _own_of_area(asking: Asking, area: Region) -> Answer:
    """Marked as what it is; the order of the parts it was asked of is offered with it."""
    own = value(replace(asking, regions=(area,), spread=()))
    if not isinstance(own, FigureAnswer):
        return own
    said = _("Ini angka %(area)s sendiri, bukan rata-rata tiap %(jenis)s:")
    words = {"area": area.name, "jenis": kind_word(asking)}
    marked = replace(own, context=own.context | {PARTS: list(area_of(asking)[1])})
    return _beside(marked, f"{_no_mean()} {said % words}")


def _beside(answer: Answer, why: str) -> Answer:
    """What is published, after why no number of ours is made of it."""
    if not isinstance(answer, FigureAnswer):
        return answer
    return replace(answer, sentence=f"{why} {answer.sentence}", wordable=False)


def _computed(label: str, figures: Sequence[Shown], *, is_mean: bool) -> Computed:
    """As many decimals as the figures have; rounded once."""
    whole = sum((figure.value for figure in figures), Decimal(0))
    number = whole / len(figures) if is_mean else whole
    rounded = number.quantize(Decimal(1).scaleb(-presenting.decimals(figures)), ROUND_HALF_UP)
    spoken = replace(figures[0], text=values.shown(rounded, lang=language())).spoken
    return Computed(label, spoken, tuple(figure.cell_id for figure in figures))


def _mean_label() -> str:
    return _("Rata-rata sederhana (dihitung dari angka-angka ini)")


def _total_label() -> str:
    return _("Total (dihitung dari angka-angka ini)")


def _no_mean() -> str:
    return _(
        "Rata-rata antarwilayah tidak kami hitung: besar wilayah berbeda-beda, jadi rata-ratanya bukan angka "
        "gabungan yang benar."
    )


def _no_total_of_regions() -> str:
    return _("Angka ini tidak dapat dijumlahkan antarwilayah.")


def _no_total_of_years() -> str:
    return _("Angka ini tidak dapat dijumlahkan antartahun.")
