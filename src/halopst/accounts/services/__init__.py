from halopst.accounts.services.codes import (
    change_address,
    forget_old_codes,
    fresh_code,
    request_code,
    verify_code,
)
from halopst.accounts.services.guests import guest_with_phone
from halopst.accounts.services.invitations import (
    accept_invitation,
    invite,
    read_invitation,
    withdraw_invitation,
)
from halopst.accounts.services.memberships import (
    add_mapping,
    appoint_admin,
    deactivate,
    give_role,
    reactivate,
    remove_mapping,
    take_role,
)
from halopst.accounts.services.personal_data import (
    erase,
    export,
    register_erasure,
    register_export,
    request_erasure,
    withdraw_erasure,
)
from halopst.accounts.services.profiles import (
    DETAILS,
    give_consent,
    set_name,
    update_profile,
    withdraw_consent,
)
from halopst.accounts.services.sign_in import note_failed_sign_in, note_sign_in, sign_in
from halopst.accounts.services.tokens import (
    TokenHolder,
    actor_from_token,
    create_token,
    fresh_secret,
    revoke_token,
    secret_from,
)

__all__ = [
    "DETAILS",
    "TokenHolder",
    "accept_invitation",
    "actor_from_token",
    "add_mapping",
    "appoint_admin",
    "change_address",
    "create_token",
    "deactivate",
    "erase",
    "export",
    "forget_old_codes",
    "fresh_code",
    "fresh_secret",
    "give_consent",
    "give_role",
    "guest_with_phone",
    "invite",
    "note_failed_sign_in",
    "note_sign_in",
    "reactivate",
    "read_invitation",
    "register_erasure",
    "register_export",
    "remove_mapping",
    "request_code",
    "request_erasure",
    "revoke_token",
    "secret_from",
    "set_name",
    "sign_in",
    "take_role",
    "update_profile",
    "verify_code",
    "withdraw_consent",
    "withdraw_erasure",
    "withdraw_invitation",
]
