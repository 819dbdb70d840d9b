from halopst.letters.queries.inherited import (
    classifications,
    newest_published,
    own_patterns,
    own_templates,
    pattern_in_force,
    patterns_in_force,
    signatory,
    template_in_force,
    template_to_edit,
)
from halopst.letters.queries.letters import (
    batches_of,
    failures_of,
    issuing_units,
    latest_letter,
    letters_of,
    managed_units,
    search_letters,
    viewing_units,
)
from halopst.letters.queries.numbers import Gap, gaps_of, numbers_of
from halopst.letters.queries.verification import Status, Verification, verification

__all__ = [
    "Gap",
    "Status",
    "Verification",
    "batches_of",
    "classifications",
    "failures_of",
    "gaps_of",
    "issuing_units",
    "latest_letter",
    "letters_of",
    "managed_units",
    "newest_published",
    "numbers_of",
    "own_patterns",
    "own_templates",
    "pattern_in_force",
    "patterns_in_force",
    "search_letters",
    "signatory",
    "template_in_force",
    "template_to_edit",
    "verification",
    "viewing_units",
]
