from halopst.partners.queries.imports import Column, cell_of, columns, faults, imports, said_of
from halopst.partners.queries.offices import offices
from halopst.partners.queries.positions import day_of_duty, known_positions, offered, positions
from halopst.partners.queries.reference import (
    activities,
    activity,
    budget_lines,
    caps,
    offered_to_activities,
    prices,
    rules_of,
    tax_policies,
    teams,
)
from halopst.partners.queries.register import (
    LACKS,
    Choice,
    blacklistings_of,
    documents_of,
    others_with_account,
    person_in,
    registrations,
    years,
)
from halopst.partners.queries.tax import examples, policy_for

__all__ = [
    "LACKS",
    "Choice",
    "Column",
    "activities",
    "activity",
    "blacklistings_of",
    "budget_lines",
    "caps",
    "cell_of",
    "columns",
    "day_of_duty",
    "documents_of",
    "examples",
    "faults",
    "imports",
    "known_positions",
    "offered",
    "offered_to_activities",
    "offices",
    "others_with_account",
    "person_in",
    "policy_for",
    "positions",
    "prices",
    "registrations",
    "rules_of",
    "said_of",
    "tax_policies",
    "teams",
    "years",
]
