"""The private values of a letter, as they are kept: readable on its paper, sealed in its row."""

from collections.abc import Mapping
from typing import Any, Final

from halopst.core.identity import seal, unseal
from halopst.letters.kinds import DocumentKind
from halopst.letters.rules import with_private

SEALED: Final = "sealed:"


def sealed(kind: DocumentKind, data: Mapping[str, Any]) -> dict[str, Any]:
    return with_private(kind.fields, data, lambda text: SEALED + seal(text))


def opened(kind: DocumentKind, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they were given. Raises Unreadable where they were sealed with another key."""
    return with_private(kind.fields, data, _open)


def _open(text: str) -> str:
    return unseal(text.removeprefix(SEALED)) if text.startswith(SEALED) else text
