"""From which survey a figure comes: what a text says, else the table it was read from."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from halopst.assistant.rules.question.everyday_phrasing import formal
from halopst.assistant.rules.question.surveys import names_survey, surveyed
from halopst.assistant.services.answering.figure_replies import indicator_before
from halopst.assistant.services.answering.quoting import answer_of, citation, found_for, said_by
from halopst.assistant.services.answering.replies import Answer
from halopst.assistant.services.answering.several_figures import figures_told
from halopst.core.actors import Actor
from halopst.core.spelling import words
from halopst.knowledge.queries import Found, Hit
from halopst.knowledge.rules.search.confidence import SURE
from halopst.knowledge.rules.texts.prompt_injection import gives_orders
from halopst.units.models import Unit

_ASKED = ("survei dihitung {}", "survei {}", "sumber {}")


def survey_told(actor: Actor, question: str, *, unit: Unit | None, today: date, follow: str) -> Answer | None:
    """The survey a figure comes from; None if that is not asked, or if it is unclear of which figure."""
    of_what = surveyed(words(question))
    if of_what is None:
        return None
    asked = " ".join(of_what)
    figure = figures_told(asked, unit=unit, today=today, follow="") if asked else None
    name = (figure.answer.title if figure else "") or asked or indicator_before(follow)
    if not name:
        return None
    if (told := _by_text(actor, name, unit, today)) is not None:
        return told
    return None if asked else _by_table(unit, today, follow)


def _by_text(actor: Actor, name: str, unit: Unit | None, today: date) -> Answer | None:
    for form in _ASKED:
        found = found_for(actor, formal(form.format(name)), unit, today)
        for hit in found.hits[:1]:
            is_order = gives_orders(f"{hit.read.lead}\n{hit.read.text}")
            if hit.score >= SURE and not is_order and (said := _names_it(found, hit)):
                told = answer_of([(found, hit)], [], unit)
                return replace(
                    told, text=said_by(hit, said), citations=[replace(told.citations[0], text=said)]
                )
    return None


def _names_it(found: Found, hit: Hit) -> str:
    """The quoted words if they name a survey, else the sentences that do."""
    told = citation(found, hit).text
    if names_survey(words(told)):
        return told
    return " ".join(one.text for one in hit.read.sentences if names_survey(words(one.text)))


def _by_table(unit: Unit | None, today: date, follow: str) -> Answer | None:
    """The table the figures were read from, where no text names their survey."""
    source = figures_told("sumbernya dari mana", unit=unit, today=today, follow=follow)
    if source is None or not source.answer.figures:
        return None
    said = _("Dari survei apa, tidak disebut di tabel ini maupun di tulisan kami.")
    return replace(source.answer, text=f"{source.answer.text} {said}", known=False, wordable=False)
