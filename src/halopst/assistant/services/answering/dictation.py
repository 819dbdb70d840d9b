"""What was dictated to a telephone, joined into words and abbreviations that we know."""

from halopst.assistant.rules.language.dictation import as_written
from halopst.assistant.rules.question.indicators import vocabulary
from halopst.assistant.rules.question.intents import filler
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.words.shorthand import abbreviated
from halopst.knowledge.rules.words.stopwords import STOP
from halopst.knowledge.rules.words.thesaurus import is_word

_OURS = frozenset({"bps", "pst"})


def as_dictated(text: str) -> str:
    return as_written(text, abbreviates=_abbreviates, is_word=_is_word)


def _abbreviates(word: str) -> bool:
    return word in _OURS or word in vocabulary() or bool(abbreviated(word))


def _is_word(word: str) -> bool:
    named = word in vocabulary() or word in gazetteer().words
    return named or word in STOP or word in filler() or bool(abbreviated(word)) or is_word(word)
