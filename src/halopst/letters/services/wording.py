"""What the press says of a faulty template, in words of the office."""

import re
from typing import Final

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

_KNOWN: Final = (
    (
        re.compile(r"unknown variable: (.+)"),
        _("“%(it)s” tidak dikenal. Nilai surat ditulis dengan awalan d, misalnya d.nomor."),
    ),
    (
        re.compile(r"dictionary does not contain key \"(.+?)\""),
        _("Isian “%(it)s” tidak ada di jenis surat ini."),
    ),
    (re.compile(r"(unclosed .+)"), _("Ada tanda yang belum ditutup (%(it)s).")),
    (re.compile(r"(unexpected .+)"), _("Ada tanda yang tidak pada tempatnya (%(it)s).")),
    (
        re.compile(r"the text \W*(.+?)\W* could not be displayed"),
        _("Huruf “%(it)s” tidak ada di jenis huruf surat."),
    ),
    (
        re.compile(r"file not found \(searched at (?:.*/)?([^/]+)\)"),
        _("Naskah tidak dapat membuka berkas (%(it)s)."),
    ),
)


def fault_in_words(message: str, line: int) -> str:
    """Such as `Baris 12: Isian “nilai” tidak ada di jenis surat ini`."""
    said = say("Naskah tidak dapat dicetak (%(it)s).") % {"it": message}
    for pattern, sentence in _KNOWN:
        if found := pattern.search(message):
            said = str(sentence) % {"it": found[1]}
            break
    return say("Baris %(baris)d: %(sebab)s") % {"baris": line, "sebab": said} if line else said


def forbidden_in_words(word: str, line: int) -> str:
    return say("Baris %(baris)d: kata “%(kata)s” tidak dapat dipakai di naskah surat.") % {
        "baris": line,
        "kata": word,
    }
