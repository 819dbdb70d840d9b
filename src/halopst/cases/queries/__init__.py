from halopst.cases.queries.people import leads_of, officers_at, works_at
from halopst.cases.queries.policies import policies_on, policy_for

__all__ = ["leads_of", "officers_at", "policies_on", "policy_for", "works_at"]
