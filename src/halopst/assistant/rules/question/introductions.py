"""A greeting, who asks and where to answer: words beside the question that no source has to hold."""

import re

from halopst.assistant.rules.privacy.masking import MASK, contacts_masked

_END = r"(?:\s*[,;!]+\s*|\s*\.\s+|\s*\n+\s*)"
_CLAUSE = r"(?:(?![,;!\n]|\.\s).)*"
_ASKS = (
    r"(?:mau|ingin|butuh|perlu|minta|mohon|(?:men)?cari|(?:ber)?tanya|tahu|data|angka|apa|berapa|bagaimana)"
)
_OF_MINE = (
    r"(?:nama|nik|nip|nim|npwp|email|e-mail|surel|alamat|umur|(?:no|nomor)\.?(?:\s+\w+)?|hp|wa|telepon)"
)
_OF_A_VILLAGE = r"(?:perangkat|aparat|kepala|pamong|operator)\s+(?:desa|kelurahan|dusun)"
_TRADES = (
    r"mahasisw[ai]|siswa|siswi|pelajar|murid|anak|dosen|guru|peneliti|pegawai|staf|wartawan|pensiunan|pedagang"
    rf"|pengusaha|analis|{_OF_A_VILLAGE}"
)
_PEOPLE = rf"(?:dari|{_TRADES}|warga|mitra)"
_GREETING = (
    r"(?:halo|hai|hi|hello|permisi|assalam[\w'’`]*|selamat\s+(?:pagi|siang|sore|malam)|good\s+\w+|dear)"
)
_NAME, _NUMBER = r"(?-i:[A-Z]\w+(?:\s+[A-Z]\w+){0,2})", r"(?:\W*(?:\d[\d -]{8,}|\[telepon\]))?"
_INTRODUCTION = re.compile(
    rf"\s*(?:{_GREETING}\b{_CLAUSE}?{_END})?"
    rf"(?:perkenalkan\W+)?"
    rf"(?:{_OF_MINE}\s+(?:lengkap\s+)?(?:saya|aku|gue|ku)\b{_CLAUSE}"
    rf"|(?:saya|aku|kami)\s+(?!{_CLAUSE}\b{_ASKS}\b)(?:{_CLAUSE}\b{_PEOPLE}\b{_CLAUSE}|{_NAME}{_NUMBER})"
    rf"|(?:my\s+name\s+is|i\s+am|i'm|this\s+is)\s+{_CLAUSE}){_END}",
    re.IGNORECASE,
)
_TO_US = r"(?:kak|min|mimin|admin|pak|bu|mas|mbak|bang|gan|aida|sir|madam|there)"
_TO_YOU = rf"(?:{_TO_US}|bapak|ibu|kakak|semua|semuanya|tim|bps)"
_BLESSING = r"(?:\s+(?:wr\.?|wb\.?|warahmat\w+|wabarakat\w+|alaikum))"
_DAY = rf"(?:pagi|siang|sore|malam)(?=\s+{_TO_US}\b|\s*[,!])"
_HELLO = re.compile(
    rf"\s*(?:{_GREETING}{_BLESSING}*|{_DAY})(?![\w-])"
    rf"(?:(?:[\s,/]+{_TO_YOU}\b)*\s*[,.!;]+\s*|(?:\s+{_TO_US}\b)*\s+)",
    re.IGNORECASE,
)
_WHO = rf"(?:{_TRADES}|jurnalis)"
_BEFORE_IT = re.compile(
    rf"\s*(?:(?:saya|aku|kami)\s+(?:seorang\s+)?{_WHO}(?:\s+\w+)?"
    rf"|(?:dosen|guru|bos|atasan|pimpinan)\s*(?:saya|aku|kami|ku))\s+(?={_ASKS}\b)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"((?:[,;!?]|\.(?=\s|$)|\n)+\s*)")
_OF_CONTACTS = re.compile(
    r"(?:[\W_]|\b(?:hp|wa|whatsapp|telp|telepon|ponsel|no|nomor|nomer|e-?mail|surel|nik|nip|nim|saya|aku|kami|ku"
    r"|ini|itu|adalah|di|ke|lewat|via|atau|dan|serta|(?:di)?kirim(?:kan|i)?|balas|hubungi|kabari|mohon|tolong|bisa"
    r"|dapat|(?:jawaban|hasil|data)nya|jawaban|ya|kak|mas|mbak|pak|bu|min|my|phone|number|is|send|to|at)\b)*",
    re.IGNORECASE,
)
_LEAST = 2  # words: less is no question of its own


def without_introduction(question: str) -> str:
    """`Halo, nama saya Budi, apa itu inflasi?` as `apa itu inflasi?`.

    Unchanged where nothing else would be left.
    """
    left = _without_contacts(question)
    while found := _HELLO.match(left) or _INTRODUCTION.match(left) or _BEFORE_IT.match(left):
        left = left[found.end() :]
    return left if len(left.split()) >= _LEAST else question


def _without_contacts(question: str) -> str:
    """Without the parts that only say where to answer: `HP saya 0812 3456 7890`, `kirim ke a@b.id`."""
    parts = [*_PARTS.split(question), ""]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return "".join(said + end for said, end in pairs if not _only_contacts(said)).strip()


def _only_contacts(said: str) -> bool:
    left, contacts = MASK.subn(" ", contacts_masked(said))
    return contacts > 0 and _OF_CONTACTS.fullmatch(left) is not None
