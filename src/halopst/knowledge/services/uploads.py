"""The text of a file as a draft. The file itself is not kept: what is published is what someone has read."""

import re
import subprocess
import sys
import unicodedata
from codecs import BOM_UTF8
from datetime import datetime

import filetype
from django.conf import settings
from django.db.models import Q

from halopst.core.actors import Actor
from halopst.core.visible import visible
from halopst.knowledge import permissions, reading
from halopst.knowledge.models import Document
from halopst.knowledge.rules.texts.titles import title_of
from halopst.knowledge.services.authority import may, must
from halopst.knowledge.services.refusals import (
    AlreadyHere,
    Locked,
    NoTextInside,
    NotReadable,
    TooLarge,
    TooLong,
)
from halopst.knowledge.services.writing import Content, write
from halopst.units.models import Unit

MEGABYTE = 1024 * 1024
WAITS = 30  # seconds; the reader itself may take twenty of the processor
FEWEST_LETTERS = 20


def take_in(actor: Actor, *, unit: Unit | None, name: str, content: bytes, now: datetime) -> Document:
    """A draft with the text of a PDF, DOCX or HTML file, for someone to look at."""
    must(may(actor, permissions.WRITE, unit))
    own, text = read(content)
    _must_be_new(unit, text)
    kept = Content(title=title_of(own, text, name), text=text, kind=Document.Kind.PUBLICATION)
    return write(actor, unit=unit, content=kept, now=now)


def _must_be_new(unit: Unit | None, text: str) -> None:
    """Refuse a text the office has, also in an earlier version: two texts would answer alike."""
    there = Document.objects.filter(unit=unit).exclude(state=Document.State.WITHDRAWN)
    same = there.filter(Q(text=text) | Q(versions__text=text)).first()
    if same is not None:
        raise AlreadyHere(str(same))


def read(content: bytes) -> tuple[str, str]:
    """A file's own title and text; refuses what is too large, no document, broken, harmful or empty."""
    if len(content) > settings.ATTACHMENT_MEGABYTES * MEGABYTE:
        raise TooLarge(settings.ATTACHMENT_MEGABYTES)
    kind = _kind(content)
    try:
        done = subprocess.run(  # noqa: S603  # our own module, with a word from our own list
            [sys.executable, "-I", "-m", "halopst.knowledge.reading", kind],
            input=content,
            capture_output=True,
            timeout=WAITS,
            env={},  # it has no use for our secrets
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotReadable from error
    if done.returncode != 0:
        raise {reading.LOCKED: Locked, reading.TOO_LONG: TooLong}.get(done.returncode, NotReadable)
    title, _end, inside = done.stdout.decode("utf-8", errors="replace").partition("\n")
    text = clean(inside)
    if sum(letter.isalpha() for letter in text) < FEWEST_LETTERS:
        raise NoTextInside
    return title, text


def clean(text: str) -> str:
    """What people see of it, words broken at a line's end joined, at most one empty line."""
    text = visible(unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return re.sub(r"\n\s*\n\s*", "\n\n", text).strip()


# A page, or a piece of one as programs save it.
_HTML = re.compile(rb"<(!doctype html|(html|head|meta|title|h[1-6]|p|div|article|section|table|ul|ol)[\s>])")


def _kind(content: bytes) -> str:
    """What the content proves to be, whatever the file is called."""
    guessed = filetype.guess_extension(content[:8192])
    if guessed in {"pdf", "docx"}:
        return str(guessed)
    start = content[:4096].removeprefix(BOM_UTF8).lstrip().lower()
    if guessed is None and (_HTML.match(start) or b"<body" in start):
        return "html"
    raise NotReadable
