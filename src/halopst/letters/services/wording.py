"""What the press says of a faulty template, in words of the office."""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.functional import Promise
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
    (
        re.compile(r"(condition is always true|loop seems to be infinite)"),
        _("Pengulangan ini tidak pernah selesai. Beri batas."),
    ),
    (
        re.compile(r"(maximum .+ depth exceeded)"),
        _("Naskah memanggil dirinya sendiri tanpa akhir."),
    ),
    (
        re.compile(r"index out of bounds \(index: (-?\d+),"),
        _("Daftar ini tidak punya baris %(it)s; hitungannya mulai dari 0."),
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


_KNOWN_OF_WORD: Final = (
    (
        re.compile(r"'(\w+)' is undefined|has no attribute '(\w+)'"),
        _("Isian “%(it)s” tidak ada di jenis surat ini."),
    ),
    (
        re.compile(r"access to attribute '(\w+)'"),
        _("Templat Word memakai “%(it)s”, yang tidak dapat dipakai di sini."),
    ),
    (re.compile(r"(no loader)"), _("Templat Word tidak dapat membuka berkas lain.")),
    (
        re.compile(r"(too large)"),
        _("Templat Word terlalu besar: paling besar 2 MB, dan 20 MB setelah dibuka."),
    ),
    (
        re.compile(r"(not a zip file|word/document\.xml|[Bb]ad .*(?:zip|magic|CRC)|no item named)"),
        _("Berkas ini bukan dokumen Word (.docx). Simpan dari Word sebagai .docx, lalu unggah lagi."),
    ),
    (
        re.compile(r"(?:[Ee]ncountered unknown tag|[Uu]nexpected|[Ee]xpected) (.+)"),
        _("Ada tanda {{ }} atau {%% %%} yang keliru di templat Word (%(it)s)."),
    ),
)


def word_fault_in_words(message: str) -> str:
    """Such as `Isian “nomr” tidak ada di jenis surat ini`."""
    unknown = say("Templat Word tidak dapat diisi: %(sebab)s") % {"sebab": message[:200]}
    return _said(message, _KNOWN_OF_WORD) or unknown


def fault_in_words(message: str, line: int) -> str:
    """Such as `Baris 12: Isian “nilai” tidak ada di jenis surat ini`."""
    said = _said(message, _KNOWN) or say("Naskah tidak dapat dicetak (%(it)s).") % {"it": message}
    return say("Baris %(baris)d: %(sebab)s") % {"baris": line, "sebab": said} if line else said


def _said(message: str, known: Iterable[tuple[re.Pattern[str], Promise]]) -> str:
    """The sentence of the first pattern that knows the message; empty where none does."""
    for pattern, sentence in known:
        if found := pattern.search(message):
            return str(sentence) % {"it": next(filter(None, found.groups()))}
    return ""


def forbidden_in_words(word: str, line: int) -> str:
    return say("Baris %(baris)d: kata “%(kata)s” tidak dapat dipakai di naskah surat.") % {
        "baris": line,
        "kata": word,
    }
