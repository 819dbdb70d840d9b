"""Plain arithmetic of letters: what their values may be, how numbers are written, what may follow what."""

from halopst.letters.rules.fields import Field, Gap, Shape, gaps, hidden, presentable, shown, with_private
from halopst.letters.rules.numbers import (
    NumberParts,
    PatternFault,
    Resets,
    format_number,
    parse_number,
    pattern_fault,
    period_key,
)
from halopst.letters.rules.offices import letterhead, number_code, official_name
from halopst.letters.rules.people import initials_of, same_person
from halopst.letters.rules.sources import forbidden_word
from halopst.letters.rules.states import (
    BY_VALUES,
    ENDED,
    HOLDING,
    MOVES,
    SIGNABLE,
    SIGNED,
    Move,
    State,
    Verb,
    is_ahead,
    is_behind,
    verbs,
)
from halopst.letters.rules.words import date_in_words, number_in_words, roman, rupiah_in_words

__all__ = [
    "BY_VALUES",
    "ENDED",
    "HOLDING",
    "MOVES",
    "SIGNABLE",
    "SIGNED",
    "Field",
    "Gap",
    "Move",
    "NumberParts",
    "PatternFault",
    "Resets",
    "Shape",
    "State",
    "Verb",
    "date_in_words",
    "forbidden_word",
    "format_number",
    "gaps",
    "hidden",
    "initials_of",
    "is_ahead",
    "is_behind",
    "letterhead",
    "number_code",
    "number_in_words",
    "official_name",
    "parse_number",
    "pattern_fault",
    "period_key",
    "presentable",
    "roman",
    "rupiah_in_words",
    "same_person",
    "shown",
    "verbs",
    "with_private",
]
