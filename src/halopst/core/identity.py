"""Numbers that lead to a person (NIK, NPWP, accounts): kept, but not read by whoever reads the database.

Sealed with AES-256-GCM. The key comes from `HALOPST_IDENTITY_KEY` (or, where it is not set, from the
installation's secret key): whoever loses that key loses these numbers.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from functools import lru_cache
from os import urandom
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Refused

NONCE_BYTES: Final = 12


class Unreadable(Refused):
    message = _("Data ini dikunci dengan kunci lain. Minta pengelola sistem memeriksa HALOPST_IDENTITY_KEY.")


def seal_bytes(content: bytes) -> bytes:
    """`content` so that only this installation reads it; never the same twice."""
    nonce = urandom(NONCE_BYTES)
    return nonce + cipher(settings.IDENTITY_KEY).encrypt(nonce, content, None)


def unseal_bytes(sealed: bytes) -> bytes:
    try:
        return cipher(settings.IDENTITY_KEY).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def seal(text: str) -> str:
    """As `seal_bytes`, for a column of text; nothing stays nothing."""
    return b64encode(seal_bytes(text.encode())).decode() if text else ""


def unseal(sealed: str) -> str:
    try:
        return unseal_bytes(b64decode(sealed)).decode() if sealed else ""
    except NotBase64 as error:
        raise Unreadable from error


@lru_cache(maxsize=2)
def cipher(secret: str) -> AESGCM:
    return AESGCM(key(secret, "seal"))


@lru_cache(maxsize=4)
def key(secret: str, purpose: str) -> bytes:
    # Named for the domain that sealed first: another name would make what it sealed unreadable.
    info = f"halopst.partners.{purpose}".encode()
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(secret.encode())
