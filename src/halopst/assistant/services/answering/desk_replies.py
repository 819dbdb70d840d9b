"""Questions about an office, answered with what the office publishes on this platform."""

import re
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from halopst.assistant.queries import desk as there
from halopst.assistant.queries.desk import Fact
from halopst.assistant.rules.question import desk
from halopst.assistant.rules.question.desk import DeskQuestion, desk_question
from halopst.assistant.services.answering.next_steps import Suggestion, next_steps
from halopst.assistant.services.answering.plain_text import DESK
from halopst.assistant.services.answering.replies import Answer, Citation
from halopst.core.actors import Actor
from halopst.knowledge.queries.regions import gazetteer
from halopst.units.models import Unit

MOST_LINES = 6


def desk_reply(actor: Actor, question: str, *, unit: Unit | None, now: datetime) -> Answer | None:
    """None when the question is about something else, or about something that is not published here."""
    asked = desk_question(question, gazetteer)
    if asked is None:
        return None
    if asked.office is None or (unit and unit.code in {one.code for one in asked.office.regions}):
        return _about(actor, asked, unit, now) if unit else None
    if len(asked.office.regions) > 1:
        return _which(asked, question, unit)
    office = there.office(actor, asked.office.regions[0].code)
    return _about(actor, asked, office, now) if office else None


def _about(actor: Actor, asked: DeskQuestion, unit: Unit, now: datetime) -> Answer | None:
    fact = _fact(actor, asked, unit, now)
    if fact is None:
        return None
    said = "; ".join(line.rstrip(".") for line in fact.lines[:MOST_LINES])
    text = f"{fact.heading}, {unit.name}: {said}."
    cited = Citation(
        external_id=f"{unit.code}:{asked.about}:{asked.service}".rstrip(":"),
        source=DESK,
        title=fact.page,
        heading=fact.heading,
        url=fact.url,
        text="\n".join(fact.lines),
        unit=unit.code,
        date=timezone.localdate(now, unit.tz).isoformat(),
        score=1.0,
    )
    return Answer(text=text, known=True, confidence=1.0, citations=[cited], suggestions=next_steps([], unit))


def _fact(actor: Actor, asked: DeskQuestion, unit: Unit, now: datetime) -> Fact | None:
    today = timezone.localdate(now, unit.tz)
    if asked.about == desk.EXPERTS:
        return there.experts(actor, unit, asked.subject)
    if asked.about == desk.FEE and not asked.service:
        return there.fees(unit, today)
    if asked.about not in desk.OF_OFFICE:
        return there.component(unit, asked.about, asked.service, today)
    of_office = {
        desk.HOURS: lambda: there.hours(unit, now),
        desk.ADDRESS: lambda: there.address(unit),
        desk.CONTACT: lambda: there.contact(unit),
        desk.HEAD: lambda: there.head(unit, today),
    }
    return of_office[asked.about]()


def _which(asked: DeskQuestion, question: str, unit: Unit | None) -> Answer:
    """One question back, as several offices have this name."""
    names = [region.name for region in asked.office.regions] if asked.office else []
    said = re.compile(r"\W+".join(map(re.escape, asked.office_words)), re.IGNORECASE)
    options = [Suggestion("question", name, said.sub(name, question)) for name in names]
    text = _("Kantor mana yang Anda maksud?")
    return Answer(text=text, known=False, suggestions=[*options, *next_steps([], unit)])
