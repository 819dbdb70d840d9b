from halopst.accounts.services.codes import (
    client_key,
    forget_old_codes,
    fresh_code,
    request_code,
    verify_code,
)
from halopst.accounts.services.personal_data import (
    erase,
    export,
    register_erasure,
    register_export,
    request_erasure,
    withdraw_erasure,
)
from halopst.accounts.services.profiles import give_consent, set_name, update_profile, withdraw_consent
from halopst.accounts.services.sign_in import sign_in
from halopst.accounts.services.tokens import (
    TokenHolder,
    actor_from_token,
    create_token,
    fresh_secret,
    revoke_token,
)

__all__ = [
    "TokenHolder",
    "actor_from_token",
    "client_key",
    "create_token",
    "erase",
    "export",
    "forget_old_codes",
    "fresh_code",
    "fresh_secret",
    "give_consent",
    "register_erasure",
    "register_export",
    "request_code",
    "request_erasure",
    "revoke_token",
    "set_name",
    "sign_in",
    "update_profile",
    "verify_code",
    "withdraw_consent",
    "withdraw_erasure",
]
