"""Scans of signed letters that nobody printed or signed."""

from datetime import datetime
from io import BytesIO

import pikepdf

from halopst.core.actors import Actor
from halopst.letters.models import Letter
from halopst.letters.services import sign_on_paper
from halopst.letters.services.papers import fetch


def sign_as_if_scanned(actor: Actor, letter: Letter, *, signer: str, now: datetime) -> None:
    """Signed by the same pages in a file of their own, which no check would take for a scan."""
    with pikepdf.open(BytesIO(fetch(letter.file))) as paper:
        paper.docinfo["/Title"] = "Peragaan: pindaian surat yang ditandatangani"
        made = BytesIO()
        paper.save(made)
    sign_on_paper(actor, letter, made.getvalue(), signer=signer, was_read=False, now=now)
