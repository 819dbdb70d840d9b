"""Checking a file: is it byte for byte a letter of ours, and who signed it electronically."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.letters.esign import EsignClient, Report
from halopst.letters.models import Letter
from halopst.letters.queries import Verification, viewing_units
from halopst.letters.rendering.papers import NotAPaper, pages_of
from halopst.letters.services.refusals import NotAPdf, PdfTooLarge

LARGEST_SIGNED: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """What BSrE says of a file, and the letter it is byte for byte, if it is one the actor may read."""

    report: Report
    letter: Letter | None


def is_same_file(found: Verification, pieces: Iterable[bytes]) -> bool:
    """Whether a file, handed over in pieces, is byte for byte the letter or its signed version."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest() in found.hashes


def check_signatures(actor: Actor, content: bytes, *, client: EsignClient) -> Checked:
    """Ask BSrE who signed a PDF; for who reads letters of any office. The file is kept nowhere."""
    if not viewing_units(actor).exists():
        raise NotPermitted
    if len(content) > LARGEST_SIGNED:
        raise PdfTooLarge
    try:
        pages_of(content)
    except NotAPaper as error:
        raise NotAPdf from error
    digest = hashlib.sha256(content).hexdigest()
    same = Letter.objects.visible_to(actor).filter(Q(sha256=digest) | Q(signings__sha256=digest))
    return Checked(client.verify_pdf(content), same.select_related("number").first())
