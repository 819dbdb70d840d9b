"""Whether somebody with so much money is poor: no figure says so; the poverty line is told instead."""

import re

from halopst.core.spelling import words as plain

POVERTY_LINE = "garis kemiskinan"
_MONEY = frozenset(
    {
        "gaji", "gajiku", "gajinya", "gajian", "bergaji", "digaji", "penghasilan", "penghasilannya",
        "penghasilanku", "berpenghasilan", "pendapatan", "pendapatannya", "pendapatanku", "berpendapatan",
        "pengeluaran", "pengeluarannya", "upah", "upahnya", "uang", "duit", "income", "salary", "earn",
        "earning", "wage", "spend", "spending", "bayaran",
    }
)  # fmt: skip
_POOR = frozenset({"miskin", "melarat", "kere", "poor"})
_COUNTED = frozenset({"jumlah", "persentase", "persen", "penduduk", "kemiskinan", "per", "kapita", "tingkat"})
_AMOUNT = re.compile(
    r"\b(?:rp\.?\s*)?\d[\d.,]*\s*(?:rb|ribu|k|jt|juta)?\b|\b(?:se)?(?:ratus|juta|ribu)\b", re.IGNORECASE
)
_HOW_MUCH = frozenset({"berapa", "brp", "segitu", "sekian", "much"})


def asks_if_poor(question: str) -> bool:
    """`Kalau gaji 500rb itu miskin ga?`, `penghasilan berapa yang disebut miskin?`."""
    about = frozenset(plain(question))
    if about.isdisjoint(_MONEY) or about.isdisjoint(_POOR) or not about.isdisjoint(_COUNTED):
        return False
    return bool(_AMOUNT.search(question)) or not about.isdisjoint(_HOW_MUCH)
