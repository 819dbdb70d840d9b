"""Which of the options offered a short reply picks: `yang kota`, `2`, `persentase`."""

import re
from collections.abc import Sequence

from halopst.assistant.rules.question.intents import filler
from halopst.core.spelling import words as plain

MOST_WORDS = 5
_NUMBER = re.compile(r"(?:(?:no|nomor|nomer|pilih|pilihan|yang|option)\W*)*([1-9])\W*")
_ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam")
_KINDS = {
    "kab": "kabupaten",
    "regency": "kabupaten",
    "city": "kota",
    "prov": "provinsi",
    "province": "provinsi",
}
_MEASURES = {
    **dict.fromkeys(("persen", "persennya", "persentasenya", "prosentase", "percent"), "persentase"),
    **dict.fromkeys(("jumlahnya", "banyaknya", "orang", "orangnya", "jiwa"), "jumlah"),
}
_SAID_ALONE = frozenset({"kabupaten", "kota", "provinsi"})  # kinds of region, which are filler elsewhere


def picked(reply: str, labels: Sequence[str]) -> int | None:
    """The place of the option picked, from 0; None when none is, or several may be."""
    if (number := _NUMBER.fullmatch(reply.strip().casefold())) is not None:
        return int(number[1]) - 1 if int(number[1]) <= len(labels) else None
    named = frozenset(word for label in labels for word in plain(label))
    words = [_as_named(word, named) for word in plain(reply)]
    alone = _SAID_ALONE | (named & frozenset(_MEASURES.values()))
    said = {word for word in words if word in alone or word not in filler()}
    if len(words) > MOST_WORDS or not said:
        return None
    for place, ordinal in enumerate(_ORDINALS[: len(labels)]):
        if said == {ordinal}:
            return place
    fitting = [place for place, label in enumerate(labels) if said <= set(plain(label))]
    return fitting[0] if len(fitting) == 1 else None


def _as_named(word: str, named: frozenset[str]) -> str:
    """`Persen` as the `persentase` of a label, where one has that word."""
    measure = _MEASURES.get(word, "")
    return measure if measure in named else _KINDS.get(word, word)
