"""What a short message means beside a question: a command, the number of an option. No Django, no clock."""

import re
from enum import StrEnum

from halopst.assistant.rules.question.remarks import Remark, remark

LONGEST_MESSAGE = 4096  # WhatsApp's limit for a text
_ENDS = " .!,*_\"'"


class Command(StrEnum):
    OFFICER = "officer"
    FORGET = "forget"
    KEEP = "keep"
    DO_NOT_KEEP = "do not keep"


_WORDS = {
    Command.OFFICER: {"petugas", "hubungi petugas", "tanya petugas", "admin", "operator", "manusia", "cs"},
    Command.FORGET: {"hapus", "hapus percakapan", "hapus data", "lupakan"},
    Command.KEEP: {"ya", "y", "iya", "boleh", "setuju"},
    Command.DO_NOT_KEEP: {"tidak", "tdk", "jangan", "tidak boleh", "tarik izin"},
}
_OFFICE = re.compile(r"(?<!\S)#([a-z0-9-]{2,60})[,.:;!?]*(?!\S)", re.IGNORECASE)
_CHOICE = re.compile(r"(?:no\.?|nomor|pilih|pilihan)?\s*([1-9])[.)]?", re.IGNORECASE)


def addressed(text: str) -> tuple[str, str]:
    """`Halo #surabayakota` is meant for the office with that short address: its name, and what is left."""
    found = _OFFICE.search(text)
    if found is None:
        return "", text.strip()
    return found[1].casefold(), " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


def is_addressed_first(text: str) -> bool:
    """Whether `text` calls an office before anything is asked: it begins so, or only greets or commands else.

    Behind a question, `#skripsi` may be said for its own sake.
    """
    _named, left = addressed(text)
    return text.strip().startswith("#") or command(left) is not None or remark(left) is Remark.GREETING


def command(text: str) -> Command | None:
    """The command `text` is and nothing else: `petugas` within a question is no command."""
    said = bare(text)
    return next((one for one, words in _WORDS.items() if said in words), None)


def bare(text: str) -> str:
    """Lower case, single spaces, and without the marks around it."""
    return " ".join(text.casefold().strip(_ENDS).split())


def choice(text: str) -> int | None:
    """`2`, `2.`, `no 2`, `pilih 2`: the option with this number, counted from 1."""
    found = _CHOICE.fullmatch(text.strip())
    return int(found[1]) if found else None


def fitted(text: str, below: str) -> str:
    """`text` with `below` under it as one message holds it: what is too long is cut above, at a word."""
    room = LONGEST_MESSAGE - len(below) - 2
    if len(text) > room:
        text = f"{text[: room - 4].rsplit(maxsplit=1)[0]} ..."
    return "\n\n".join(filter(None, (text, below)))
