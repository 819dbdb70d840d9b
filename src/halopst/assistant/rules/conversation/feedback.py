"""What a short message says of an answer: that it helped or not, and what was wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from halopst.assistant.rules.conversation.whatsapp_commands import bare


class Opinion(StrEnum):
    HELPED = "helped"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What was wrong: one of the reasons offered, and what was said besides."""

    reason: str
    remark: str


OTHER = "other"
_SKIN_OR_STYLE = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
_OPINIONS = {
    Opinion.HELPED: {"👍", "membantu", "sangat membantu", "jawaban membantu"},
    Opinion.WRONG: {
        "👎", "salah", "keliru", "kurang tepat", "tidak tepat", "tidak membantu", "kurang membantu",
        "gak membantu", "ga membantu", "nggak membantu", "tdk membantu", "jawaban salah", "jawabannya salah",
        "jawaban kurang tepat", "jawaban tidak membantu",
    },
}  # fmt: skip
_WORDS = {
    "off": {"tidak menjawab pertanyaan", "tidak menjawab", "tidak nyambung", "gak nyambung", "melenceng"},
    "figure": {"angkanya keliru", "angkanya salah", "angka salah", "angka keliru", "salah angka"},
    "slot": {"wilayah atau waktunya lain", "salah wilayah", "wilayahnya salah", "wilayahnya lain",
             "salah tahun", "tahunnya salah", "tahunnya lain", "waktunya lain"},
    "old": {"sudah lama", "data lama", "datanya lama", "sudah usang", "kedaluwarsa"},
    "unclear": {"sulit dipahami", "tidak jelas", "kurang jelas", "membingungkan", "bingung"},
    OTHER: {"lainnya", "lain-lain"},
}  # fmt: skip
_NUMBERED = re.compile(
    r"(?:no\.?|nomor|pilih|pilihan)?\s*([1-9])(?!\d)\s*([.),:-]?)\s*(.*)", re.IGNORECASE | re.DOTALL
)
_ASKS = re.compile(
    r"\?|\b(?:berapa\w*|brp|apa(?:kah)?|bagaimana\w*|gimana|mengapa|kenapa|kapan|(?:di|ke|dari) ?mana|siapa|"
    r"mana|tolong|mohon|minta|mau|ingin|cari\w*|tampilkan|bandingkan|jelaskan|kalau|kalo)\b",
    re.IGNORECASE,
)
_COMPLAINS = re.compile(
    r"\b(?:jawaban(?:nya)?|angkanya|datanya|tahunnya|wilayahnya|sumbernya|tautannya|tabelnya|isinya)\b|"
    r"\b(?:maksud saya|(?:se)?harusnya|padahal|keliru|usang|bingung|salah(?! satu))\b|"
    r"\bbukan (?:itu|yang|saya)\b|\byang saya (?:tanya\w*|maksud)\b|\b(?:tidak|tdk|kurang|gak|ga|nggak) "
    r"(?:jelas|lengkap|tepat|sesuai|nyambung|cocok|dimengerti|paham)\b",
    re.IGNORECASE,
)


def opinion(said: str) -> Opinion | None:
    """The opinion that `said` expresses; None if it says anything else."""
    plain = bare(_SKIN_OR_STYLE.sub("", said))
    return next((one for one, words in _OPINIONS.items() if plain in words), None)


def complaint(said: str, reasons: Sequence[str]) -> Complaint | None:
    """What was wrong, by the number or the words of one of `reasons`, or in the visitor's own words.

    None for what may be a question: own words count only if they plainly speak of the answer and ask for
    nothing.
    """
    numbered = _NUMBERED.fullmatch(said.strip())
    if numbered:
        return _by_number(int(numbered[1]), numbered[2], numbered[3], reasons)
    plain = bare(said)
    named = next((one for one, words in _WORDS.items() if plain in words), None)
    if named in reasons:
        return Complaint(str(named), "")
    return Complaint(OTHER, said.strip()) if _is_remark(said) else None


def _by_number(number: int, mark: str, rest: str, reasons: Sequence[str]) -> Complaint | None:
    """`2` or `2. tahunnya lain` picks a reason; `5 kabupaten termiskin` is a question."""
    is_beside = _is_remark(rest) or (mark and not _ASKS.search(rest))
    if number > len(reasons) or (rest and not is_beside):
        return None
    return Complaint(reasons[number - 1], rest.strip())


def _is_remark(text: str) -> bool:
    return bool(_COMPLAINS.search(text)) and not _ASKS.search(text)
