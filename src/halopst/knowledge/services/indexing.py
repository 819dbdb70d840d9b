"""The index follows the texts, in the transaction that changes them.

Whoever changes the index holds the row that counts the passages, so writers come one after the other and
cannot lock each other out; readers never wait.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from halopst.knowledge.models import Document, Term
from halopst.knowledge.rules.search.index_entries import Entries, entries
from halopst.knowledge.rules.texts.passages import Piece, split
from halopst.knowledge.rules.words.spelling import keys

TermKey = tuple[int, str]
TOGETHER = 5_000  # rows of a COPY
CORPUS: TermKey = (Term.Kind.CORPUS, "")

_GONE = "SELECT id, terms FROM knowledge_passage WHERE document_id = ANY(%s)"
_FORGET = """
DELETE FROM knowledge_posting USING (
    SELECT id AS passage_id, unnest(terms) AS term_id FROM knowledge_passage WHERE document_id = ANY(%s)
) AS gone
WHERE knowledge_posting.term_id = gone.term_id AND knowledge_posting.passage_id = gone.passage_id
"""
_DROP = "DELETE FROM knowledge_passage WHERE document_id = ANY(%s)"
_COUNT = """
INSERT INTO knowledge_term AS known (kind, text, df)
SELECT * FROM unnest(%s::smallint[], %s::text[], %s::int[]) AS given (kind, text, df) ORDER BY kind, text
ON CONFLICT (kind, text) DO UPDATE SET df = known.df + excluded.df
RETURNING id, kind, text, xmax = 0
"""
_LOWER = """
UPDATE knowledge_term AS known SET df = known.df + given.change
FROM unnest(%s::smallint[], %s::text[], %s::int[]) AS given (kind, text, change)
WHERE known.kind = given.kind AND known.text = given.text
"""
_NUMBERS = "SELECT nextval(pg_get_serial_sequence('knowledge_passage', 'id')) FROM generate_series(1, %s)"
_PASSAGES = "COPY knowledge_passage (id, document_id, position, heading, text, terms) FROM STDIN"
_POSTINGS = "COPY knowledge_posting (term_id, passage_id, weight) FROM STDIN"
_DELETIONS = "COPY knowledge_deletion (key, term_id) FROM STDIN"


@dataclass(frozen=True, slots=True)
class _New:
    """A passage on its way into the index."""

    document: int
    position: int
    piece: Piece
    entries: Entries

    def weighed(self) -> Iterable[tuple[TermKey, float]]:
        for word, weight in self.entries.words.items():
            yield (Term.Kind.WORD, word), weight
        for stem, weight in self.entries.stems.items():
            yield (Term.Kind.STEM, stem), weight


@transaction.atomic
def reindex(documents: Sequence[Document]) -> int:
    """Make the index agree with these documents; only published ones are in it. Returns their passages."""
    ids = [document.pk for document in documents]
    new = [one for document in documents for one in _passages(document)]
    _hold()
    change = _lost(ids)
    change[CORPUS] += len(new)
    for one in new:
        change.update(key for key, _weight in one.weighed())
    known = _count(change)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [ids])
        cursor.execute(_DROP, [ids])
    _store(new, known)
    return len(new)


def _store(new: Sequence[_New], known: Mapping[TermKey, int]) -> None:
    """The passages, each with the numbers of its terms, and their postings in the order of their index."""
    postings = list[tuple[int, int, float]]()
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [len(new)])
        numbers = [number for (number,) in cursor.fetchall()]
        with cursor.cursor.copy(_PASSAGES) as copy:
            for number, one in zip(numbers, new, strict=True):
                weighed = [(known[key], weight) for key, weight in one.weighed()]
                terms = ",".join(str(term) for term, _weight in weighed)
                piece = one.piece
                copy.write_row(
                    (number, one.document, one.position, piece.heading, piece.text, f"{{{terms}}}")
                )
                postings += [(term, number, weight) for term, weight in weighed]
    postings.sort()
    _copy(_POSTINGS, [f"{term}\t{number}\t{weight:.6g}\n" for term, number, weight in postings])


def _passages(document: Document) -> Iterable[_New]:
    if document.state != Document.State.PUBLISHED:
        return
    for position, piece in enumerate(split(document.text)):
        lead = f"{document.title}\n{piece.heading}"
        yield _New(document.pk, position, piece, entries(lead, piece.text))


def _lost(documents: list[int]) -> Counter[TermKey]:
    """The counts to take away, as negative numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [documents])
        gone = cursor.fetchall()
    lost = Counter(term for _passage, terms in gone for term in terms)
    named = Term.objects.filter(pk__in=lost).values_list("pk", "kind", "text")
    change: Counter[TermKey] = Counter({(kind, text): -lost[pk] for pk, kind, text in named})
    change[CORPUS] = -len(gone)
    return change


def _count(change: Counter[TermKey]) -> dict[TermKey, int]:
    """Change the counts by these numbers; returns the id of every term.

    The misspelt forms of new words are kept, too.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOWER, _columns({key: by for key, by in change.items() if by < 0}))
        cursor.execute(_COUNT, _columns({key: max(by, 0) for key, by in change.items()}))
        rows = cursor.fetchall()
    added = [(text, pk) for pk, kind, text, is_new in rows if is_new and kind == Term.Kind.WORD]
    _copy(_DELETIONS, ["".join(f"{key}\t{pk}\n" for key in keys(text)) for text, pk in added])
    return {(kind, text): pk for pk, kind, text, _is_new in rows}


def _columns(change: Mapping[TermKey, int]) -> tuple[list[int], list[str], list[int]]:
    return [kind for kind, _text in change], [text for _kind, text in change], list(change.values())


def _hold() -> None:
    """Lock out other writers: two that count the same terms in another order could deadlock."""
    Term.objects.get_or_create(kind=CORPUS[0], text=CORPUS[1], defaults={"df": 0})
    Term.objects.select_for_update().get(kind=CORPUS[0], text=CORPUS[1])


def _copy(statement: str, parts: Sequence[str]) -> None:
    """Write all rows with one COPY, as many small writes take longer."""
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for first in range(0, len(parts), TOGETHER):
            copy.write("".join(parts[first : first + TOGETHER]))
