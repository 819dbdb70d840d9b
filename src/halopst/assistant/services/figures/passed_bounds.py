"""If and when the figure of a region passed a bound: now, or in all the periods there are."""

from dataclasses import replace

from django.utils.translation import gettext as _

from halopst.assistant.rules.figures.answers import Answer, Computed, FigureAnswer, Shown
from halopst.assistant.rules.question.thresholds import Threshold, scale_of
from halopst.assistant.services.figures import presenting
from halopst.assistant.services.figures.asking import Asking
from halopst.assistant.services.figures.extremes import Course, course_of, sentence_of_end, told_of
from halopst.assistant.services.figures.single_figure import value
from halopst.assistant.services.figures.thresholds import bound_said


def value_beside_bound(asking: Asking) -> Answer:
    """The figure of a region; where the question sets a bound, whether the figure lies within it."""
    answer, bound = value(asking), asking.threshold
    if bound is None or bound.of_area or not isinstance(answer, FigureAnswer):
        return answer
    if not answer.known or len(answer.figures) > 1:
        return answer
    [figure] = answer.figures
    same = (one for one in asking.indicators if presenting.measured(one) == figure.measure)
    indicator = next(same, asking.indicators[0])
    is_within = bound.holds(figure.value, scale_of(indicator.measure))
    said = _("Ya, %(batas)s.") if is_within else _("Tidak %(batas)s.")
    sentence = f"{answer.sentence} {said % {'batas': bound_said(indicator, bound)}}"
    return replace(answer, sentence=sentence, wordable=False)


def periods_past_bound(asking: Asking) -> Answer:
    """How often it did and when last; where it never did, the figure that came nearest."""
    bound = asking.threshold
    if bound is None:
        return value(asking)
    course = course_of(asking)
    if not isinstance(course, Course):
        return course
    figures = presenting.shown(course.rows, course.place.indicator)
    scale = scale_of(course.place.indicator.measure)
    passing = [figure for figure in figures if bound.holds(figure.value, scale)]
    words = _words(course, figures, bound)
    if not passing:
        return told_of(asking, course, _none(course, figures, bound, words))
    cells = tuple(figure.cell_id for figure in figures)
    counted = Computed(_("Banyaknya (dihitung dari angka-angka ini)"), str(len(passing)), cells)
    return replace(told_of(asking, course, _some(words, passing)), computed=(counted,))


def _none(course: Course, figures: tuple[Shown, ...], bound: Threshold, words: dict[str, object]) -> str:
    if bound.low is not None and bound.high is not None:
        said = _(
            "%(nama)s %(wilayah)s tidak pernah %(batas)s (dari %(banyak)d angka, %(awal)s sampai %(akhir)s)."
        )
        return said % words
    nearest = sentence_of_end(course.place, figures, lowest=bound.low is None)
    return f"{_('%(nama)s %(wilayah)s tidak pernah %(batas)s.') % words} {nearest}"


def _some(words: dict[str, object], passing: list[Shown]) -> str:
    first, last = passing[0], passing[-1]
    words |= {"kali": len(passing), "dulu": first.period_label, "angka_dulu": first.spoken}
    words |= {"kini": last.period_label, "angka_kini": last.spoken}
    if len(passing) == 1:
        said = _(
            "%(nama)s %(wilayah)s %(batas)s sekali (dari %(banyak)d angka, %(awal)s sampai %(akhir)s): "
            "pada %(kini)s (%(angka_kini)s)."
        )
    else:
        said = _(
            "%(nama)s %(wilayah)s %(batas)s %(kali)d kali (dari %(banyak)d angka, %(awal)s sampai %(akhir)s)"
            ": pertama pada %(dulu)s (%(angka_dulu)s), terakhir pada %(kini)s (%(angka_kini)s)."
        )
    return said % words


def _words(course: Course, figures: tuple[Shown, ...], bound: Threshold) -> dict[str, object]:
    return {
        "nama": presenting.titled(course.place.indicator, figures[0].breakdown),
        "wilayah": figures[0].region,
        "batas": bound_said(course.place.indicator, bound),
        "banyak": len(figures),
        "awal": figures[0].period_label,
        "akhir": figures[-1].period_label,
    }
