"""Which figures may be added up: what is counted or weighed, of regions apart, and over time what flows."""

from halopst.core.spelling import words

_NOT_ADDED = frozenset(
    {
        "persen", "percent", "poin", "points", "tahun", "years", "indeks", "index", "rasio", "ratio",
        "derajat", "kali",
    }
)  # fmt: skip
_OF_SHARES = frozenset(
    {
        "rata", "indeks", "rasio", "laju", "tingkat", "persentase", "kepadatan", "garis", "umur", "nilai",
        "per", "gini", "pertumbuhan", "proporsi", "angka", "produktivitas", "inflasi", "median", "average",
        "rate", "index", "ratio",
    }
)  # fmt: skip
_PRICES = frozenset(
    {
        "harga",
        "upah",
        "gaji",
        "tarif",
        "pendapatan",
        "kurs",
        "suhu",
        "curah",
        "kelembapan",
        "ketinggian",
        "jarak",
    }
)
_AT_PRICES = ("atas", "dasar", "harga")
_FLOWS = frozenset(
    {
        "produksi", "kunjungan", "tamu", "wisatawan", "kelahiran", "kematian", "ekspor", "impor",
        "kejadian", "realisasi", "penjualan", "penerimaan", "pengeluaran", "perjalanan", "penumpang",
    }
)  # fmt: skip


def adds_over_regions(name: str, measure: str) -> bool:
    """Whether two regions' figures make up that of both: people, tons, hectares; no shares, no prices."""
    units, said = set(words(measure)), words(" ".join(words(name)).replace(" ".join(_AT_PRICES), ""))
    is_share = "/" in measure or "%" in measure or units & _NOT_ADDED or _OF_SHARES.intersection(said)
    return bool(units) and not is_share and _PRICES.isdisjoint(said)


def adds_over_time(name: str, measure: str) -> bool:
    """Whether years make up their total: what is produced does, who is there in each year does not."""
    return adds_over_regions(name, measure) and bool(_FLOWS.intersection(words(name)))
