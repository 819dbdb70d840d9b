"""How two things differ: if no text tells, the definition of each, one below the other."""

from collections.abc import Sequence
from datetime import date

from halopst.assistant.queries.years_and_regions import years_and_regions_of
from halopst.assistant.rules.question.differences import names_all, pair, says_difference
from halopst.assistant.services.answering.quoting import answer_of, found_for, known
from halopst.assistant.services.answering.replies import Answer
from halopst.assistant.services.answering.title_matches import called, defined_first, is_under_review
from halopst.core.actors import Actor
from halopst.core.spelling import words
from halopst.knowledge.queries import Found, Hit
from halopst.knowledge.rules.search.confidence import SURE
from halopst.knowledge.rules.texts.prompt_injection import gives_orders
from halopst.units.models import Unit


def both_definitions(actor: Actor, said: str, unit: Unit | None, today: date) -> Answer | None:
    """Both definitions; None if a text tells the difference itself, or if a definition is not sure."""
    named = years_and_regions_of(said)
    if not (things := pair(said)) or named.years or named.regions:
        return None
    first = found_for(actor, said, unit, today).hits[:1]
    if any(_tells_apart(hit, things) for hit in first):
        return None
    told = [defined(actor, thing, unit, today) for thing in things]
    sure = [one for one in told if one is not None]
    if len(sure) < len(things) or len({hit.passage_id for _found, hit in sure}) < len(things):
        return None
    return answer_of(sure, [], unit)


def told_apart(actor: Actor, said: str, unit: Unit | None, today: date) -> Answer | None:
    """What a text says of the difference between the two things; None if none tells it."""
    found = found_for(actor, said, unit, today)
    fitting = [hit for hit in found.hits[:1] if _tells_apart(hit, pair(said)) and not _gives_orders(hit)]
    return known(found, fitting, unit) if fitting else None


def _tells_apart(hit: Hit, things: Sequence[str]) -> bool:
    """Whether a text tells the difference: its title says so, or it surely answers and names both things."""
    title = f"{hit.document.title} {hit.heading}"
    return says_difference(title, things) or (hit.score >= SURE and names_all(hit.read.text, things))


def defined(actor: Actor, thing: str, unit: Unit | None, today: date) -> tuple[Found, Hit] | None:
    """The text that surely says what the thing is."""
    asked = f"apa itu {thing}"
    found = found_for(actor, asked, unit, today)
    hits = defined_first(asked, found.hits)
    if not hits or hits[0].score < SURE or is_under_review(actor, asked, hits, unit, today):
        return None
    is_headed = words(hits[0].heading) == words(thing)
    is_said = hits[0].seen["defines"] or called(asked, found.hits) or is_headed
    return (found, hits[0]) if is_said and not _gives_orders(hits[0]) else None


def _gives_orders(hit: Hit) -> bool:
    return gives_orders(f"{hit.read.lead}\n{hit.read.text}")
