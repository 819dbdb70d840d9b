"""A question for a figure that also asks to have it judged: `berapa IPM Surabaya, tinggi atau rendah?`."""

import re

from halopst.assistant.rules.question.intents import asks_for_amount
from halopst.core.spelling import words as plain

_CALLED = frozenset(
    {
        "tinggi", "rendah", "sedang", "besar", "kecil", "timpang", "merata", "parah", "bagus", "jelek",
        "baik",
        "buruk", "aman", "wajar", "normal", "makmur", "sejahtera", "ringan", "berat", "bahaya",
        "high", "low",
        "good", "bad",
    }
)  # fmt: skip
_ASKING = frozenset(
    {
        "masuk", "termasuk", "tergolong", "terhitung", "kategori", "kategorinya", "golongan", "level", "atau",
        "tidak", "nggak", "enggak", "gak", "ga", "ngga", "ndak", "tak", "kah", "bukan", "or", "considered",
    }
)  # fmt: skip
_BESIDE = frozenset(
    {
        "itu", "ini", "apakah", "apa", "dan", "udah", "sudah", "lumayan", "cukup", "sangat", "dalam", "yang",
        "ya", "sih", "kak", "kan", "tuh", "is", "it", "that", "a", "the", "and", "belum", "terlalu", "very",
    }
)  # fmt: skip
_HELD_AGAINST = frozenset({"lebih", "paling", "more", "most", "less", "least", "dibanding", "daripada"})
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def without_judgement(question: str) -> str:
    """The question for the figure alone; empty where no judgement is asked for, or only that.

    A comparison (`lebih tinggi`) is no judgement.
    """
    found = list(_WORD.finditer(question))
    end = len(found)
    while end and found[end - 1][0].lower() in _CALLED | _ASKING | _BESIDE:
        end -= 1
    taken = {one[0].lower() for one in found[end:]}
    if not end or taken.isdisjoint(_CALLED) or (taken.isdisjoint(_ASKING) and "is" not in taken):
        return ""
    left = question[: found[end - 1].end()]
    return "" if _HELD_AGAINST.intersection(plain(left)) else left


def says_amount(question: str) -> bool:
    return asks_for_amount(plain(question)) or "brp" in plain(question)
