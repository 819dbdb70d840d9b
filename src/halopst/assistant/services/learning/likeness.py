"""A question read for comparison: in the words of tables, with the regions and times it means."""

from collections.abc import Sequence
from datetime import date

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.learning.likeness import Reading, slots_of
from halopst.assistant.rules.question import intents
from halopst.assistant.rules.question.indicators import contenders
from halopst.assistant.rules.question.regions import Mention
from halopst.assistant.rules.question.understanding import Understood, understand
from halopst.knowledge.queries import read_as
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.words.stopwords import STOP
from halopst.knowledge.rules.words.tokens import question as worded
from halopst.knowledge.rules.words.tokens import stemmed
from halopst.units.models import Unit

FIGURE, OTHER = "figure", ""


def read(question: str, *, unit: Unit, today: date, before: str = "") -> Reading:
    """The question as it is compared; what it leaves out is taken from the question `before`."""
    said = _understood(question, unit, today)
    if before and (said.leans or not said.topic):
        return _reading(question, said, _understood(before, unit, today), unit)
    return _reading(question, said, said, unit)


def thing_asked(question: str, *, unit: Unit, today: date) -> str:
    """What a question is about: its words without those for region, time and asking, or else all of them."""
    said = _understood(question, unit, today)
    placed = {at for one in said.mentions for at in range(one.start, one.end)} | said.asked.used
    left = [word for at, word in enumerate(said.words) if at not in placed and word not in intents.filler()]
    return " ".join(left).capitalize() or question


def _understood(question: str, unit: Unit, today: date) -> Understood:
    names = there.catalogue(there.offices(unit, ()))
    words = read_as(question, unit)
    return understand(words, gazetteer=gazetteer(), today=today, knows=names.knows, mend=names.mended)


def _reading(question: str, said: Understood, earlier: Understood, unit: Unit) -> Reading:
    topic = said.topic or earlier.topic
    placed = said if said.mentions else earlier
    mentions, guessed = _named(placed.mentions)
    time = earlier.asked if said.asked.is_silent else said.asked
    kind = earlier.kind if said.kind == intents.VALUE else said.kind
    regions = [region.code for one in mentions for region in one.regions]
    indicator = _indicator(topic, regions or [unit.code], unit)
    if indicator:  # only beside a figure may a region be misspelt: elsewhere `magang` is not Malang
        regions += [region.code for one in guessed for region in one.regions]
    else:
        topic = (*topic, *(word for one in guessed for word in placed.words[one.start : one.end]))
    span = f"{time.last}{time.kind}" if time.last else f">{time.since.code}" if time.since else ""
    slots = slots_of(
        kind if kind == intents.DEFINITION else FIGURE if indicator else OTHER,
        indicator=indicator,
        regions=[*(regions or [unit.code]), *(said.spread or earlier.spread)],
        periods=[period.code for period in time.periods],
        span=span or str(time.part or ""),
    )
    words = topic or worded(question).words
    return Reading(slots, frozenset(stemmed(word) for word in words if word not in STOP))


def _named(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The regions named exactly, and those that a misspelt word was taken for."""
    return [one for one in mentions if one.is_exact], [one for one in mentions if not one.is_exact]


def _indicator(topic: tuple[str, ...], regions: list[str], unit: Unit) -> int | None:
    """The one indicator that the words name; None for none or several."""
    matches = there.catalogue(there.offices(unit, regions)).match(topic)
    groups = contenders(matches)
    return groups[0][0].thing.id if len(groups) == 1 else None
