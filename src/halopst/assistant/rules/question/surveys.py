"""Whether a question asks from which survey a figure comes (`angka ini dari survei apa`)."""

from collections.abc import Sequence
from itertools import pairwise

_SURVEYS = frozenset({"survei", "survey", "surveinya", "sensus", "pendataan"})
_WHICH = frozenset({"apa", "mana", "apaan"})
_OF_ALL = frozenset({"saja", "aja", "kapan", "itu"})
_DIFFER = frozenset({"beda", "bedanya", "perbedaan", "perbedaannya"})
_ASKING = _SURVEYS | _WHICH
_BESIDE = frozenset(
    {
        "dari", "lewat", "pakai", "pake", "melalui", "berdasarkan", "menggunakan", "yang", "untuk", "buat",
        "dipakai", "digunakan", "dihitung", "didapat", "diperoleh", "diambil", "dikumpulkan", "berasal",
        "asalnya", "hasil", "menghitung", "hitung", "ngitung", "mengukur", "menghasilkan", "mendapatkan",
        "sumber", "sumbernya", "data", "datanya", "angka", "angkanya", "ini", "itu", "tersebut", "tadi",
        "barusan", "sih", "ya", "kak", "min", "dong", "emang", "memang", "kok", "nya", "diambilnya",
        "ngambil", "ngambilnya", "nih", "tuh", "di", "atas",
    }
)  # fmt: skip
_SAYS = frozenset({"survei", "sensus", "susenas", "sakernas", "registrasi", "supas", "pendataan"})


def surveyed(words: Sequence[str]) -> tuple[str, ...] | None:
    """The words that name the figure, empty for the one shown before; None where no survey is asked for."""
    asks = any(one in _SURVEYS and other in _WHICH for one, other in pairwise(words))
    if not asks or not _OF_ALL.isdisjoint(words[-1:]) or not _DIFFER.isdisjoint(words):
        return None
    return tuple(word for word in words if word not in _ASKING | _BESIDE)


def names_survey(words: Sequence[str]) -> bool:
    return not _SAYS.isdisjoint(words)
