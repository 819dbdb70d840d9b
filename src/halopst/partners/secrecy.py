"""Numbers of mitra by the thousand, and found again by a keyed hash; `core.identity` is what seals them."""

import hmac
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable
from hashlib import sha256
from os import urandom

from cryptography.exceptions import InvalidTag
from django.conf import settings

from halopst.core.identity import (
    NONCE_BYTES,
    Unreadable,
    cipher,
    key,
    seal,
    seal_bytes,
    unseal,
    unseal_bytes,
)

__all__ = [
    "Sealer",
    "Unreadable",
    "fingerprint",
    "seal",
    "seal_bytes",
    "unseal",
    "unseal_all",
    "unseal_bytes",
]

COUNTER_BYTES = 4
BLOCK_BYTES, HMAC_PADS = 64, (0x36, 0x5C)  # RFC 2104 with SHA-256


def unseal_all(column: Iterable[str | None]) -> list[str]:
    """As `unseal`, for thousands in a row."""
    decrypt = cipher(settings.IDENTITY_KEY).decrypt
    try:
        return [
            decrypt((whole := a2b_base64(sealed))[:NONCE_BYTES], whole[NONCE_BYTES:], None).decode()
            if sealed
            else ""
            for sealed in column
        ]
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


class Sealer:
    """`seal` and `fingerprint` for thousands of numbers in a row: the same results, at a third of the cost.

    Its nonces are eight random bytes and a counter, so one instance serves four thousand million numbers.
    """

    def __init__(self) -> None:
        self._encrypt = cipher(settings.IDENTITY_KEY).encrypt
        hashed = key(settings.IDENTITY_KEY, "fingerprint").ljust(BLOCK_BYTES, b"\0")
        # What HMAC puts in front, hashed once: a third of the cost of asking for it number by number.
        self._inner, self._outer = (sha256(bytes(byte ^ pad for byte in hashed)) for pad in HMAC_PADS)
        self._start = urandom(NONCE_BYTES - COUNTER_BYTES)
        self._count = 0

    def seal(self, text: str) -> str:
        if not text:
            return ""
        self._count += 1
        nonce = self._start + self._count.to_bytes(COUNTER_BYTES, "big")
        return b2a_base64(nonce + self._encrypt(nonce, text.encode(), None), newline=False).decode()

    def fingerprint(self, number: str) -> str:
        if not number:
            return ""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(number.encode())
        outer.update(inner.digest())
        return outer.hexdigest()


def fingerprint(number: str) -> str:
    """The same 64 characters for the same number, from which nobody without the key finds the number."""
    return hmac.digest(key(settings.IDENTITY_KEY, "fingerprint"), number.encode(), "sha256").hex()
