"""A question as texts would put it: everyday words and turns replaced, what says nothing left out."""

import re
from collections.abc import Sequence
from functools import lru_cache

from halopst.assistant.rules.language.word_tables import table
from halopst.core.spelling import words
from halopst.knowledge.rules.words.stopwords import STOP

_CALLS = "ya|yah|sih|si|kak|min|dong|donk|kah|dah|deh|loh|lho|nih|tuh|bro|gan|bang|pak|bu|mas|mbak"
_LAST = rf"(?:\s+(?:{_CALLS}))*\s*\??\s*$"
_NAMED = r"^\s*(?:kalau|yang|apa)?\s*(?P<what>.+?)"
_COUNTED_AS = (
    "(?:disebut|dimaksud|dikatakan|dibilang|dianggap|dihitung|dikategorikan|tergolong|termasuk)(?: sebagai)?"
)
_SHORT = r"(?:singkatan|kepanjangan)(?:nya)?(?:\s+dari)?"
_MEANS = "(?:artinya|maksudnya|definisinya|pengertiannya)"
# Every way of asking what something is, as one: `apa itu ...`.
_WHAT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAMED}\s+(?:itu|tuh)\s+apa(?:an)?{_LAST}",
        rf"{_NAMED}\s+(?:itu\s+)?{_MEANS}(?:\s+apa(?:an)?)?{_LAST}",
        rf"{_NAMED}\s+(?:itu\s+)?{_SHORT}(?:\s+apa)?{_LAST}",
        rf"^\s*(?:apa\s+)?{_SHORT}\s+(?P<what>.+?)\s*\??\s*$",
        rf"^\s*(?:siapa|apa)(?:\s+(?:saja|aja|sih))?\s+yang\s+{_COUNTED_AS}\s+(?P<what>.+?){_LAST}",
        rf"^\s*(?:kapan|bagaimana)(?:\s+\w+){{0,2}}\s+{_COUNTED_AS}\s+(?P<what>.+?){_LAST}",
    )
)
_EXPLAIN = re.compile(
    r"^\s*(?:(?:tolong|coba|mohon|minta|bisa|please)\s+)*(?:di)?(?:jelas|terang)(?:kan|in)\s+"
    r"(?:(?:ke|kepada)\s+\w+\s+)?(?:(?:tentang|soal|mengenai|apa|itu|arti|maksud|pengertian)\s+)*"
    r"(?!(?:beda|perbedaan|cara|kenapa|mengapa|bagaimana|gimana|langkah|alur|hubungan|proses)\b)"
    rf"(?P<what>\w+(?:\s+(?!(?:{_CALLS}|pake|pakai|dengan|dgn)\b)\w+){{0,3}})"
    rf"(?:\s+(?:pake|pakai|dengan|dgn)\s+(?:bahasa|kata).*?)?{_LAST}",
    re.IGNORECASE,
)
_PARTS = r"(?:variabel|komponen|unsur|indikator|dimensi|faktor|penyusun|pembentuk)(?:nya)?"
_MADE = (
    re.compile(
        rf"^\s*(?:apa\s+(?:saja\s+|aja\s+)?)?{_PARTS}(?:\s+(?:apa|saja|aja|sih|yang|utama))*\s+"
        rf"(?:(?:di)?(?:membentuk|menyusun|bentuk|pembentuk|penyusun|dalam|dari|untuk|pada|di|{_PARTS})\s+)+"
        rf"(?P<what>.+?){_LAST}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_NAMED}\s+(?:itu\s+)?(?:terdiri|tersusun|dibentuk|disusun)\s+(?:dari|atas)\s+"
        rf"(?:(?:apa|saja|aja|mana|{_PARTS})\s*)*{_LAST}",
        re.IGNORECASE,
    ),
)
_COUNTED = re.compile(
    r"^\s*(?:(?:bagaimana|gimana|apa|tolong|cara|rumus|metode)\s+)*(?:rumus|(?:meng)?hitung|penghitungan)\s+"
    r"(?:(?:(?:meng)?hitung|penghitungan|dari|untuk)\s+)*(?P<what>.+?)"
    rf"(?:\s+(?:gimana|bagaimana|gmn|apa))?{_LAST}",
    re.IGNORECASE,
)
_COMPONENTS = re.compile(r"^komponen penyusun (?P<what>.+)$", re.IGNORECASE)
_OF_WHAT = re.compile(
    r"\b(?:persentase|perbandingan|dibagi|dikali(?:kan)?|dikurangi|dijumlah(?:kan)?|dihitung dari)\b",
    re.IGNORECASE,
)
_NAMELESS = frozenset(
    [
        "kota", "kabupaten", "kab", "provinsi", "kecamatan", "daerah", "wilayah", "city", "regency",
        "province", "variabel", "komponen", "unsur", "indikator", "dimensi", "faktor", "penyusun",
        "pembentuk", "apa", "saja", "aja", "rumus", "cara", "menghitung",
    ]
)  # fmt: skip
_FREE = frozenset({"gratis", "bayar", "berbayar", "biaya", "biayanya", "gratiskah"})
_GROUPS = frozenset({"mahasiswa", "instansi", "dinas", "pemerintah"})
_BESIDE = frozenset(
    {"data", "mikro", "s1", "s2", "s3", "skripsi", "tesis", "dapat", "bps", "kena", "harus", "perlu", "ga"}
)
_DIFFER = re.compile(r"\b(?:beda|bedanya|perbedaan|perbedaannya)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:sama|ama|dgn|dengan|vs)\b", re.IGNORECASE)

