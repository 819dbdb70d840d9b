from halopst.partners.models.activities import Activity, ActivityDuty, ActivityPart, Team
from halopst.partners.models.approvals import Approval, CapOverride
from halopst.partners.models.assignments import Assignment, Change, Excess, MonthTotal, Share
from halopst.partners.models.handovers import Delivery, Handover
from halopst.partners.models.imports import ImportFault, ImportPiece, ImportRun
from halopst.partners.models.own import AccountRemark, OfferAnswer, OwnCode, OwnLink, OwnSession, SentScan
from halopst.partners.models.papers import Paper
from halopst.partners.models.payments import PaymentLine, PaymentList
from halopst.partners.models.people import BankAccount, Blacklisting, Person, PersonDocument, Registration
from halopst.partners.models.reference import (
    ActivityKind,
    BudgetLine,
    CeilingRevision,
    Employment,
    HonorCap,
    OfficeRules,
    Position,
    TaxPolicy,
    UnitPrice,
    in_force,
)
from halopst.partners.models.returns import TransferReturn
from halopst.partners.models.terminations import Termination

__all__ = [
    "AccountRemark",
    "Activity",
    "ActivityDuty",
    "ActivityKind",
    "ActivityPart",
    "Approval",
    "Assignment",
    "BankAccount",
    "Blacklisting",
    "BudgetLine",
    "CapOverride",
    "CeilingRevision",
    "Change",
    "Delivery",
    "Employment",
    "Excess",
    "Handover",
    "HonorCap",
    "ImportFault",
    "ImportPiece",
    "ImportRun",
    "MonthTotal",
    "OfferAnswer",
    "OfficeRules",
    "OwnCode",
    "OwnLink",
    "OwnSession",
    "Paper",
    "PaymentLine",
    "PaymentList",
    "Person",
    "PersonDocument",
    "Position",
    "Registration",
    "SentScan",
    "Share",
    "TaxPolicy",
    "Team",
    "Termination",
    "TransferReturn",
    "UnitPrice",
    "in_force",
]
