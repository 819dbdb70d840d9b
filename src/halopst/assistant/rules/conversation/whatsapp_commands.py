"""What a short message over WhatsApp means beside a question: a command, or the number of an option."""

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
    """The office that a message names (`Halo #surabayakota`), empty for none; and the rest of the message."""
    found = _OFFICE.search(text)
    if found is None:
        return "", text.strip()
    return found[1].casefold(), " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


def is_addressed_first(text: str) -> bool:
    """Whether an office is named before anything is asked.

    Either the text begins with the name, or it holds nothing else but a greeting or a command. After a
    question, `#skripsi` may mean something else.
    """
    _named, left = addressed(text)
    return text.strip().startswith("#") or command(left) is not None or remark(left) is Remark.GREETING


def command(text: str) -> Command | None:
    """The command, if `text` is nothing else: `petugas` within a question is no command."""
    said = bare(text)
    return next((one for one, words in _WORDS.items() if said in words), None)


def bare(text: str) -> str:
    """The text in lower case with single spaces, without the marks around it."""
    return " ".join(text.casefold().strip(_ENDS).split())


def choice(text: str) -> int | None:
    """The number of the option that is picked, from 1: `2`, `2.`, `no 2`, `pilih 2`."""
    found = _CHOICE.fullmatch(text.strip())
    return int(found[1]) if found else None


def fitted(text: str, below: str) -> str:
    """`text` with `below` under it, as one message can hold them: a long text is cut at a word."""
    room = LONGEST_MESSAGE - len(below) - 2
    if len(text) > room:
        text = f"{text[: room - 4].rsplit(maxsplit=1)[0]} ..."
    return "\n\n".join(filter(None, (text, below)))