# What a value means, and its category, is told of any value; but of a bound (`di bawah 100`) as it is.
_VALUE = re.compile(
    r"(?<!bawah )(?<!atas )(?<!dari )\b\d+(?:[.,]\d+)?\s+"
    r"(?=.*\bkategori\b|(?:itu\s+)?(?:artinya|maksudnya|berarti)\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _said() -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = table("everyday")["words"]
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE), words


def formal(question: str) -> str:
    """`Bedanya P0 sama P1 apa` as `Bedanya P0 dan P1 apa`; what needs no change stays as it is."""
    pattern, meant = _said()
    said = pattern.sub(lambda found: meant[found[0].casefold()], question)
    if _DIFFER.search(said):
        said = _AND.sub("dan", said)
    said = _VALUE.sub("", said)
    if turned := _made(said) or _formula(said):
        return turned
    asked = next((found["what"] for pattern in (*_WHAT, _EXPLAIN) if (found := pattern.match(said))), "")
    return f"apa itu {asked}" if asked else said.strip() or question


def _made(said: str) -> str:
    """`Variabel apa saja yang membentuk IPM?`, `IPM terdiri dari apa?`: what it is made of."""
    thing = next((found["what"] for pattern in _MADE if (found := pattern.match(said))), "")
    return f"komponen penyusun {thing}" if thing else ""


def _formula(said: str) -> str:
    """`Rumus IPM apa?` asks how it is counted."""
    found = _COUNTED.match(said) if "rumus" in words(said) else None
    return f"cara menghitung {found['what']}" if found else ""


def who_pays_nothing(said: str) -> str:
    """What `apakah mahasiswa gratis?` asks; of anything else that may be free, nothing."""
    asked = words(said)
    groups, left = _GROUPS.intersection(asked), set(asked) - _GROUPS - _FREE - _BESIDE - STOP
    if not groups or _FREE.isdisjoint(asked) or left:
        return ""
    return f"apakah {' '.join(sorted(groups))} mendapat data mikro gratis dengan tarif nol rupiah"


def made_of(sought: str) -> str:
    """Of what it is asked how it is counted, or what it is made of; empty where that is not asked."""
    found = _COMPONENTS.match(sought) or _COUNTED.match(sought)
    return found["what"] if found else ""


def says_of_what(text: str) -> bool:
    """Whether the first sentence says of what a figure is made (`persentase penganggur terhadap ...`)."""
    return bool(_OF_WHAT.search(text.split(". ", 1)[0]))


def names_anything(asked: Sequence[str]) -> bool:
    """`Yang kota`, `komponen apa saja` name nothing a text could be about."""
    return not set(asked) <= _NAMELESS | STOP
