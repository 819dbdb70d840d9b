from halopst.knowledge.queries.documents import (
    STALE,
    is_of_head_office,
    kept_documents,
    latest_documents,
    offices_to_write_for,
    offices_with_texts,
    unit_called,
    unit_named,
)
from halopst.knowledge.queries.question_terms import AskedTooMuch, NothingAsked, typed
from halopst.knowledge.queries.search import Filters, Found, Hit, search
from halopst.knowledge.queries.synonyms import kept_synonyms, read_as

__all__ = [
    "STALE",
    "AskedTooMuch",
    "Filters",
    "Found",
    "Hit",
    "NothingAsked",
    "is_of_head_office",
    "kept_documents",
    "kept_synonyms",
    "latest_documents",
    "offices_to_write_for",
    "offices_with_texts",
    "read_as",
    "search",
    "typed",
    "unit_called",
    "unit_named",
]
