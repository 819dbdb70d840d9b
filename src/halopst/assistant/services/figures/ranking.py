"""The regions of an area in order of a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from halopst.assistant.queries import figures as there
from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules.figures import choosing
from halopst.assistant.rules.figures.answers import (
    Answer,
    Clarify,
    Computed,
    Declined,
    FigureAnswer,
    Shown,
    Table,
)
from halopst.assistant.services.figures import finding, shaping
from halopst.assistant.services.figures.finding import Found
from halopst.assistant.services.figures.reading import Asking, area_of
from halopst.assistant.services.figures.single import answer_of
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.regions import CITY, NATION, PROVINCE, REGENCY, Region

FEWEST = 2
"""One figure alone has no place among others."""
PLACES = 5
MOST_PLACES = 38


@dataclass(frozen=True, slots=True)
class Ranked:
    """The parts of an area that have a figure in one period, highest first; `own` is the area's, if asked."""

    place: Found
    area: Region
    rows: list[FigureRow]
    own: FigureRow | None = None


def ranking(asking: Asking) -> Answer:
    """The first places of the newest period, or of the one asked for, among regions that have a figure."""
    found = ranked(asking)
    return _answer(asking, found) if isinstance(found, Ranked) else found


def ranked(asking: Asking) -> Ranked | Clarify | Declined:
    """Or why there is no such order."""
    area, kinds = area_of(asking)
    codes = [region.code for region in _inside(area, kinds)]
    place = finding.found(asking, codes)
    if isinstance(place, Clarify):
        return place
    if place is None:
        return finding.none_there(asking)
    periods = there.periods_within(place.indicator.pk, codes, place.breakdown_id)
    choice = choosing.single(periods, asking.time)
    if not choice.found:
        return finding.none_there(asking, period=next(iter(choice.missing), None))
    rows = there.cells_within(place.indicator.pk, codes, place.breakdown_id, choice.found[-1])
    if len(rows) < FEWEST < len(codes):
        return finding.none_there(asking)
    return Ranked(place, area, rows)


def _inside(area: Region, kinds: Sequence[str]) -> list[Region]:
    """The parts of an area of these kinds; of the whole country, all of that kind."""
    known = gazetteer()
    inside = known.by_code.values() if area.kind == NATION else known.children(area.code)
    return [region for region in inside if region.kind in kinds]


def _answer(asking: Asking, found: Ranked) -> FigureAnswer:
    place, area, rows = found.place, found.area, list(found.rows)
    counted = len(rows)
    if asking.lowest:
        rows.reverse()
    at = {row.region_code: number for number, row in enumerate(rows, 1)}
    own = next((row for row in rows if asking.place and row.region_code == asking.place.code), None)
    rows = rows[: min(asking.limit or PLACES, MOST_PLACES)]
    rows += [own] if own and own not in rows else []
    figures = shaping.shown(rows, place.indicator)
    first = next((one for one in figures if own and one.region_code == own.region_code), figures[0])
    sentence = _sentence(asking, place, area, first, counted, number=at[first.region_code] if own else 0)
    rank = (Computed(pgettext("ranking", "Urutan"), str(at[own.region_code]), (own.id,)),) if own else ()
    table, chart = ranking_table(figures, at), shaping.bars(figures)
    return answer_of(asking, place, rows, sentence=sentence, table=table, chart=chart, computed=rank)


def _sentence(asking: Asking, place: Found, area: Region, first: Shown, counted: int, *, number: int) -> str:
    """Who comes first; of a region whose place is asked for, with its `number`."""
    words = {
        "urutan": number,
        "nama": shaping.titled(place.indicator, first.breakdown),
        "ujung": _("terendah") if asking.lowest else _("tertinggi"),
        "area": area.name,
        "periode": first.period_label,
        "wilayah": first.region,
        "angka": first.spoken,
        "banyak": counted,
        "jenis": kind_word(asking),
    }
    if number:
        return _of_place() % {**words, "ujung": str(words["ujung"]).lower()}
    return _of_first(counted) % words


def _of_place() -> str:
    return _(
        "%(nama)s %(wilayah)s pada %(periode)s: %(angka)s, urutan ke-%(urutan)d %(ujung)s di "
        "%(area)s (dari %(banyak)d %(jenis)s yang angkanya ada)."
    )


def _of_first(counted: int) -> str:
    return ngettext(
        "%(nama)s %(ujung)s di %(area)s pada %(periode)s: %(wilayah)s, %(angka)s "
        "(dari %(banyak)d %(jenis)s yang angkanya ada).",
        "%(nama)s %(ujung)s di %(area)s pada %(periode)s: %(wilayah)s, %(angka)s "
        "(dari %(banyak)d %(jenis)s yang angkanya ada).",
        counted,
    )


def kind_word(asking: Asking) -> str:
    """What the places are, together."""
    kinds = area_of(asking)[1]
    words = {PROVINCE: _("provinsi"), REGENCY: _("kabupaten"), CITY: _("kota")}
    return words.get(kinds[0], _("wilayah")) if len(kinds) == 1 else _("wilayah")


def ranking_table(figures: Sequence[Shown], at: Mapping[str, int]) -> Table:
    rows = tuple((str(at[figure.region_code]), figure.region, figure.text) for figure in figures)
    return Table((pgettext("ranking", "Urutan"), _("Wilayah"), figures[0].measure or _("Nilai")), rows)
