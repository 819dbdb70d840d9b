"""The search among published texts: four queries as a rule, nine at most, however many texts there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import prefetch_related_objects

from halopst.core.actors import Actor
from halopst.knowledge import permissions
from halopst.knowledge.models import Document
from halopst.knowledge.queries.question_terms import Asked, asked
from halopst.knowledge.queries.synonyms import read_as
from halopst.knowledge.rules.search import ranking
from halopst.knowledge.rules.search.answer_kinds import Sought
from halopst.knowledge.rules.search.confidence import confidence
from halopst.knowledge.rules.search.definitions import defines, is_called
from halopst.knowledge.rules.search.excerpts import Excerpt, excerpt
from halopst.units.models import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What a search is narrowed to.

    `unit` leaves its texts and those of all offices; `citable_on` leaves out texts that were to be reviewed
    before that day.
    """

    unit: Unit | None = None
    kind: str = ""
    year: int | None = None
    citable_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document that was found, with its best passage.

    The `score` of the first hit says how surely it answers, 0 to 1.
    """

    document: Document
    passage_id: int
    heading: str
    read: ranking.Read
    seen: ranking.Features
    score: float
    sieve: ranking.Sieve = field(repr=False)

    @property
    def region(self) -> str:
        """The region of its office; empty for a text of all offices."""
        return self.document.unit.region if self.document.unit else ""

    @property
    def year(self) -> int | None:
        """The year its source was published in, if known."""
        return self.document.published_on.year if self.document.published_on else None

    @cached_property
    def shown(self) -> Excerpt:
        """The part that answers, as much as a list has room for."""
        return excerpt(self.sieve, self.read)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What was found for a question, the best first, and how the question was read."""

    asked: Asked
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class _Candidate:
    document_id: int
    passage_id: int
    heading: str
    read: ranking.Read
    bm25: float


_FOUND = """
WITH scored AS (
    SELECT passage_id, sum(weight * told) AS bm25
    FROM unnest(%(terms)s::int[], %(weights)s::float8[]) AS asked (term, told)
    JOIN knowledge_posting ON term_id = term
    GROUP BY passage_id
), best AS (
    SELECT passage_id, bm25 FROM scored {filter} ORDER BY bm25 DESC, passage_id LIMIT %(most)s
)
SELECT passage.document_id, passage.id, passage.heading, document.title, passage.text, best.bm25,
    document.unit_id
FROM best JOIN knowledge_passage passage ON passage.id = best.passage_id
JOIN knowledge_document document ON document.id = passage.document_id
ORDER BY best.bm25 DESC, passage.id
"""
# Few texts are hidden or stale: looking for those spares a look at the documents of all others.
_HIDDEN = """passage_id NOT IN (
    SELECT hidden.id FROM knowledge_passage hidden JOIN knowledge_document d ON d.id = hidden.document_id
    WHERE d.audience = 'staff' AND NOT (d.unit_id = ANY(%(units)s) OR (d.unit_id IS NULL AND %(staff)s)))"""
_STALE = """passage_id NOT IN (
    SELECT old.id FROM knowledge_passage old JOIN knowledge_document d ON d.id = old.document_id
    WHERE d.state = 'published' AND d.review_by < %(today)s)"""
_CHOSEN = """passage_id IN (
    SELECT chosen.id FROM knowledge_passage chosen JOIN knowledge_document d ON d.id = chosen.document_id
    WHERE (%(unit)s::bigint IS NULL OR d.unit_id = %(unit)s OR d.unit_id IS NULL)
    AND (%(kind)s = '' OR d.kind = %(kind)s)
    AND (%(year)s::int IS NULL OR extract(year FROM d.published_on) = %(year)s))"""


def search(actor: Actor, text: str, *, filters: Filters | None = None, limit: int = 10) -> Found:
    """What `actor` may read that answers `text`, the best first; empty when no word of it is known.

    Where a text of the office and one of all offices have the same title, the office's stands for both.
    However high `limit` is, only `ranking.CANDIDATES` are looked at closely.
    """
    kept = filters or Filters()
    understood = asked(read_as(text, kept.unit))
    candidates = _candidates(actor, understood, kept)
    order = _ordered(understood, candidates)[:limit]
    documents = _documents([candidate.document_id for _score, candidate, _seen in order])
    return Found(asked=understood, hits=_hits(understood, order, documents))


