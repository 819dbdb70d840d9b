from halopst.cases.queries.conversation import (
    colleagues_here,
    conversation,
    history,
    journey,
    loose_files,
    silence_ends,
)
from halopst.cases.queries.inbox import Choice, Counts, Listing, counts, end_of_day, inbox, last_words, search
from halopst.cases.queries.people import (
    leads_of,
    loads_at,
    next_officer,
    officers_at,
    offices_of,
    people_known_to,
    service_kinds,
    works_at,
)
from halopst.cases.queries.policies import follow_up_history, policies_on, policy_for
from halopst.cases.queries.replying import usual_reply
from halopst.cases.queries.timing import calendars_for, clock_of, clock_to
from halopst.cases.queries.visitors import my_cases, visitor_of

__all__ = [
    "Choice",
    "Counts",
    "Listing",
    "calendars_for",
    "clock_of",
    "clock_to",
    "colleagues_here",
    "conversation",
    "counts",
    "end_of_day",
    "follow_up_history",
    "history",
    "inbox",
    "journey",
    "last_words",
    "leads_of",
    "loads_at",
    "loose_files",
    "my_cases",
    "next_officer",
    "officers_at",
    "offices_of",
    "people_known_to",
    "policies_on",
    "policy_for",
    "search",
    "service_kinds",
    "silence_ends",
    "usual_reply",
    "visitor_of",
    "works_at",
]
