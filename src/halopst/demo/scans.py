"""Scans of signed letters that nobody printed or signed."""

from io import BytesIO

import pikepdf

from halopst.letters.models import Letter
from halopst.letters.services.papers import fetch


def as_if_scanned(letter: Letter) -> bytes:
    """The same pages in a file of their own, as what comes back is never the file that was printed."""
    with pikepdf.open(BytesIO(fetch(letter.file))) as paper:
        paper.docinfo["/Title"] = "Peragaan: pindaian surat yang ditandatangani"
        made = BytesIO()
        paper.save(made)
    return made.getvalue()
