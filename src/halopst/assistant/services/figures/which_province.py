"""A question about the whole country that only provinces can answer: which of them is meant."""

from datetime import date

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.figures.answers import Clarify, Context, Option
from halopst.assistant.rules.question import regions
from halopst.assistant.services.figures import resolving
from halopst.assistant.services.figures.asking import Asking
from halopst.assistant.services.figures.regions import MOST_OPTIONS
from halopst.core.spelling import words
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.figures.regions import NATION, PROVINCE
from halopst.units.models import Unit


def which_province(question: str, *, unit: Unit | None, today: date, context: Context) -> Clarify | None:
    """The provinces to choose from.

    None where another office is asked, a part of the country is named, or no province has the figure.
    """
    is_nation = unit is None or unit.kind == Unit.Kind.HEAD_OFFICE
    asks = _without_nation(question) if is_nation and not context.get("indicator") else ""
    if not asks:
        return None
    having = [one for one in there.provinces_with_figures() if _has(asks, one, today)][:MOST_OPTIONS]
    if not having:
        return None
    return Clarify(
        _("Angka itu belum ada di sini untuk seluruh Indonesia. Wilayah mana yang Anda maksud?"),
        tuple(Option(one.region, f"{asks} {one.region}") for one in having),
    )


def _without_nation(question: str) -> str:
    """The question without its words for the whole country; empty where it names a part of the country."""
    said = words(question)
    mentions = regions.find(said, gazetteer(), lambda _word: True)
    if any(region.kind != NATION for one in mentions for region in one.regions):
        return ""
    named = {at for one in mentions for at in range(one.start, one.end)}
    return " ".join(word for at, word in enumerate(said) if at not in named)


def _has(question: str, office: Unit, today: date) -> bool:
    """Whether this province's office would answer, or ask which of its figures is meant."""
    asked = resolving.read(question, unit=office, today=today, context={})
    if not isinstance(asked, Asking):
        return isinstance(asked, Clarify)
    is_its_own = [one.code for one in asked.regions] == [office.code] and PROVINCE not in asked.spread
    return is_its_own and any(there.breakdowns_there(one.pk, [office.code]) for one in asked.indicators)
