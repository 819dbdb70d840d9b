"""Signed links: a page a person may open without signing in, because we sent them its address."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Refused


class BadLink(Refused):
    message = _("Tautan ini tidak berlaku lagi. Minta tautan baru lewat halaman Lacak permintaan.")


def sign(purpose: str, value: dict[str, Any]) -> str:
    """A URL-safe token that only `read` with the same `purpose` opens."""
    return signing.dumps(value, salt=f"halopst.{purpose}", compress=True)


def read(purpose: str, token: str, *, max_age: timedelta | None = None) -> dict[str, Any]:
    """The value behind `token`; `BadLink` when it was altered, made for another purpose or is too old."""
    try:
        value: dict[str, Any] = signing.loads(token, salt=f"halopst.{purpose}", max_age=max_age)
    except signing.BadSignature as error:
        raise BadLink from error
    return value
