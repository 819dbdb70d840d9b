"""What the gateway finds in a signed PDF: who signed, when, and whether the file is still as it was then.

The names of its answer are those public clients of version 2 read; an answer without them says "not known".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from halopst.letters.esign.refusals import EsignUnreachable

LONGEST: Final = 200
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One signature; None where the gateway does not say."""

    name: str
    at: datetime | None = None
    is_whole: bool | None = None
    is_trusted: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    conclusion: str
    description: str
    signatures: tuple[SignedBy, ...]

    @property
    def is_whole(self) -> bool | None:
        """Whether nothing changed since every signature; False when the gateway doubts one or finds none."""
        if not self.signatures or any(one.is_whole is False for one in self.signatures):
            return False
        return True if all(one.is_whole for one in self.signatures) else None


def report_of(answer: Mapping[str, Any]) -> Report:
    """Raises EsignUnreachable where the answer is none of a check."""
    found = answer.get("signatureInformations")
    conclusion = answer.get("conclusion")
    if not isinstance(conclusion, str) or not isinstance(found, list | None):
        raise EsignUnreachable
    rows = [row for row in found or [] if isinstance(row, dict)]
    return Report(
        conclusion=conclusion[:LONGEST],
        description=_text(answer.get("description")),
        signatures=tuple(_signed_by(row) for row in rows[:MOST]),
    )


def _signed_by(row: Mapping[str, Any]) -> SignedBy:
    return SignedBy(
        name=_text(row.get("signerName")),
        at=_moment(row.get("signatureDate")),
        is_whole=_truth(row.get("integrityValid")),
        is_trusted=_truth(row.get("certificateTrusted")),
        reason=_text(row.get("reason")),
    )


def _text(value: Any) -> str:
    return value.replace("\0", "")[:LONGEST] if isinstance(value, str) else ""


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _moment(value: Any) -> datetime | None:
    """A time as text (ISO 8601) or as milliseconds since 1970; without a zone it is UTC."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000, tz=UTC)
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None
    return read.replace(tzinfo=UTC) if read and read.tzinfo is None else read
