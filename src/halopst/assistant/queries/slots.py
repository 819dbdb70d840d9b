"""The years and regions a question names, by the regions the database knows."""

from halopst.assistant.rules.question import regions
from halopst.assistant.rules.question.slots import Slots, slots
from halopst.core.spelling import words
from halopst.knowledge.queries.regions import gazetteer


def slots_of(question: str) -> Slots:
    """The years and regions a question names, as they are spelled: a slip is no reason to refuse."""
    said = words(question)
    return slots(question, said, regions.find(said, gazetteer(), lambda _word: True))
