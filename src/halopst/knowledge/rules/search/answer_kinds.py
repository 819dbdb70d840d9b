"""The kind of answer a question seeks, and whether a sentence has one of that kind."""

import re
from enum import StrEnum
from functools import lru_cache

from halopst.knowledge.rules.figures.periods import MONTHS


class Sought(StrEnum):
    AREA = "area"
    LENGTH = "length"
    WEIGHT = "weight"
    MONEY = "money"
    DURATION = "duration"
    TEMPERATURE = "temperature"
    SHARE = "share"
    NUMBER = "number"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    WAY = "way"
    MEANING = "meaning"
    ANYTHING = "anything"


_MONTH = "|".join(names.split()[0] for names in MONTHS)
_NAME = r"[A-Z][\w'’.-]+"  # an apostrophe as people type it
_PLACE_ASKED = "kota|negara|provinsi|kabupaten|kecamatan|daerah|wilayah|pulau|benua"
_COUNTED = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|puluh|belas|ratus|ribu|juta"
_MADE_BY = "oleh|bernama|dipimpin|diketuai|dijabat|didirikan|ditemukan"
_PLACED = "di|ke|dari|provinsi|kabupaten|kota|pulau|kecamatan|desa|negara|jalan"
_CAUSE = "karena|sebab|akibat|disebabkan|dikarenakan|lantaran|agar|supaya|sehingga|alasan|bila|apabila"
_WAY = "cara|dengan|melalui|lewat|langkah|syarat|metode|menggunakan|kemudian|lalu"
_MEANING = (
    "adalah|ialah|merupakan|yaitu|yakni|artinya|berarti|didefinisikan|disebut|menyatakan|mengukur|menunjukkan|"
    "menggambarkan|mencakup|meliputi|mengumpulkan|membandingkan|memperhitungkan"
)

_HOW_MUCH = r"(?:berapa\w*|brp)"
# Words that ask for a measure, and the units of the answers.
_MEASURED = {
    Sought.AREA: (r"luas\w*", r"(?:km|kilometer|m|meter) ?(?:persegi|2|²)|hektare?|ha"),
    Sought.LENGTH: (
        r"(?<!perguruan )(?:ke)?tinggi\w*|panjang\w*|lebar|kedalaman\w*|dalamnya|jarak\w*|jauh\w*|diameter",
        r"(?:kilo|senti|mili)?meter|km|cm|mm|m|mdpl|kaki|mil",
    ),
    Sought.WEIGHT: (r"berat\w*|bobot\w*|massa\w*", r"kilogram|gram|miligram|kg|g|ton|kuintal|ons"),
    Sought.MONEY: (
        r"harga\w*|biaya\w*|tarif\w*|gaji\w*|nilai uang",
        r"rupiah|dolar|gulden|euro|yen|poundsterling",
    ),
    Sought.DURATION: (
        r"lama(?:nya)?|umur\w*|usia\w*",
        r"tahun|bulan|minggu|pekan|hari|jam|menit|detik|abad|dasawarsa",
    ),
    Sought.TEMPERATURE: (r"suhu\w*|derajat|temperatur\w*|panas\w*", r"derajat|celsius|kelvin|fahrenheit"),
    Sought.SHARE: (r"persen\w*|proporsi\w*", r"persen|per seratus"),
}


def _measuring(asked: str) -> str:
    """`Berapa luas Nias`, `Luas Pulau Nias berapa`."""
    return rf"{_HOW_MUCH} (?:\w+ ){{0,3}}?(?:{asked})|(?:{asked}) (?:\w+ ){{0,4}}?{_HOW_MUCH}"


# The first one that matches decides.
_ASKED = (
    (Sought.TIME, r"kapan\w*|(?:tahun|tanggal|bulan|jam|pukul|abad|hari) (?:ke ?)?berapa\w*"),
    (Sought.TIME, r"(?:bulan|hari) apa\w*|when"),
    *((kind, _measuring(asked)) for kind, (asked, _units) in _MEASURED.items()),
    (Sought.DURATION, rf"{_HOW_MUCH} (?:hari|bulan|tahun|jam|menit)"),
    (Sought.NUMBER, r"berapa\w*|brp|how (?:many|much)"),
    (Sought.MEANING, r"siapa(?:kah)?(?: itu)?(?: (?-i:[A-Z])[\w'.-]*)+(?=\W*$)"),  # who someone is
    (Sought.PERSON, r"siapa\w*|who"),
    (Sought.PLACE, rf"(?:di|ke|dari) ?mana\w*|where|(?:{_PLACE_ASKED}) (?:apa|mana)\w*"),
    (Sought.REASON, r"(?:mengapa|kenapa|knp|why)\w*|apa (?:sebab|penyebab|alasan)\w*"),
    (Sought.WAY, r"bagaimana\w*|gimana|gmn|how|cara|langkah|syarat|prosedur"),
    (Sought.MEANING, r"apa(?:kah)? (?:itu|yang dimaksud|arti|pengertian|definisi|maksud)\w*"),
    (Sought.MEANING, r"arti|definisi|pengertian"),
)
_SYMBOLS = {
    Sought.MONEY: r"|\bRp ?\d|US\$|gratis|tidak dipungut",
    Sought.TEMPERATURE: "|°",
    Sought.SHARE: r"|\d ?%",
}
_HOLDS = {
    **{
        kind: rf"(?:\d|\b(?i:{_COUNTED})\b)[^.;]{{0,20}}?\b(?i:{units})\b{_SYMBOLS.get(kind, '')}"
        for kind, (_asked, units) in _MEASURED.items()
    },
    Sought.NUMBER: rf"\d|\b(?i:{_COUNTED})\b",
    Sought.TIME: rf"\b(?:1[0-9]|20)\d\d\b|\b(?i:{_MONTH}|abad)\b|\b\d{{1,2}}[.:]\d\d\b",
    Sought.PERSON: rf"\b{_NAME} {_NAME}|\b(?:{_MADE_BY}) {_NAME}",
    Sought.PLACE: rf"\b(?i:{_PLACED}) (?:\w+ )?{_NAME}",
    Sought.REASON: rf"\b(?i:{_CAUSE})\w*\b",
    Sought.WAY: rf"\b(?i:{_WAY})\w*\b|^(?:\d{{1,2}}[.)]|[-*•])\s",  # or a step of a list
    Sought.MEANING: rf"\b(?i:{_MEANING})\b",
}
_ASKED_COMPILED = tuple((kind, re.compile(rf"\b(?:{asked})\b", re.IGNORECASE)) for kind, asked in _ASKED)
_HOLDS_COMPILED = {kind: re.compile(pattern) for kind, pattern in _HOLDS.items()}


def sought(question: str) -> Sought:
    return next((kind for kind, pattern in _ASKED_COMPILED if pattern.search(question)), Sought.ANYTHING)


@lru_cache(maxsize=50_000)
def holds(kind: Sought, sentence: str) -> bool:
    """Whether a sentence could answer a question of this kind, by a number, a name, a cause."""
    pattern = _HOLDS_COMPILED.get(kind)
    return pattern is None or pattern.search(sentence) is not None
