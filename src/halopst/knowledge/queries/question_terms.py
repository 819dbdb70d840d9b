"""A question in terms of the index: its words as the texts spell them, and how much each of them tells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid
from halopst.core.forms import plain
from halopst.knowledge.models import Term
from halopst.knowledge.rules.search import ranking
from halopst.knowledge.rules.search.answer_kinds import sought
from halopst.knowledge.rules.words import shorthand, spelling, spoken_verbs
from halopst.knowledge.rules.words.thesaurus import beside, is_word
from halopst.knowledge.rules.words.tokens import Question, question, stemmed

LONGEST = 500
OFTEN = 10  # a name in more than every tenth passage does not tell passages apart


class NothingAsked(Invalid):
    message = _("Tulis dulu pertanyaan atau kata kuncinya.")


class AskedTooMuch(Invalid):
    message = _("Pertanyaan paling panjang 500 karakter. Persingkat, lalu kirim lagi.")


_TERMS = """
SELECT kind, text, id, df FROM knowledge_term
WHERE kind = 0 OR (kind = 1 AND text = ANY(%s)) OR (kind = 2 AND text = ANY(%s))
"""
_SIMILAR = """
SELECT DISTINCT text, df FROM knowledge_deletion JOIN knowledge_term ON knowledge_term.id = term_id
WHERE key = ANY(%s) AND df > 0
"""
_USED = """
SELECT text, max(df) FROM knowledge_term WHERE kind IN (1, 2) AND text = ANY(%s) AND df > 0 GROUP BY text
"""


@dataclass(frozen=True)
class Asked:
    """A question for the index.

    `weights` is what to look up, `sieve` what to look for in what is found. `repaired` are the words that
    were read differently from how they were typed, some as several words.
    """

    weights: Mapping[int, float]
    sieve: ranking.Sieve
    repaired: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    ids: Mapping[tuple[int, str], int]
    df: Mapping[tuple[int, str], int]

    @property
    def passages(self) -> int:
        return self.df.get((Term.Kind.CORPUS, ""), 0)

    def knows(self, word: str) -> bool:
        stem = stemmed(word)
        return any(self.df.get(key) for key in (_word(word), _word(stem), _stem(stem)))

    def stem_df(self, stem: str) -> int:
        return min(self.passages, self.df.get(_word(stem), 0) + self.df.get(_stem(stem), 0))


def typed(text: str) -> str:
    """A question as it was typed, without characters that cannot be read."""
    if len(text) > LONGEST:
        raise AskedTooMuch
    cleaned = plain(" ".join(text.split()), LONGEST)
    if not cleaned:
        raise NothingAsked
    return cleaned


def asked(text: str) -> Asked:
    """Takes two queries, or up to five when a word is unknown."""
    said = question(text[:LONGEST])
    known = _vocabulary([*said.words, *beside(said.words)])
    repaired = _repaired([word for word in said.words if not known.knows(word)])
    words = tuple(dict.fromkeys(_read(said.words, repaired)))
    others = beside(words)
    if repaired:
        known = _vocabulary([*words, *others])
    weights = _weights(words, known)
    weights = {**_weights_beside(others, known), **weights}
    return Asked(weights, _sieve(said, repaired, known, others), repaired)


def _read(words: Iterable[str], repaired: Mapping[str, str]) -> Iterator[str]:
    for word in words:
        yield from repaired[word].split() if word in repaired else (word,)


def _weights(words: Iterable[str], known: _Vocabulary) -> dict[int, float]:
    """What each term adds to the score of a passage: a word its idf, its stem a share of the stem's."""
    weights: dict[int, float] = {}
    for word in words:
        stem = stemmed(word)
        told = ranking.STEM_SHARE * ranking.idf(known.stem_df(stem), known.passages)
        own = ranking.idf(known.df.get(_word(word), 0), known.passages)
        for key, weight in ((_word(word), own), (_word(stem), told), (_stem(stem), told)):
            if (pk := known.ids.get(key)) is not None:
                weights[pk] = weights.get(pk, 0.0) + weight
    return weights


def _weights_beside(others: Mapping[str, str], known: _Vocabulary) -> dict[int, float]:
    """What words of nearly the same meaning add: a share, never of more than the word asked tells."""
    weights: dict[int, float] = {}
    for word, stem in others.items():
        most = ranking.idf(known.stem_df(stem), known.passages)
        for pk, weight in _weights([word], known).items():
            weights[pk] = max(weights.get(pk, 0.0), ranking.SAME_SHARE * min(weight, most))
    return weights


def _sieve(
    said: Question, repaired: Mapping[str, str], known: _Vocabulary, others: Mapping[str, str]
) -> ranking.Sieve:
    def read(words: Iterable[str]) -> Iterable[str]:
        return map(stemmed, _read(words, repaired))

    tells = {stem: ranking.idf(known.stem_df(stem), known.passages) for stem in read(said.words)}
    names = frozenset(name for name in read(said.names) if known.stem_df(name) * OFTEN <= known.passages)
    most = ranking.idf(0, known.passages)
    same = {stemmed(word): stem for word, stem in others.items()}
    return ranking.Sieve(tells, most, frozenset(said.numbers), names, sought(said.text), same)


def _vocabulary(words: Iterable[str]) -> _Vocabulary:
    both = {*words, *(stemmed(word) for word in words)}
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, [list(both), list(both)])
        rows = cursor.fetchall()
    return _Vocabulary(
        {(kind, text): pk for kind, text, pk, _df in rows}, {(kind, text): df for kind, text, _pk, df in rows}
    )


def _repaired(words: Sequence[str]) -> dict[str, str]:
    """Words that no text has, each with what was probably meant: an abbreviation, a slip, a missing space."""
    repaired: dict[str, str] = {}
    for read in (_abbreviated, _written, _respelled, _parted):
        repaired |= read([word for word in words if word not in repaired and not is_word(word)])
    return repaired


def _abbreviated(words: Iterable[str]) -> dict[str, str]:
    return {word: meant for word in words if (meant := shorthand.abbreviated(word))}


def _written(words: Iterable[str]) -> dict[str, str]:
    """Spoken verbs in the form that texts write, where a text has the verb."""
    wanted = {word: forms for word in words if (forms := spoken_verbs.forms(word))}
    stems = sorted({stemmed(form) for forms in wanted.values() for form in forms})
    if not stems:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_USED, [stems])
        known = dict(cursor.fetchall())
    meant = {word: [one for one in forms if stemmed(one) in known] for word, forms in wanted.items()}
    return {word: found[0] for word, found in meant.items() if found}


def _respelled(words: Iterable[str]) -> dict[str, str]:
    wanted = {word: set(spelling.keys(word)) for word in words if spelling.has_keys(word)}
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, [sorted(set().union(*wanted.values()))])
        similar = [spelling.Known(text, df) for text, df in cursor.fetchall()]
    meant = {word: spelling.meant(word, similar) for word in wanted}
    return {word: found.text for word, found in meant.items() if found}


def _parted(words: Iterable[str]) -> dict[str, str]:
    wanted = {word: shorthand.pieces(word) for word in words}
    parts = sorted({part for found in wanted.values() for part in found})
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_USED, [parts])
        known = dict(cursor.fetchall())
    return {word: meant for word in wanted if (meant := shorthand.parted(word, known))}


def _word(text: str) -> tuple[int, str]:
    return Term.Kind.WORD, text


def _stem(text: str) -> tuple[int, str]:
    return Term.Kind.STEM, text
