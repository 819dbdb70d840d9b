"""What a file's text is called: as the file says itself, else as its first line, else as its name."""

import re
from itertools import takewhile
from pathlib import PurePath

from halopst.core.visible import visible
from halopst.knowledge.rules.texts.layout import HEADING
from halopst.knowledge.rules.texts.prompt_injection import gives_orders

LONGEST = 300
LONGEST_LINE, FEWEST_LETTERS, FEW_WORDS = 150, 4, 12
_BY_PROGRAMS = re.compile(
    r"(?:untitled(?: \w+)?|tanpa judul|judul|title|microsoft (?:word|powerpoint|excel)"
    r"|powerpoint presentation|word document|(?:new |microsoft word )?document|dokumen|presentation"
    r"|presentasi|book|buku|slide|layout|scan|img|image)[\s\d()._-]*|microsoft (?:word|powerpoint|excel) - .*"
    r"|.*\.(?:docx?|pdf|html?|indd|pptx?|xlsx?|odt|rtf|tmp|cdr|ai)",
    re.IGNORECASE,
)
"""What a program writes where nobody gave a title, and names of files."""
_LETTERHEAD = re.compile(r"(?:badan pusat statistik|bps|halaman|no|nomor)\b", re.IGNORECASE)
_SMALL = frozenset(
    {
        "di", "ke", "dari", "dan", "atau", "yang", "untuk", "pada", "dalam", "dengan", "per", "oleh", "bagi",
        "menurut", "of", "the", "in", "and", "for", "by", "to", "a", "an", "on",
    }
)  # fmt: skip


def title_of(own: str, text: str, name: str) -> str:
    """`own` is the title in the file's own data; the first line counts only where it looks like a title."""
    said = _line(own)
    chosen = said if _is_title(said) else _first_line(text) or _readable(name)
    return chosen[:LONGEST].rstrip()


def _is_title(line: str) -> bool:
    says_something = sum(letter.isalpha() for letter in line) >= FEWEST_LETTERS
    return says_something and _BY_PROGRAMS.fullmatch(line) is None and not gives_orders(line)


def _first_line(text: str) -> str:
    """A heading that begins the text, or a line of its own that is written like one; empty otherwise."""
    lines = text.split("\n")
    first = _line(lines[0])
    if heading := HEADING.match(first):
        return heading[1] if _is_title(heading[1]) else ""
    together = list(takewhile(str.strip, lines))
    is_short = len(first) <= LONGEST_LINE and not first.endswith((".", ",", ";", ":"))
    is_alone = len(together) == 1 and len(first.split()) <= FEW_WORDS
    is_headed = is_short and (is_alone or _is_capitalised(first)) and not _LETTERHEAD.match(first)
    return first if is_headed and _is_title(first) else ""


def _is_capitalised(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", line) if word.casefold() not in _SMALL]
    return bool(words) and all(word[0].isupper() for word in words)


def _readable(name: str) -> str:
    """`laporan_inflasi-2025 (1).pdf` as `Laporan inflasi 2025`; the stroke between two years stays."""
    stem = re.sub(r"\s*\(\d+\)$", "", PurePath(_line(name)).stem)
    words = _line(re.sub(r"_|(?<!\d)-|-(?!\d)|%20|\+", " ", stem))
    return words[:1].upper() + words[1:]


def _line(text: str) -> str:
    return " ".join(visible(text).split())
