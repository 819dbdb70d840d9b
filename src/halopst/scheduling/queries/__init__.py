from halopst.scheduling.queries.diaries import Book, days, open_book
from halopst.scheduling.queries.experts import fields_of, hold_of, search_experts, search_fields
from halopst.scheduling.queries.slots import (
    Target,
    any_expert_slots,
    candidates,
    day_summary,
    first_free,
    nearest,
    policy_of,
    slots,
)

__all__ = [
    "Book",
    "Target",
    "any_expert_slots",
    "candidates",
    "day_summary",
    "days",
    "fields_of",
    "first_free",
    "hold_of",
    "nearest",
    "open_book",
    "policy_of",
    "search_experts",
    "search_fields",
    "slots",
]
