"""What goes on from a definition: `kalau TPAK?`, `bedanya dengan TPT?`, `bedanya apa?`."""

from datetime import date

from halopst.assistant.queries.years_and_regions import years_and_regions_of
from halopst.assistant.rules.question.after_definitions import another, asks_difference_alone, other
from halopst.assistant.services.answering.differences import both_definitions, defined, told_apart
from halopst.assistant.services.answering.figure_replies import (
    follow_of,
    going_on,
    indicator_before,
    things_defined,
)
from halopst.assistant.services.answering.quoting import known
from halopst.assistant.services.answering.replies import Answer
from halopst.core.actors import Actor
from halopst.units.models import Unit

PAIR = 2


def told_after(actor: Actor, said: str, *, unit: Unit | None, today: date, follow: str) -> Answer | None:
    """None if it asks for nothing of that kind, or if a definition is not sure."""
    if not follow:
        return None
    if things := _apart(said, follow):
        asked = f"beda {things[0]} dan {things[1]}"
        told = both_definitions(actor, asked, unit, today) or told_apart(actor, asked, unit, today)
        return going_on(told, follow) if told else None
    return _another_defined(actor, said, unit=unit, today=today, follow=follow)


def _apart(said: str, follow: str) -> tuple[str, ...]:
    """The two things whose difference is asked for; empty if that is not asked, or of which is unclear.

    After a figure one of them is what it measures.
    """
    if asks_difference_alone(said):
        both = things_defined(follow)
        return both if len(both) == PAIR else ()
    if not (thing := other(said)) or _is_placed(thing):
        return ()
    before = next(reversed(things_defined(follow)), "") or indicator_before(follow)
    return (before, thing) if before else ()


def _another_defined(
    actor: Actor, said: str, *, unit: Unit | None, today: date, follow: str
) -> Answer | None:
    """`Kalau TPAK?` after what TPT is; of a year or a region it asks for a figure instead."""
    if not things_defined(follow) or not (thing := another(said)):
        return None
    found = None if _is_placed(thing) else defined(actor, thing, unit, today)
    if found is None:
        return None
    told = known(found[0], [found[1]], unit)
    return going_on(told, follow_of(thing, unit=unit, today=today, follow=follow))


def _is_placed(thing: str) -> bool:
    """Whether it names a year or a region."""
    named = years_and_regions_of(thing)
    return bool(named.years or named.regions)
