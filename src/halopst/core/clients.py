"""Telling clients apart without keeping their address."""

import hashlib
import hmac
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_key(request: HttpRequest) -> str:
    """A name for the network a request comes from, so that limits need not keep the address."""
    return network_key(request.META.get("REMOTE_ADDR", ""), secret=settings.SECRET_KEY)


def network_key(address: str, *, secret: str) -> str:
    """A name for the network of `address`, which does not reveal it without `secret`.

    An IPv6 subscriber owns a whole /64 and counts as one; an address that is none counts as one too.
    """
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        network = ""
    else:
        is_v6 = isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None
        network = str(IPv6Network((int(parsed), 64), strict=False) if is_v6 else parsed)
    return hmac.new(secret.encode(), network.encode(), hashlib.sha256).hexdigest()[:32]
