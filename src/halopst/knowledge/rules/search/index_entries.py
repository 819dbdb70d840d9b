"""What the index holds of a passage: its words and stems, and how much each weighs."""

from collections.abc import Mapping
from dataclasses import dataclass

from halopst.knowledge.rules.search.ranking import posting_weights
from halopst.knowledge.rules.words.stopwords import STOP
from halopst.knowledge.rules.words.tokens import stemmed, tokens


@dataclass(frozen=True, slots=True)
class Entries:
    """The weight of each word, and of each stem that is not one of the passage's words itself."""

    words: Mapping[str, float]
    stems: Mapping[str, float]


def entries(lead: str, text: str) -> Entries:
    """The entries of a passage; `lead`, its title and heading, counts as the beginning of the text."""
    said = [word for word in tokens(f"{lead}\n{text}") if word not in STOP]
    stems = [stem for word in said if (stem := stemmed(word)) != word]
    length = len(said)
    return Entries(posting_weights(said, length), posting_weights(stems, length))
