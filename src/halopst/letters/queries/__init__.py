from halopst.letters.queries.inherited import (
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
from halopst.letters.queries.verification import Status, Verification, verification

__all__ = [
    "Status",
    "Verification",
    "batches_of",
    "failures_of",
    "issuing_units",
    "latest_letter",
    "letters_of",
    "managed_units",
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
