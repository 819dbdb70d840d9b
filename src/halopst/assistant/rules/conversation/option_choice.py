"""Which of the options offered a short reply picks: `yang kota`, `2`, `persentase`."""

import re
from collections.abc import Sequence
from datetime import date

from halopst.assistant.rules.question import periods
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


def chosen(reply: str, options: Sequence[Sequence[str]], today: date) -> str:
    """The question of the option that a reply picks, and what the reply says of time; else the reply itself.

    Each option is a label and its question. `Yang kota. Tahun 2020` is the question for the city in 2020.
    """
    labels = [label for label, _question in options]
    if (place := picked(reply, labels)) is not None:
        return options[place][1]
    without, time = _without_time(reply, today)
    if not time or (place := picked(without, labels)) is None:
        return reply
    return f"{_without_time(options[place][1], today)[0]} {time}"


def _without_time(text: str, today: date) -> tuple[str, str]:
    """A text without its words of time, and these."""
    words = periods.split(plain(text))
    used = periods.find(words, today).used
    rest = " ".join(word for at, word in enumerate(words) if at not in used)
    time = " ".join(word for at, word in enumerate(words) if at in used)
    return (rest, time) if time else (text, "")


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
