"""The regions of an area in order of a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from halopst.assistant.queries import figures as there
from halopst.assistant.queries.figures import FigureRow
from halopst.assistant.rules.figures import period_choice
from halopst.assistant.rules.figures.answers import (
    NO_DATA,
    Answer,
    Clarify,
    Computed,
    Declined,
    FigureAnswer,
    Shown,
    Table,
)
from halopst.assistant.services.figures import availability, presenting
from halopst.assistant.services.figures.asking import Asking, context_of
from halopst.assistant.services.figures.availability import Found
from halopst.assistant.services.figures.ranked_areas import area_of, inside
from halopst.assistant.services.figures.regions import LISTED
from halopst.assistant.services.figures.single_figure import answer_of
from halopst.knowledge.rules.figures.regions import CITY, NATION, PROVINCE, REGENCY, Region

FEWEST = 2
"""A ranking needs at least so many figures: one alone has no place among others."""
PLACES = 5
MOST_PLACES = 38


@dataclass(frozen=True, slots=True)
class Ranked:
    """The parts of an area that have a figure in one period, highest first.

    `own` is the figure a bound is set by, that of the area or of one of its parts.
    """

    place: Found
    area: Region
    rows: list[FigureRow]
    own: FigureRow | None = None


def ranking(asking: Asking) -> Answer:
    """The first places in the newest period, or in the one asked for, of the regions that have a figure."""
    found = ranked(asking)
    if isinstance(found, Ranked) and asking.apart:
        return _apart(asking, found)
    if isinstance(found, Ranked) and asking.step:
        return _beside(asking, found)
    if not isinstance(found, Ranked) or asking.behind is None:
        return _listing(asking, _answer(asking, found)) if isinstance(found, Ranked) else found
    return _behind(asking, found, asking.behind)


def _listing(asking: Asking, answer: FigureAnswer) -> FigureAnswer:
    """The answer; where a number of places was asked for, their total may be asked next."""
    listed = [one.region_code for one in answer.figures] if asking.limit else []
    return replace(answer, context={**answer.context, LISTED: listed}) if listed else answer


def _apart(asking: Asking, found: Ranked) -> Answer:
    """The first and the last region, and the difference between them.

    If another place is asked for, it must be said of which.
    """
    if asking.ordinal > 1:
        return Declined(
            NO_DATA, _("Sebut kedua wilayah yang selisihnya Anda cari."), context=context_of(asking)
        )
    rows = [found.rows[0], found.rows[-1]]
    highest, lowest = figures = presenting.shown(rows, found.place.indicator)
    apart = presenting.difference(highest, lowest)
    said = _both_ends() % {
        "nama": presenting.titled(found.place.indicator, highest.breakdown),
        "area": _area_said(asking, found.area),
        "periode": highest.period_label,
        "atas": f"{highest.region} {highest.spoken}",
        "bawah": f"{lowest.region} {lowest.spoken}",
        "selisih": apart.text,
    }
    table, chart = ranking_table(figures, places(found.rows)), presenting.bars(figures)
    answer = answer_of(asking, found.place, rows, sentence=said, table=table, chart=chart, computed=(apart,))
    return replace(answer, wordable=False)


def _both_ends() -> str:
    return _(
        "%(nama)s di %(area)s pada %(periode)s: tertinggi %(atas)s, terendah %(bawah)s. "
        "Selisihnya %(selisih)s."
    )


def _behind(asking: Asking, found: Ranked, first: Region) -> Answer:
    """`Tertinggi setelah Surabaya`: which region comes next, and at which place Surabaya stands."""
    rows = found.rows[::-1] if asking.lowest else found.rows
    values = [row.value for row in rows]
    own = next((row.value for row in rows if row.region_code == first.code), None)
    if own is None:
        return _not_in_order(asking, first)
    place, last = values.index(own) + 1, len(values) - values[::-1].index(own)
    answer = _answer(replace(asking, ordinal=last + 1), found)
    said = _("%(wilayah)s di urutan ke-%(urutan)d.") % {"wilayah": first.name, "urutan": place}
    return replace(answer, sentence=f"{said} {answer.sentence}", wordable=False)


def _beside(asking: Asking, found: Ranked) -> Answer:
    """`Siapa di atasnya?`: the next higher or next lower figure, seen from the region shown before."""
    rows = found.rows[::-1] if asking.lowest else found.rows
    values = [row.value for row in rows]
    own = next((row for row in rows if asking.place and row.region_code == asking.place.code), None)
    if asking.place and own is None:
        return _not_in_order(asking, asking.place)
    first = own or rows[_wanted(asking, rows) - 1]
    place, last = values.index(first.value) + 1, len(values) - values[::-1].index(first.value)
    target = place - 1 if (asking.step > 0) != asking.lowest else last + 1
    is_there = 0 < target <= len(rows)
    area = (found.area,) if found.area.code else asking.regions
    number = values.index(values[target - 1]) + 1 if is_there else place
    answer = _answer(replace(asking, ordinal=number, placed=False, regions=area), found)
    from_there = Computed(_("Urutan %(wilayah)s") % {"wilayah": first.region}, str(place), (first.id,))
    computed = (*answer.computed, *([from_there] if is_there else []))
    said = _seen_from(asking, first.region, place if is_there else 0)
    return replace(answer, sentence=f"{said} {answer.sentence}", computed=computed, wordable=False)


def _seen_from(asking: Asking, region: str, place: int) -> str:
    """At which place the region shown before stands; `place` is 0 where nothing lies beyond it."""
    if place:
        return _("%(wilayah)s di urutan ke-%(urutan)d.") % {"wilayah": region, "urutan": place}
    above, below = _("Tidak ada yang di atas %(wilayah)s."), _("Tidak ada yang di bawah %(wilayah)s.")
    return (above if asking.step > 0 else below) % {"wilayah": region}


def _not_in_order(asking: Asking, region: Region) -> Declined:
    said = _("%(wilayah)s tidak ada di urutan ini.") % {"wilayah": region.name}
    return Declined(NO_DATA, said, context=context_of(asking))


def ranked(asking: Asking) -> Ranked | Clarify | Declined:
    """The ranking asked for, or an answer that says why there is none."""
    area, kinds = area_of(asking)
    codes = [region.code for region in inside(asking, area, kinds)]
    place = availability.found(asking, codes)
    if isinstance(place, Clarify):
        return place
    if place is None:
        return availability.none_there(asking)
    periods = there.periods_within(place.indicator.pk, codes, place.breakdown_id)
    choice = period_choice.single(periods, asking.time)
    if not choice.found or choice.apart:
        whole = replace(asking, regions=(area,))
        return availability.none_there(whole, period=next(iter((*choice.apart, *choice.missing)), None))
    rows = there.cells_within(place.indicator.pk, codes, place.breakdown_id, choice.found[-1])
    if len(rows) < FEWEST < len(codes):
        return availability.none_there(asking)
    return Ranked(place, area, rows)


def _answer(asking: Asking, found: Ranked) -> FigureAnswer:
    place, rows = found.place, found.rows[::-1] if asking.lowest else list(found.rows)
    at = places(rows)
    own = next((row for row in rows if asking.place and row.region_code == asking.place.code), None)
    told = [own] if own else [row for row in rows if row.value == rows[_wanted(asking, rows) - 1].value]
    most = min(asking.limit or PLACES, MOST_PLACES)
    chosen = [row for number, row in enumerate(rows) if number < most or row in told]
    figures = presenting.shown(chosen, place.indicator)
    named = [one for one, row in zip(figures, chosen, strict=True) if row in told]
    number = at[named[0].region_code]
    rank = Computed(pgettext("ranking", "Urutan"), str(number), tuple(row.id for row in told))
    table, chart = ranking_table(figures, at), presenting.bars(figures)
    answer = answer_of(
        asking, place, chosen, sentence=_sentence(asking, found, named, number=number), table=table,
        chart=chart, computed=(rank,) if own or number > 1 else (),
    )  # fmt: skip
    if asking.time.is_series or len(asking.time.periods) > 1:
        return replace(answer, known=False, no_text=True, sentence=f"{answer.sentence} {_only_then(answer)}")
    if own is not None and (elsewhere := _other_area(asking, found.area)):
        said = _("Urutan di %(area)s belum ada di sini.") % {"area": elsewhere}
        return replace(answer, known=False, sentence=f"{said} {answer.sentence}")
    is_there = asking.ordinal <= len(rows) or own is not None
    return replace(answer, known=is_there, wordable=number == 1 or own is not None)


def _only_then(answer: FigureAnswer) -> str:
    """The note that, of several years asked for, only one is ranked."""
    said = _("Ini hanya urutan %(periode)s; tanyakan periode lain satu per satu.")
    return said % {"periode": answer.figures[0].period_label}


def _other_area(asking: Asking, area: Region) -> str:
    """`Nomor berapa se-Indonesia?`: the area that is named, where another one is ranked."""
    named = (one for one in asking.regions if one.kind in {NATION, PROVINCE} and one.code != area.code)
    return next((one.name for one in named), "")


def places(rows: Sequence[FigureRow]) -> dict[str, int]:
    """The place of each region; regions with the same figure share a place."""
    values = [row.value for row in rows]
    return {row.region_code: values.index(row.value) + 1 for row in rows}


def _wanted(asking: Asking, rows: Sequence[FigureRow]) -> int:
    """The place asked for, or the last one where there are fewer."""
    return min(max(asking.ordinal, 1), len(rows))


def _sentence(asking: Asking, found: Ranked, named: Sequence[Shown], *, number: int) -> str:
    """Who comes first or stands at the place asked for; of a region asked about, its own place."""
    first, counted = named[0], len(found.rows)
    words = {
        "urutan": number,
        "nama": presenting.titled(found.place.indicator, first.breakdown),
        "ujung": _("terendah") if asking.lowest else _("tertinggi"),
        "area": _area_said(asking, found.area),
        "periode": first.period_label,
        "wilayah": presenting.together([one.region for one in named]),
        "angka": first.spoken,
        "banyak": counted,
        "jenis": kind_word(asking),
    }
    if asking.place or number > 1:
        words["ujung"] = str(words["ujung"]).lower()
    if asking.place:
        return _of_place() % words
    if asking.ordinal > counted:
        return _beyond() % words
    return (_of_number() if number > 1 else _of_first(counted)) % words


def _area_said(asking: Asking, area: Region) -> str:
    """The area in words, with the regions left out."""
    left = presenting.together([one.name for one in asking.without])
    return _("%(area)s selain %(wilayah)s") % {"area": area.name, "wilayah": left} if left else area.name


def _of_place() -> str:
    return _(
        "%(nama)s %(wilayah)s pada %(periode)s: %(angka)s, urutan ke-%(urutan)d %(ujung)s di "
        "%(area)s (dari %(banyak)d %(jenis)s yang angkanya ada)."
    )


def _of_number() -> str:
    return _(
        "%(nama)s %(ujung)s ke-%(urutan)d di %(area)s pada %(periode)s: %(wilayah)s, %(angka)s "
        "(dari %(banyak)d %(jenis)s yang angkanya ada)."
    )


def _beyond() -> str:
    return _(
        "Urutan itu tidak ada: di %(area)s hanya %(banyak)d %(jenis)s yang angkanya ada pada "
        "%(periode)s. %(nama)s di urutan terakhir: %(wilayah)s, %(angka)s."
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
    """A word for what is ranked: `kabupaten`, `kota`, `provinsi`, or `wilayah` for several kinds."""
    kinds = area_of(asking)[1]
    words = {PROVINCE: _("provinsi"), REGENCY: _("kabupaten"), CITY: _("kota")}
    return words.get(kinds[0], _("wilayah")) if len(kinds) == 1 else _("wilayah")


def ranking_table(figures: Sequence[Shown], at: Mapping[str, int]) -> Table:
    rows = tuple((str(at[figure.region_code]), figure.region, figure.text) for figure in figures)
    return Table((pgettext("ranking", "Urutan"), _("Wilayah"), figures[0].measure or _("Nilai")), rows)
