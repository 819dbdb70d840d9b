"""What a model wrote as plain words: without markup, links or invisible characters."""

import re
import unicodedata

_PROGRAM = re.compile(r"<(script|style)\b[^<>]{0,400}>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,400}>")
_TAG_BEFORE_END = re.compile(r"<[^<>]{0,400}>\s*(?=[.,;:!?])")
_PICTURE_OR_LINK = re.compile(r"!?\[([^\[\]]{0,300})\](?:\([^()]{0,500}\)|\[[^\[\]]{0,200}\]|:\s*\S+)")
_MARKS = re.compile(r"\*{1,3}|_{2,3}|~~|`{1,3}|^\s{0,3}(?:#{1,6}|>|[-+*])\s+", re.MULTILINE)
_ENDINGS = (
    "com|net|org|info|biz|id|io|ai|app|dev|me|xyz|site|online|link|ly|gl|gg|tv|ru|cn|co|uk|us|to|cc|ws|top|shop|"
    "club|live|pro|web|page|click|zip|mov|tk|ml|test|example|local|onion"
)
_ADDRESS = re.compile(
    rf"[a-z][a-z0-9+.-]*://|\b(?:mailto|javascript|data|tel|vbscript):\S|\bwww\.|"
    rf"\b[\w-]+(?:\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)|\[titik\]|\(titik\))\s?|\.)(?:{_ENDINGS})\b|"
    r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?/\S",
    re.IGNORECASE,
)


def cleaned(text: str) -> str:
    """`text` on one line, without scripts, tags, markdown, or characters nobody sees."""
    seen = "".join(one for one in unicodedata.normalize("NFC", text) if not _hides(one))
    for pattern, instead in (
        (_PROGRAM, " "),
        (_PICTURE_OR_LINK, r"\1"),
        (_TAG_BEFORE_END, ""),
        (_TAG, " "),
        (_MARKS, ""),
    ):
        seen = pattern.sub(instead, seen)
    return " ".join(seen.split())


def address_in(text: str) -> str:
    """The first web address in `text`, or nothing."""
    found = _ADDRESS.search(unicodedata.normalize("NFKC", text).replace("。", "."))
    return found[0] if found else ""


def _hides(one: str) -> bool:
    return unicodedata.category(one) in {"Cf", "Cc", "Co", "Cs"} and one not in "\n\t"
