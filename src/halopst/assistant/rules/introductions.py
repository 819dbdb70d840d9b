"""Who asks, said before what is asked: no word of it is what a source must say."""

import re

_END = r"(?:\s*[,;!]+\s*|\s*\.\s+|\s*\n+\s*)"
_CLAUSE = r"(?:(?![,;!\n]|\.\s).)*"
_ASKS = (
    r"(?:mau|ingin|butuh|perlu|minta|mohon|(?:men)?cari|(?:ber)?tanya|tahu|data|angka|apa|berapa|bagaimana)"
)
_OF_MINE = (
    r"(?:nama|nik|nip|nim|npwp|email|e-mail|surel|alamat|umur|(?:no|nomor)\.?(?:\s+\w+)?|hp|wa|telepon)"
)
_TRADES = r"mahasisw[ai]|siswa|siswi|pelajar|murid|anak|dosen|guru|peneliti|pegawai|staf|wartawan"
_PEOPLE = rf"(?:dari|{_TRADES}|warga|mitra)"
_GREETING = r"(?:halo|hai|hi|hello|permisi|assalam\w*|selamat\s+(?:pagi|siang|sore|malam)|good\s+\w+|dear)"
_INTRODUCTION = re.compile(
    rf"\s*(?:{_GREETING}\b{_CLAUSE}?{_END})?"
    rf"(?:perkenalkan\W+)?"
    rf"(?:{_OF_MINE}\s+(?:lengkap\s+)?(?:saya|aku|gue|ku)\b{_CLAUSE}"
    rf"|(?:saya|aku|kami)\s+(?!{_CLAUSE}\b{_ASKS}\b){_CLAUSE}\b{_PEOPLE}\b{_CLAUSE}"
    rf"|(?:my\s+name\s+is|i\s+am|i'm|this\s+is)\s+{_CLAUSE}){_END}",
    re.IGNORECASE,
)
_WHO = rf"(?:{_TRADES}|jurnalis)"
_BEFORE_IT = re.compile(
    rf"\s*(?:(?:saya|aku|kami)\s+(?:seorang\s+)?{_WHO}(?:\s+\w+)?"
    rf"|(?:dosen|guru|bos|atasan|pimpinan)\s*(?:saya|aku|kami|ku))\s+(?={_ASKS}\b)",
    re.IGNORECASE,
)
_LEAST = 2  # words: less is no question of its own


def without_introduction(question: str) -> str:
    """`Nama saya Budi, apa itu inflasi?` as `apa itu inflasi?`; what is nothing else stays as it is."""
    left = question
    while found := _INTRODUCTION.match(left) or _BEFORE_IT.match(left):
        left = left[found.end() :]
    return left if len(left.split()) >= _LEAST else question
