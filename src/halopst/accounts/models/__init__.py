from halopst.accounts.models.access import ApiToken, Invitation, SignInCode
from halopst.accounts.models.people import (
    Membership,
    OrganisationMapping,
    StaffIdentity,
    User,
    UserManager,
)
from halopst.accounts.models.personal import Consent, ConsentText, ErasureRequest, Profile

__all__ = [
    "ApiToken",
    "Consent",
    "ConsentText",
    "ErasureRequest",
    "Invitation",
    "Membership",
    "OrganisationMapping",
    "Profile",
    "SignInCode",
    "StaffIdentity",
    "User",
    "UserManager",
]
