"""What people type, made storable: plain text without control characters."""

import unicodedata

from halopst.cases.services.refusals import EmptyMessage, MessageTooLong

BODY_LENGTH = 5000
_KEPT = {"\n", "\t"}


def clean_body(text: str) -> str:
    """Several lines, trimmed; may be empty. Raises MessageTooLong."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cs"}).strip()
    if len(kept) > BODY_LENGTH:
        raise MessageTooLong
    return kept


def clean_message(text: str) -> str:
    """As `clean_body`, and something must be left. Raises EmptyMessage."""
    kept = clean_body(text)
    if not kept:
        raise EmptyMessage
    return kept


def clean_line(text: str) -> str:
    """One line, without characters that cannot be seen (they could turn a name around)."""
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(visible.split())
