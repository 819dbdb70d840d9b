"""What must be stored but not read by whoever reads the database: the secrets of authenticator apps."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings


def conceal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def reveal(concealed: str) -> str:
    return _box().decrypt(concealed.encode()).decode()


def _box() -> Fernet:
    """Keyed with the installation's secret: changing that key makes everyone set up their app again."""
    key = sha256(f"halopst.second-factor:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(urlsafe_b64encode(key))
