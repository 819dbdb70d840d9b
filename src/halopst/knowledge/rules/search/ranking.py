"""The order of what is found: BM25 from the index, then a linear look at the best of them.

docs/knowledge.md has the formulae and where the weights come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import compress, pairwise
from math import exp, fsum, log

from halopst.knowledge.rules.search.answer_kinds import Sought, holds
from halopst.knowledge.rules.words.tokens import sentences, stemmed, tokens

K1, B, USUAL_LENGTH = 1.2, 0.6, 90
STEM_SHARE = 0.6  # the weight of a stem beside the word itself
SAME_SHARE = 0.3  # the weight of a word of nearly the same meaning
CANDIDATES = 30  # how many of the index's best are looked at closely
WINDOW, LEAD, SOON, MANY = 15, 8, 10, 10

# Fitted on an encyclopaedic training set; the names are explained in docs/knowledge.md.
WEIGHTS: Mapping[str, float] = {
    "best_sentence": -0.998,
    "best_sentence_of_kind": 1.823,
    "bigrams": -0.272,
    "bm25_to_top": 1.226,
    "bm25_to_most": -0.873,
    "covered": 0.131,
    "first_hit": 1.326,
    "lead": 1.065,
    "length": -0.169,
    "heaviest_missing": -1.488,
    "numbers_missing": -1.228,
    "reciprocal_rank": 1.133,
    "of_kind": 0.588,
    "window": 2.576,
}
Features = dict[str, float]


def posting_weights(said: Sequence[str], length: int) -> dict[str, float]:
    """What each term weighs in a passage of `length` words: tf / (tf + K), where K grows with the length."""
    k = K1 * (1 - B + B * length / USUAL_LENGTH)
    counts: dict[str, int] = {}
    for term in said:
        counts[term] = counts.get(term, 0) + 1
    return {term: count / (count + k) for term, count in counts.items()}


def idf(df: int, passages: int) -> float:
    """How much a term tells: never below 0, and most for a term that no text has."""
    return log(1 + max(passages - df + 0.5, 0.5) / (df + 0.5))


@dataclass(frozen=True)
class Sentence:
    text: str
    stems: tuple[str, ...]

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.stems)


@dataclass(frozen=True)
class Read:
    """A passage as the ranking reads it: the title and heading in front of the text."""

    lead: str
    text: str

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(Sentence(one, tuple(map(stemmed, tokens(one)))) for one in sentences(self.text))

    @cached_property
    def lead_stems(self) -> tuple[str, ...]:
        return tuple(map(stemmed, tokens(self.lead)))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return (*self.lead_stems, *(stem for one in self.sentences for stem in one.stems))

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.stems)

    def in_words_of(self, sieve: "Sieve") -> "Read":
        """The passage with the question's own word in place of each word of nearly the same meaning."""
        return (
            self if self.known.isdisjoint(sieve.same) else _Reworded(self.lead, self.text, self, sieve.same)
        )


@dataclass(frozen=True)
class _Reworded(Read):
    said: Read
    same: Mapping[str, str]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(Sentence(one.text, self._asked(one.stems)) for one in self.said.sentences)

    @cached_property
    def lead_stems(self) -> tuple[str, ...]:
        return self._asked(self.said.lead_stems)

    def _asked(self, stems: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.same.get(stem, stem) for stem in stems)


@lru_cache(maxsize=5_000)
def read(lead: str, text: str) -> Read:
    """The passage, remembered by its text, as the same passages answer many questions."""
    return Read(lead, text)


@dataclass(frozen=True)
class Sieve:
    """What a question asks of a passage: its stems in their order, with how much each tells.

    `numbers` and `names` are the stems that an answer can hardly do without. `most` is how much a word tells
    that no passage has. `same` maps stems of nearly the same meaning to the one asked.
    """

    idf: Mapping[str, float]
    most: float
    numbers: frozenset[str]
    names: frozenset[str]
    kind: Sought
    same: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def total(self) -> float:
        return sum(self.idf.values()) or 1.0

    @cached_property
    def heaviest(self) -> float:
        return max(self.idf.values(), default=1.0) or 1.0

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        words = tuple(self.idf)
        return tuple(pairwise(words))

    def covered_by(self, stems: frozenset[str]) -> float:
        return sum(weight for stem, weight in self.idf.items() if stem in stems) / self.total

    def covered_beyond(self, title: frozenset[str], stems: frozenset[str]) -> float:
        """The share that `stems` hold of the question beyond the title; 1 where the title holds all of it."""
        rest = {stem: weight for stem, weight in self.idf.items() if stem not in title}
        told = sum(weight for stem, weight in rest.items() if stem in stems)
        return told / (sum(rest.values()) or 1.0) if rest else 1.0


