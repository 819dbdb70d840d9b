from halopst.partners.models.activities import Activity, ActivityDuty, Team
from halopst.partners.models.imports import ImportFault, ImportRun
from halopst.partners.models.people import BankAccount, Blacklisting, Person, PersonDocument, Registration
from halopst.partners.models.reference import (
    ActivityKind,
    BudgetLine,
    Duty,
    Employment,
    HonorCap,
    OfficeRules,
    TaxPolicy,
    UnitPrice,
    in_force,
)

__all__ = [
    "Activity",
    "ActivityDuty",
    "ActivityKind",
    "BankAccount",
    "Blacklisting",
    "BudgetLine",
    "Duty",
    "Employment",
    "HonorCap",
    "ImportFault",
    "ImportRun",
    "OfficeRules",
    "Person",
    "PersonDocument",
    "Registration",
    "TaxPolicy",
    "Team",
    "UnitPrice",
    "in_force",
]
