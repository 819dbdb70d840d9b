"""When a region's figure was highest or lowest, of all the periods there are or those asked for."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halopst.assistant.queries import figures as there
from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules.figures import period_choice
from halopst.assistant.rules.figures.answers import Answer, Clarify, FigureAnswer, Shown
from halopst.assistant.rules.question import intents
from halopst.assistant.rules.question.periods import Asked
from halopst.assistant.services.figures import availability, presenting
from halopst.assistant.services.figures.asking import Asking
from halopst.assistant.services.figures.availability import Found
from halopst.assistant.services.figures.single_figure import table_of, value
from halopst.assistant.services.figures.trending import FEWEST, series_answer
from halopst.knowledge.rules.figures.periods import Period

EVERY = 10_000


@dataclass(frozen=True, slots=True)
class Course:
    """The figures of one region in all the periods that are compared, the oldest first."""

    place: Found
    rows: list[FigureRow]
    choice: period_choice.Choice


def extreme(asking: Asking) -> Answer:
    """When a figure was highest or lowest; all periods compared are shown, so that it can be checked."""
    course = course_of(asking)
    if not isinstance(course, Course):
        return course
    figures = presenting.shown(course.rows, course.place.indicator)
    both = (False, True) if intents.names_both_ends(asking.said) else (asking.lowest,)
    said = " ".join(sentence_of_end(course.place, figures, lowest=lowest) for lowest in both)
    return told_of(asking, course, said)


def told_of(asking: Asking, course: Course, said: str) -> FigureAnswer:
    """`said`, beside the whole course."""
    answer = series_answer(asking, course.place, course.rows, course.choice)
    said = " ".join(filter(None, (said, availability.choice_words(asking, course.choice, course.rows[-1]))))
    return replace(answer, sentence=said, computed=(), table=table_of(answer.figures), wordable=False)


def course_of(asking: Asking) -> Course | Answer:
    """The course, or what to say where there is none."""
    region = asking.regions[0]
    place = availability.found(asking, [region.code])
    if isinstance(place, Clarify):
        return place
    if place is None:
        return availability.none_there(asking)
    rows = there.cells(place.indicator.pk, [region.code], place.breakdown_id)
    choice = _choice({row.period for row in rows}, asking.time)
    if len(choice.found) < FEWEST:
        return value(asking)
    chosen = sorted(
        (row for row in rows if row.period in choice.found), key=lambda row: row.period.last_month
    )
    return Course(place, chosen, choice)


def _choice(periods: set[Period], time: Asked) -> period_choice.Choice:
    """The periods to compare; for one year with figures only for its parts, those parts."""
    if len(time.periods) == 1 and time.periods[0] not in periods:
        return period_choice.single(periods, time)
    return period_choice.series(periods, time, least=EVERY)


def sentence_of_end(place: Found, figures: tuple[Shown, ...], *, lowest: bool) -> str:
    """The first of equals is named, and that there are others."""
    best = (min if lowest else max)(figure.value for figure in figures)
    tops = [figure for figure in figures if figure.value == best]
    words = {
        "nama": presenting.titled(place.indicator, figures[0].breakdown),
        "wilayah": figures[0].region,
        "ujung": _("terendah") if lowest else _("tertinggi"),
        "periode": presenting.together([figure.period_label for figure in tops]),
        "angka": tops[0].spoken,
        "banyak": len(figures),
        "awal": figures[0].period_label,
        "akhir": figures[-1].period_label,
    }
    said = ngettext(
        "%(nama)s %(wilayah)s %(ujung)s pada %(periode)s: %(angka)s "
        "(dari %(banyak)d angka, %(awal)s sampai %(akhir)s).",
        "%(nama)s %(wilayah)s %(ujung)s pada %(periode)s: %(angka)s "
        "(dari %(banyak)d angka, %(awal)s sampai %(akhir)s).",
        len(figures),
    )
    return said % words
