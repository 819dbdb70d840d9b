"""The OpenID Connect servers of this installation, from HALOPST_OIDC_* and HALOPST_VISITOR_OIDC_*."""

from typing import Any
from urllib.parse import urlsplit

from environ import Env

STAFF, VISITORS = "pegawai", "pengunjung"
PREFIXES = {STAFF: "HALOPST_OIDC", VISITORS: "HALOPST_VISITOR_OIDC"}
NAMES = {STAFF: "SSO BPS", VISITORS: "OpenID"}


def identity_providers(env: Env) -> list[dict[str, Any]]:
    """What allauth wants to know of each server that has an address; none is the default."""
    return [
        {
            "provider_id": provider,
            "name": env.str(f"{prefix}_NAME", default=NAMES[provider]),
            "client_id": env.str(f"{prefix}_CLIENT_ID", default="halopst"),
            "secret": env.str(f"{prefix}_CLIENT_SECRET", default=""),
            "settings": {
                "server_url": env.str(f"{prefix}_URL"),
                "strong_acr": env.list(f"{prefix}_STRONG_ACR", default=[]),
                "trust_email": env.bool(f"{prefix}_TRUST_EMAIL", default=False),
            },
        }
        for provider, prefix in PREFIXES.items()
        if env.str(f"{prefix}_URL", default="")
    ]


def identity_origins(env: Env) -> list[str]:
    """Where the sign-in form may lead: the browser checks the redirect against our content policy."""
    addresses = [urlsplit(app["settings"]["server_url"]) for app in identity_providers(env)]
    return [f"{address.scheme}://{address.netloc}" for address in addresses]
