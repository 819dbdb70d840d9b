"""The years and regions that a question names, by the regions in the database."""

from halopst.assistant.rules.question import regions
from halopst.assistant.rules.question.years_and_regions import YearsAndRegions, years_and_regions
from halopst.core.spelling import words
from halopst.knowledge.queries.regions import gazetteer


def years_and_regions_of(question: str) -> YearsAndRegions:
    """The years and regions in the question as they are spelled.

    A misspelt one is not taken for a region here: it is no reason to refuse a source.
    """
    said = words(question)
    return years_and_regions(question, said, regions.find(said, gazetteer(), lambda _word: True))
