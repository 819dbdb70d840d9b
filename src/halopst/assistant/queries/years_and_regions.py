"""The years and regions a question names, by the regions the database knows."""

from halopst.assistant.rules.question import regions
from halopst.assistant.rules.question.years_and_regions import YearsAndRegions, years_and_regions
from halopst.core.spelling import words
from halopst.knowledge.queries.regions import gazetteer


def years_and_regions_of(question: str) -> YearsAndRegions:
    """The years and regions a question names, as they are spelled: a slip is no reason to refuse."""
    said = words(question)
    return years_and_regions(question, said, regions.find(said, gazetteer(), lambda _word: True))
