"""What must not stay in a stored question: numbers and addresses that lead to a person."""

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+?62[ .-]?|0)8\d{1,3}(?:[ .-]?\d{2,5}){2,3}(?!\w)")
# NIK, and the NPWP that took its place, also in fours; and the NPWP before it.
_IDENTITY = re.compile(
    r"(?<![\d.,])(?:\d{16}|\d{4}(?:[ -]\d{4}){3}|\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3})(?!\d)"
)
_NAME = re.compile(
    r"(?i:\b(nama (?:lengkap )?saya|saya bernama|perkenalkan,? saya|my (?:full )?name is|i am called))"
    r" (?i:adalah )?[A-Z][\w'.-]*(?: [A-Z][\w'.-]*)*"
)
_INSTEAD = (
    (_EMAIL, "[surel]"),
    (_IDENTITY, "[nomor identitas]"),
    (_PHONE, "[telepon]"),
    (_NAME, r"\1 [nama]"),
)


def masked(text: str) -> str:
    """`text` with e-mail addresses, mobile and identity numbers, and the name someone gives, masked."""
    for pattern, instead in _INSTEAD:
        text = pattern.sub(instead, text)
    return text
