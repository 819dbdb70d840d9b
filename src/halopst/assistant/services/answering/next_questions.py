"""Questions to offer after figures: only those that the same table answers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from halopst.assistant.queries.figures import periods_beside
from halopst.assistant.rules.figures.answers import FigureAnswer, Shown
from halopst.assistant.rules.question import intents
from halopst.assistant.services.answering.next_steps import Suggestion
from halopst.core.formats import language
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.rules.figures.regions import CITY, PROVINCE, REGENCY, Region, full_name

A_SERIES = 3
ORDERS = frozenset([intents.RANKING, intents.THRESHOLD])

Periods = dict[str, set[Period]]


def next_questions(found: FigureAnswer) -> list[Suggestion]:
    """Questions that go on from these figures, each answered by cells that are there."""
    if not found.known or not found.figures:
        return []
    figure = _asked_about(found)
    known = gazetteer().by_code
    region = known.get(figure.region_code)
    if region is None:
        return []
    around = known.get(region.parent)
    there = periods_beside(figure.cell_id, [one.code for one in (region, around) if one])
    asked = _asked(found, figure, region, around, there)
    return [Suggestion("onward", label, question) for label, question in asked]


def _asked_about(found: FigureAnswer) -> Shown:
    """The newest figure of the region asked about; the first of a ranking that asks about none."""
    if found.context["kind"] in ORDERS and not found.context.get("place"):
        return found.figures[0]
    wanted = found.context.get("place") or next(iter(found.context["regions"]), "")
    own = [figure for figure in found.figures if figure.region_code == wanted]
    return max(own or found.figures, key=lambda figure: figure.period.last_month)


def _asked(
    found: FigureAnswer, figure: Shown, region: Region, around: Region | None, there: Periods
) -> Iterator[tuple[str, str]]:
    kind = found.context["kind"]
    if found.context.get("parts"):
        yield _order_of_parts(found, figure, region)
    words = {
        "nama": found.indicator,
        "wilayah": full_name(region),
        "periode": figure.period.label(language()),
    }
    shown = sum(figure.region_code == region.code for figure in found.figures)
    if shown < A_SERIES <= len(there.get(region.code, ())):
        label = _("Perkembangan di %(wilayah)s") % {"wilayah": region.name}
        yield label, _("Tren %(nama)s %(wilayah)s") % words
    alone = len({one.region_code for one in found.figures}) == 1
    if around is None or not alone or figure.period not in there.get(around.code, ()):
        return
    label = _("Bandingkan dengan %(wilayah)s") % {"wilayah": around.name}
    words |= {"lain": full_name(around)}
    if kind == intents.TREND:
        yield label, _("Tren %(nama)s %(wilayah)s dan %(lain)s") % words
    else:
        yield label, _("Bandingkan %(nama)s %(wilayah)s dan %(lain)s %(periode)s") % words


def _order_of_parts(found: FigureAnswer, figure: Shown, region: Region) -> tuple[str, str]:
    """The ranking of an area's parts, offered where their mean was asked for."""
    asked = {CITY: _("kota mana"), REGENCY: _("kabupaten mana"), PROVINCE: _("provinsi mana")}
    kinds = found.context["parts"]
    words = {
        "mana": asked[kinds[0]] if len(kinds) == 1 and kinds[0] in asked else _("kabupaten/kota mana"),
        "nama": found.indicator, "wilayah": full_name(region), "periode": figure.period.label(language()),
    }  # fmt: skip
    label = _("Urutan wilayah di %(wilayah)s") % {"wilayah": region.name}
    return label, _("%(mana)s dengan %(nama)s tertinggi di %(wilayah)s %(periode)s") % words