def _candidates(actor: Actor, understood: Asked, filters: Filters) -> list[_Candidate]:
    if not understood.weights:
        return []
    conditions = [] if actor.is_system else [_HIDDEN]
    if filters.citable_on:
        conditions.append(_STALE)
    if filters.unit or filters.kind or filters.year:
        conditions.append(_CHOSEN)
    statement = _FOUND.format(filter=f"WHERE {' AND '.join(conditions)}" if conditions else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(actor, understood, filters))
        rows = cursor.fetchall()
    own = {title.casefold() for _d, _p, _h, title, _b, _s, unit in rows if unit and title and filters.unit}
    return [
        _Candidate(document, passage, heading, ranking.read(f"{title}\n{heading}", body), bm25)
        for document, passage, heading, title, body, bm25, unit in rows
        if unit or title.casefold() not in own
    ]


def _documents(keys: Sequence[int]) -> dict[int, Document]:
    """The documents, which the search has already let `actor` read.

    In plain SQL, as that takes a third of the time.
    """
    rows = list(Document.objects.raw("SELECT * FROM knowledge_document WHERE id = ANY(%s)", [list(keys)]))
    if any(row.unit_id for row in rows):
        prefetch_related_objects(rows, "unit")
    return {row.pk: row for row in rows}


def _values(actor: Actor, understood: Asked, filters: Filters) -> dict[str, Any]:
    units = actor.units(permissions.VIEW)
    return {
        "terms": list(understood.weights),
        "weights": list(understood.weights.values()),
        "most": ranking.CANDIDATES,
        "units": sorted(units),
        "staff": bool(units),
        "today": filters.citable_on,
        "unit": filters.unit and filters.unit.pk,
        "kind": filters.kind,
        "year": filters.year,
    }


Ordered = tuple[float, _Candidate, ranking.Features]


def _ordered(understood: Asked, candidates: Sequence[_Candidate]) -> list[Ordered]:
    """The best passage of each document, the best document first; for a definition the passage that gives it.

    Words of nearly the same meaning count for the order. How sure the first is they tell only in what it says
    beyond its title.
    """
    sieve, top = understood.sieve, candidates[0].bm25 if candidates else 0.0
    looked = []
    for rank, one in enumerate(candidates):
        seen = _seen(sieve, one.read.in_words_of(sieve), one, top=top, rank=rank)
        looked.append((ranking.score(seen), one, seen))
    looked.sort(key=lambda scored: (-scored[0], scored[1].passage_id))
    best: dict[int, Ordered] = {}
    for scored in looked:
        best.setdefault(scored[1].document_id, scored)
    order = _defining(sieve, best, looked) if sieve.kind == Sought.MEANING else list(best.values())
    for score, one, _seen_so in order[:1]:
        own = _seen(sieve, one.read, one, top=top, rank=candidates.index(one))
        beyond = ranking.beyond_title(sieve, one.read.in_words_of(sieve))
        order[0] = (score, one, {**own, "beyond_title": beyond})
    return order


def _seen(
    sieve: ranking.Sieve, read: ranking.Read, one: _Candidate, *, top: float, rank: int
) -> ranking.Features:
    seen = ranking.features(sieve, read, bm25=one.bm25, top=top, rank=rank)
    return {**seen, "defines": float(sieve.kind == Sought.MEANING and defines(sieve, one.read))}


def _begins(sieve: ranking.Sieve, one: _Candidate) -> bool:
    return not one.heading and is_called(sieve, one.read.lead.strip())


def _defining(sieve: ranking.Sieve, best: Mapping[int, Ordered], looked: Sequence[Ordered]) -> list[Ordered]:
    """The same documents in their order, each by the passage that defines what was asked, if it has one.

    Of the text with that name it is the beginning rather than what stands under a heading.
    """
    said: dict[int, Ordered] = {}
    for scored in sorted(looked, key=lambda one: not _begins(sieve, one[1])):
        if scored[1].document_id not in said and scored[2]["defines"]:
            said[scored[1].document_id] = scored
    return [(score, *said.get(key, (score, one, seen))[1:]) for key, (score, one, seen) in best.items()]


def _hits(understood: Asked, order: Sequence[Ordered], documents: Mapping[int, Document]) -> list[Hit]:
    scores = confidence([(score, seen) for score, _candidate, seen in order])
    return [
        Hit(
            document=documents[one.document_id],
            passage_id=one.passage_id,
            heading=one.heading,
            read=one.read.in_words_of(understood.sieve),
            seen=seen,
            score=sure,
            sieve=understood.sieve,
        )
        for (_score, one, seen), sure in zip(order, scores, strict=True)
        if one.document_id in documents
    ]