def features(sieve: Sieve, read: Read, *, bm25: float, top: float, rank: int) -> Features:
    """What is seen of one candidate; `top` is the best score in the index, `rank` counts from 0."""
    stems, known = read.stems, read.known
    hits = [(at, stem) for at, stem in enumerate(stems) if stem in sieve.idf]
    missing = [weight for stem, weight in sieve.idf.items() if stem not in known]
    covers = [sieve.covered_by(one.known) for one in read.sentences]
    answering = [holds(sieve.kind, one.text) for one in read.sentences]
    return {
        "best_sentence": max(covers, default=0.0),
        "best_sentence_of_kind": max(compress(covers, answering), default=0.0),
        "bigrams": _bigrams(sieve, stems),
        "bm25_to_top": bm25 / (top or 1.0),
        "bm25_to_most": bm25 / ((1 + STEM_SHARE) * sieve.total),
        "covered": sieve.covered_by(known),
        "first_hit": 1 / (1 + hits[0][0] / SOON) if hits else 0.0,
        "lead": max((sieve.idf[stem] for at, stem in hits if at < LEAD), default=0.0) / sieve.heaviest,
        "length": log(1 + len(stems)),
        "heaviest_missing": max(missing, default=0.0) / sieve.heaviest,
        "numbers_missing": _share_missing(sieve.numbers, known),
        "names_apart": _names_apart(sieve, read, list(zip(covers, answering, strict=True))),
        "rarest_missed": _rarest_missed(sieve, known),
        "words": min(len(sieve.idf), MANY),
        "reciprocal_rank": 1 / (1 + rank),
        "of_kind": float(any(answering)),
        "window": _window(sieve, hits),
    }


def beyond_title(sieve: Sieve, read: Read) -> float:
    """The most that one sentence of the kind sought says of the question beyond the title.

    It is kept apart from the other features, as it only tells how sure the first hit is.
    """
    title = frozenset(read.lead_stems)
    answering = (one.known for one in read.sentences if holds(sieve.kind, one.text))
    return max((sieve.covered_beyond(title, known) for known in answering), default=0.0)


def score(seen: Features, weights: Mapping[str, float] = WEIGHTS) -> float:
    return sum(weight * seen[name] for name, weight in weights.items())


def logistic(value: float) -> float:
    return 1 / (1 + exp(-max(min(value, 30.0), -30.0)))


def _names_apart(sieve: Sieve, read: Read, worth: Sequence[tuple[float, bool]]) -> float:
    """The share of the names that neither the title, the first sentence nor the best sentence holds."""
    if not sieve.names:
        return 0.0
    said = frozenset(read.lead_stems)
    if worth:
        said |= read.sentences[0].known | read.sentences[worth.index(max(worth))].known
    return _share_missing(sieve.names, said)


def _bigrams(sieve: Sieve, stems: Sequence[str]) -> float:
    if not sieve.pairs:
        return 0.0
    adjacent = set(pairwise(stems))
    return sum(pair in adjacent for pair in sieve.pairs) / len(sieve.pairs)


def _share_missing(named: frozenset[str], known: frozenset[str]) -> float:
    return len(named - known) / len(named) if named else 0.0


def _rarest_missed(sieve: Sieve, known: frozenset[str]) -> float:
    """How much more the rarest word of the question tells than the rarest one found, 0 to 1."""
    found = max((told for stem, told in sieve.idf.items() if stem in known), default=0.0)
    return (sieve.heaviest - found) / sieve.most


def _window(sieve: Sieve, hits: Sequence[tuple[int, str]]) -> float:
    """The largest part of the question that stands within fifteen tokens."""
    best, start = 0.0, 0
    for end, (at, _) in enumerate(hits):
        while at - hits[start][0] >= WINDOW:
            start += 1
        inside = {stem for _, stem in hits[start : end + 1]}
        best = max(best, fsum(sieve.idf[stem] for stem in inside))
    return best / sieve.total
