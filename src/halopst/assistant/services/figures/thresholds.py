"""The regions of an area whose figure passes a bound, and how many they are."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules.figures.answers import Answer, Computed, FigureAnswer, Shown
from halopst.assistant.rules.question.thresholds import Threshold, scale_of
from halopst.assistant.services.figures import presenting
from halopst.assistant.services.figures.asking import Asking
from halopst.assistant.services.figures.ranking import (
    MOST_PLACES,
    Ranked,
    kind_word,
    places,
    ranked,
    ranking,
    ranking_table,
)
from halopst.assistant.services.figures.single_figure import answer_of
from halopst.core.formats import language
from halopst.knowledge.models import Indicator
from halopst.knowledge.rules.figures.regions import NATION, PROVINCE

NAMED = 5
"""So many regions are named in the sentence; the table shows all of them."""


def regions_past_bound(asking: Asking) -> Answer:
    """The regions above or below the bound, the furthest first.

    In the period asked for, else in the newest.
    """
    found, bound = ranked(asking), asking.threshold
    if not isinstance(found, Ranked):
        return found
    own = _held_against(asking, found, bound) if bound and bound.of_area else None
    if bound is None or (bound.of_area and own is None):
        return ranking(asking)
    if own is not None:
        found, bound = replace(found, own=own), bound.against(own.value)
    scale = scale_of(found.place.indicator.measure)
    rows = [row for row in found.rows if bound.holds(row.value, scale)]
    if bound.low is None:
        rows.reverse()
    return _some(asking, found, bound, rows) if rows else _none(asking, found, bound)


def _held_against(asking: Asking, found: Ranked, bound: Threshold) -> FigureRow | None:
    """The figure that sets the bound: that of the region named, else that of the whole area."""
    parts = [one for one in asking.regions if bound.of_part and one.kind not in {NATION, PROVINCE}]
    held = next(iter(parts), found.area)
    rows = there.cells(found.place.indicator.pk, [held.code], found.place.breakdown_id)
    return next((row for row in rows if row.period == found.rows[0].period), None)


def _some(asking: Asking, found: Ranked, bound: Threshold, rows: Sequence[FigureRow]) -> FigureAnswer:
    figures = presenting.shown(rows[:MOST_PLACES], found.place.indicator)
    names = ", ".join(f"{one.region} ({one.text})" for one in figures[:NAMED])
    words = {**_words(asking, found, bound), "lolos": len(rows), "nama_nama": names}
    said = _(
        "%(nama)s %(batas)s di %(area)s pada %(periode)s: %(lolos)d %(jenis)s "
        "(dari %(banyak)d %(jenis)s yang angkanya ada): %(nama_nama)s."
    )
    if len(rows) > NAMED:
        said = _(
            "%(nama)s %(batas)s di %(area)s pada %(periode)s: %(lolos)d %(jenis)s "
            "(dari %(banyak)d %(jenis)s yang angkanya ada), antara lain %(nama_nama)s."
        )
    cells = tuple(row.id for row in rows)
    counted = (Computed(_("Banyaknya (dihitung dari angka-angka ini)"), str(len(rows)), cells),)
    at = places(rows)
    answer = answer_of(
        asking, found.place, [*rows[:MOST_PLACES], *_own(found)], sentence=said % words,
        table=ranking_table(figures, at), chart=presenting.bars(figures), computed=counted,
    )  # fmt: skip
    return replace(answer, wordable=False)


def _none(asking: Asking, found: Ranked, bound: Threshold) -> FigureAnswer:
    """The answer that no region passes the bound, with the region that comes nearest."""
    nearest = found.rows[0] if bound.low is not None else found.rows[-1]
    figure = presenting.shown([nearest], found.place.indicator)[0]
    words = _words(asking, found, bound)
    words |= {"ujung": _("tertinggi") if bound.low is not None else _("terendah")}
    words |= {"wilayah": figure.region, "angka": figure.spoken}
    said = _(
        "Tidak ada %(jenis)s di %(area)s dengan %(nama)s %(batas)s pada %(periode)s "
        "(dari %(banyak)d %(jenis)s yang angkanya ada). Yang %(ujung)s %(wilayah)s: %(angka)s."
    )
    rows = [nearest, *_own(found)]
    return replace(answer_of(asking, found.place, rows, sentence=said % words), wordable=False)


def _own(found: Ranked) -> list[FigureRow]:
    return [found.own] if found.own else []


def _words(asking: Asking, found: Ranked, bound: Threshold) -> dict[str, object]:
    return {
        "nama": presenting.titled(found.place.indicator, found.rows[0].breakdown),
        "batas": _bound(found, bound),
        "area": found.area.name,
        "periode": found.rows[0].period.label(language()),
        "banyak": len(found.rows),
        "jenis": kind_word(asking),
    }


def _whose(found: Ranked, own: Shown) -> str:
    if own.region_code != found.area.code:
        return own.region
    return _("angka nasional") if found.area.kind == NATION else _("angka provinsinya")


def _bound(found: Ranked, bound: Threshold) -> str:
    """The bound: `di atas 100 ribu jiwa`, `di atas angka nasional (3,1 persen)`."""
    if found.own is not None:
        own = presenting.shown([found.own], found.place.indicator)[0]
        way = _("di atas") if bound.low is not None else _("di bawah")
        return f"{way} {_whose(found, own)} ({own.spoken})"
    return bound_said(found.place.indicator, bound)


def bound_said(indicator: Indicator, bound: Threshold) -> str:
    """A bound that is a number, as it was said, with the unit it was read in."""
    measure = presenting.measured(indicator).lower()
    if bound.is_scaled and scale_of(measure) > 1:
        measure = " ".join(measure.split()[1:])
    return f"{bound.said} {measure}".strip()
