"""Passages that say what something is."""

import re
from collections.abc import Sequence

from halopst.knowledge.rules.search.ranking import Read, Sieve
from halopst.knowledge.rules.words.tokens import question, stemmed, tokens

_IS = frozenset(
    map(stemmed, ("adalah", "ialah", "merupakan", "yaitu", "yakni", "artinya", "berarti", "didefinisikan"))
)
_TELLS = frozenset(map(stemmed, ("mengukur", "membandingkan", "menunjukkan", "menggambarkan", "menyatakan")))
_CALLED = frozenset(map(stemmed, ("disebut", "dinamakan", "dinamai")))
_COUNTED_AS = frozenset(
    map(stemmed, ("dikategorikan", "digolongkan", "tergolong", "dihitung", "dianggap", "dikatakan"))
)
_USED = frozenset(map(stemmed, ("dipakai", "digunakan", "dimanfaatkan")))
_WITH_SHORT = re.compile(r"(?P<name>.+?)\s*\((?P<short>[^()]+)\)")
_WHERE = frozenset({"bila", "jika", "apabila", "kalau"})
NEAR = 6
"""The most words that may stand between the thing and the verb."""
COMMON = 3
"""A word that tells so many times less than the rarest one only stands beside the question: "menurut BPS"."""


def defines(sieve: Sieve, read: Read) -> bool:
    """Whether a sentence says what the thing is, or that something has its name."""
    asked = frozenset(stem for stem, told in sieve.idf.items() if told * COMMON >= sieve.heaviest)
    named = frozenset(map(stemmed, tokens(read.lead)))
    return any(
        _names_it(asked, sentence.stems, named)
        or any(says(asked, sentence.stems) for says in (_is, _tells, _is_called, _is_counted, _is_used))
        for sentence in read.sentences
    )


def _is(asked: frozenset[str], said: Sequence[str]) -> bool:
    at = _first(_IS, said)
    return 0 < at <= len(asked) + NEAR and asked <= frozenset(said[:at])


def _tells(asked: frozenset[str], said: Sequence[str]) -> bool:
    """`q-to-q membandingkan ...`: nothing but the name before the verb."""
    at = _first(_TELLS, said)
    return at > 0 and said[0] in asked and said[at - 1] in asked and asked <= frozenset(said[:at])


def is_called(sieve: Sieve, title: str) -> bool:
    """Whether only the thing with this title is asked for, by the long or short name of `Name (N)`."""
    both = _WITH_SHORT.fullmatch(title.strip())
    names = [title, *both.group("name", "short")] if both else [title]
    return any(frozenset(sieve.idf) == frozenset(map(stemmed, question(name).words)) for name in names)


def _names_it(asked: frozenset[str], said: Sequence[str], named: frozenset[str]) -> bool:
    """`Indeks Pembangunan Manusia (IPM) mengukur ...`: the title, which ends in the name, before the verb."""
    at = _first(_TELLS, said)
    return at > 0 and said[at - 1] in asked and asked <= frozenset(said[:at]) <= named


def _is_used(asked: frozenset[str], said: Sequence[str]) -> bool:
    """`... kurva Lorenz, yang dipakai untuk ...`: the use of a thing says what it is."""
    places = (place for place, stem in enumerate(said) if stem in _USED)
    ends = (place - (said[place - 1] == "yang") for place in places if place)
    return any(end > 0 and asked == frozenset(said[max(end - len(asked), 0) : end]) for end in ends)


def _first(verbs: frozenset[str], said: Sequence[str]) -> int:
    return next((place for place, stem in enumerate(said) if stem in verbs), -1)


def _is_called(asked: frozenset[str], said: Sequence[str]) -> bool:
    """`..., disebut deflasi`: the name right after the verb."""
    places = (place for place, stem in enumerate(said) if stem in _CALLED)
    return any(place > 0 and asked <= frozenset(said[place + 1 : place + 2 + len(asked)]) for place in places)


def _is_counted(asked: frozenset[str], said: Sequence[str]) -> bool:
    """`Seseorang dikategorikan miskin bila ...`: the condition says what it is."""
    places = (place for place, stem in enumerate(said) if stem in _COUNTED_AS)
    ends = ((place, _first(_WHERE, said[place:])) for place in places)
    return any(end > 0 and asked <= frozenset(said[place + 1 : place + end]) for place, end in ends)
