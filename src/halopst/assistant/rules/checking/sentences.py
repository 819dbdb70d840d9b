"""What a model wrote, sentence by sentence, checked against the sources it cites; nothing else is shown."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from halopst.assistant.rules.checking.cleaning import address_in, cleaned
from halopst.assistant.rules.checking.directions import wrong_direction
from halopst.assistant.rules.checking.english_sentences import stranger
from halopst.assistant.rules.checking.number_placement import misplaced, own_words
from halopst.assistant.rules.checking.placeholder_context import misused
from halopst.assistant.rules.checking.sources import PLACEHOLDER, Draft, Sentence, Source
from halopst.assistant.rules.checking.stated_numbers import unresolved
from halopst.assistant.rules.privacy.masking import MASK, contacts_masked
from halopst.assistant.rules.question.remarks import tells_of_person
from halopst.knowledge.rules.figures.periods import Lang
from halopst.knowledge.rules.words.tokens import stemmed, tokens

LONGEST_SENTENCE = 500
MOST_SENTENCES = 12
SUPPORTED = 0.5
"""The share of a sentence's own words that its sources must hold."""
LEAKED_WORDS = 6
_DENIES = re.compile(
    r"\b(?:tidak|bukan|belum|tanpa|tak|tiada|jangan|not|never|no(?!\.|\s*\d)|without|\w+n['’]t)\b",
    re.IGNORECASE,
)


class Flaw(StrEnum):
    """Why a sentence is not shown."""

    UNCITED = "uncited"
    CITATION = "citation"
    NUMBER = "number"
    PLACEHOLDER = "placeholder"
    DIRECTION = "direction"
    UNSUPPORTED = "unsupported"
    ADDRESS = "address"
    PERSONAL = "personal"
    LEAK = "leak"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Offence:
    """What is wrong with sentence number `sentence` (from 1); `said` is the part of it, as written."""

    sentence: int
    flaw: Flaw
    said: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The sentences that may be shown, cleaned, with their placeholders; and what was wrong with others."""

    sentences: tuple[Sentence, ...]
    offences: tuple[Offence, ...]

    @property
    def passed(self) -> bool:
        """Whether sentences are left, and others only lack a citation; any other flaw spoils the whole."""
        return bool(self.sentences) and all(one.flaw is Flaw.UNCITED for one in self.offences)


def check(draft: Draft, sources: Sequence[Source], prompt: str, lang: Lang = "id") -> Checked:
    kept: list[Sentence] = []
    offences: list[Offence] = []
    if len(draft.sentences) > MOST_SENTENCES:
        offences.append(Offence(MOST_SENTENCES + 1, Flaw.LENGTH, str(len(draft.sentences))))
    for at, written in enumerate(draft.sentences[:MOST_SENTENCES], 1):
        sentence = Sentence(cleaned(written.text), tuple(dict.fromkeys(written.cites)))
        if (found := flaw(sentence, sources, prompt, lang)) is None:
            kept.append(sentence)
        else:
            offences.append(Offence(at, *found))
    return Checked(tuple(kept), tuple(offences))


def flaw(
    sentence: Sentence, sources: Sequence[Source], prompt: str, lang: Lang = "id"
) -> tuple[Flaw, str] | None:
    """The first flaw of a cleaned sentence that was to be written in the language `lang`."""
    by_number = {source.number: source for source in sources}
    if not sentence.cites or not sentence.text:
        return Flaw.UNCITED, sentence.text[:80]
    if unknown := [number for number in sentence.cites if number not in by_number]:
        return Flaw.CITATION, str(unknown[0])
    if len(sentence.text) > LONGEST_SENTENCE:
        return Flaw.LENGTH, sentence.text[:80]
    cited = [by_number[one] for one in sentence.cites]
    if weak := next((one for one in cited if one.weak), None):
        return Flaw.CITATION, f"pertanyaan ({weak.number}; cari dengan kata lain)"
    return _form(sentence, by_number) or _content(sentence, cited, sources, prompt, lang)


def _form(sentence: Sentence, by_number: Mapping[int, Source]) -> tuple[Flaw, str] | None:
    if (
        contacts_masked(sentence.text) != sentence.text
        or MASK.search(sentence.text)
        or tells_of_person(sentence.text)
    ):
        return Flaw.PERSONAL, ""
    if address := address_in(sentence.text):
        return Flaw.ADDRESS, address
    if wrong := misused(sentence, by_number):
        return Flaw.PLACEHOLDER, wrong
    return None


def _content(
    sentence: Sentence, cited: Sequence[Source], every: Sequence[Source], prompt: str, lang: Lang
) -> tuple[Flaw, str] | None:
    text = PLACEHOLDER.sub(" ", sentence.text)
    read = [f"{source.title}\n{source.text}" for source in cited]
    if strange := foreign(text, read):
        return Flaw.UNSUPPORTED, strange
    if number := next((one.text for one in unresolved(text, read)), "") or misplaced(text, cited):
        return Flaw.NUMBER, number
    if word := wrong_direction(sentence.text, cited, every):
        return Flaw.DIRECTION, word
    if leaked(text, prompt, read):
        return Flaw.LEAK, ""
    loose = stranger(sentence.text, every) if lang == "en" else _unsupported(text, read)
    return (Flaw.UNSUPPORTED, loose) if loose else None


def _unsupported(text: str, read: Sequence[str]) -> str:
    """A denial that no source makes, or the beginning of a sentence mostly in its own words; else empty."""
    return denial(text, read) or (text[:80] if support(text, read) < SUPPORTED else "")


def denial(text: str, read: Sequence[str]) -> str:
    """The first word that denies, if no source denies anything; else empty."""
    found = _DENIES.search(text)
    return found[0] if found and not any(_DENIES.search(one) for one in read) else ""


def foreign(text: str, read: Sequence[str]) -> str:
    """The first letter or digit of a script that no source uses: it could hide a number."""
    for one in text:
        ours = one.isascii() or not (one.isalpha() or one.isnumeric())
        if (
            not ours
            and not unicodedata.name(one, "").startswith("LATIN")
            and not any(one in two for two in read)
        ):
            return one
    return ""


def support(text: str, read: Sequence[str]) -> float:
    """The share of the words of `text` that stand in the sources; 1 when it has none of its own."""
    own = own_words(text)
    held = {stemmed(word) for one in read for word in tokens(one)}
    return len(own & held) / len(own) if own else 1.0


def leaked(text: str, prompt: str, read: Sequence[str]) -> bool:
    """Whether it repeats six words in a row of our own instructions that no source has."""
    ours = _runs(prompt) - {run for one in read for run in _runs(one)}
    return not ours.isdisjoint(_runs(text))


def _runs(text: str) -> set[tuple[str, ...]]:
    said = tokens(text)
    return {tuple(said[at : at + LEAKED_WORDS]) for at in range(len(said) - LEAKED_WORDS + 1)}
