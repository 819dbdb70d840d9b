"""A question that names nothing but people asks how many of them there are."""

from collections.abc import Sequence

from halopst.assistant.rules.question.intents import COMPARISON, TREND, asks_for_amount, narrowing

POPULATION = ("jumlah", "penduduk")
_SEXES = frozenset({"laki", "perempuan"})
PLACES = frozenset({"kecamatan", "kelurahan", "desa"})
_INHABITANTS = frozenset({"penduduk"})
SHARES = frozenset(
    [
        "persen", "persennya", "percent", "percentage", "persentase", "persentasenya", "prosentase",
        "proporsi", "share",
    ]
)  # fmt: skip
_HOW_MANY = frozenset({"berapa", "brp", "how", "what"})
ANYBODY = frozenset({"orang", "warga", "jiwa", "masyarakat", "people", "residents", "manusia"})


def share(words: Sequence[str], topic: Sequence[str]) -> tuple[str, ...]:
    """`Berapa persen warga miskin` asks for a share: `jumlah`, which tables say, is left out."""
    is_share = not SHARES.isdisjoint(words) and "jumlah" not in words
    return tuple(word for word in topic if word != "jumlah") if is_share else tuple(topic)


def other_measure(words: Sequence[str], topic: Sequence[str]) -> tuple[str, ...]:
    """`Berapa orang itu?` after a share asks for the number; `berapa persen?` after a number, the share."""
    if topic or not _HOW_MANY.intersection(words):
        return tuple(topic)
    if not SHARES.isdisjoint(words):
        return ("persentase",)
    return tuple(topic) if ANYBODY.isdisjoint(words) else ("jumlah",)


def headcount(words: Sequence[str], topic: Sequence[str], kind: str) -> tuple[str, ...]:
    """The topic as if `jumlah penduduk` had been said; unchanged where anything else is named.

    `Jumlah kecamatan` counts places, not the people in them.
    """
    named = frozenset(topic)
    parts = _SEXES | narrowing()
    if not named <= _INHABITANTS | parts | ANYBODY or (named <= PLACES and ANYBODY.isdisjoint(words)):
        return tuple(topic)
    counted = asks_for_amount(words) or kind in {COMPARISON, TREND}
    if _INHABITANTS & named or (counted and (named or not ANYBODY.isdisjoint(words))):
        return (*POPULATION, *(word for word in topic if word in parts))
    return tuple(topic)
