"""What must be stored but not read by whoever reads the database: secrets of apps and keys of services."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SealedElsewhere(Exception):
    """The text was sealed with another key of the installation: it is lost and has to be entered anew."""


def seal(text: str, *, purpose: str) -> str:
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealedElsewhere(purpose) from error


def _box(purpose: str) -> Fernet:
    """Keyed with the installation's secret: changing that key makes everyone enter their secrets again."""
    key = sha256(f"halopst.{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(urlsafe_b64encode(key))
