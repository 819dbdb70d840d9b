"""The passage of a text that says what something is."""

from halopst.knowledge.rules.ranking import Read, Sieve
from halopst.knowledge.rules.tokens import stemmed

_IS = frozenset(
    map(stemmed, ("adalah", "ialah", "merupakan", "yaitu", "yakni", "artinya", "berarti", "didefinisikan"))
)
NEAR = 6
"""Words between what is defined and the verb at most."""
COMMON = 3
"""A word that tells so many times less than the rarest is said beside what is asked: "menurut BPS"."""


def defines(sieve: Sieve, read: Read) -> bool:
    """Whether a sentence begins with what was asked about and goes on with what that is."""
    asked = frozenset(stem for stem, told in sieve.idf.items() if told * COMMON >= sieve.heaviest)
    for sentence in read.sentences:
        at = next((place for place, stem in enumerate(sentence.stems) if stem in _IS), -1)
        if 0 < at <= len(asked) + NEAR and asked <= frozenset(sentence.stems[:at]):
            return True
    return False
