"""What must not stay in a stored question: numbers and addresses that lead to a person."""

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+?62|0)8\d{1,3}(?:[ -]?\d{2,5}){2,3}(?!\w)")
_IDENTITY = re.compile(r"(?<![\d.,])\d{16}(?!\d)")  # NIK, and the NPWP that took its place


def masked(text: str) -> str:
    """`text` with e-mail addresses, mobile numbers and identity numbers replaced by what they are."""
    for pattern, instead in ((_EMAIL, "[surel]"), (_IDENTITY, "[nomor identitas]"), (_PHONE, "[telepon]")):
        text = pattern.sub(instead, text)
    return text
