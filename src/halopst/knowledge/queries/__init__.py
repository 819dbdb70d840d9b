from halopst.knowledge.queries.asked import AskedTooMuch, NothingAsked, typed
from halopst.knowledge.queries.documents import (
    is_of_head_office,
    kept_documents,
    latest_documents,
    offices_to_write_for,
    unit_called,
)
from halopst.knowledge.queries.search import Filters, Found, Hit, search

__all__ = [
    "AskedTooMuch",
    "Filters",
    "Found",
    "Hit",
    "NothingAsked",
    "is_of_head_office",
    "kept_documents",
    "latest_documents",
    "offices_to_write_for",
    "search",
    "typed",
    "unit_called",
]
