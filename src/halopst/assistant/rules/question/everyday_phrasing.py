"""A question as texts would put it: everyday words replaced, words that say nothing left out."""

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
# All ways of asking what something is; they are read as `apa itu ...`.
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
_READ = re.compile(
    r"^\s*(?:(?:bagaimana|gimana|tolong)\s+)?cara\s+(?:mem|di)?baca(?:nya)?\s+(?P<what>.+?)"
    rf"(?:\s+(?:gimana|bagaimana|gmn))?{_LAST}",
    re.IGNORECASE,
)
_VALUE_MEANS = re.compile(r"\d\b[^.]*\b(?:berarti|artinya)\b", re.IGNORECASE)
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
_ASKS = frozenset({"apa", "apaan", "bagaimana", "gimana", "gmn", "itu", "tuh", "sih"}) | STOP
_WHAT_IS = "apa itu "
_MEANINGS = frozenset({"", "arti", "maksud", "definisi", "pengertian"})
_FREE = frozenset({"gratis", "bayar", "berbayar", "biaya", "biayanya", "gratiskah"})
_GROUPS = frozenset({"mahasiswa", "instansi", "dinas", "pemerintah"})
_BESIDE = frozenset(
    {"data", "mikro", "s1", "s2", "s3", "skripsi", "tesis", "dapat", "bps", "kena", "harus", "perlu", "ga"}
)
_DIFFER = re.compile(r"\b(?:beda|bedanya|perbedaan|perbedaannya)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:sama|ama|dgn|dengan|vs)\b(?!\s+yang\b)", re.IGNORECASE)
_WHERE_IN = re.compile(r"(?<=nya)\s+(?:di\s?mana|apanya)\b", re.IGNORECASE)

# Words that ask nothing: a tag at the end, a wish at the beginning, `data` before `apa saja`.
_TAG = re.compile(
    r"(?<=\w)\s*,?\s+(?:atau\s+)?(?:ga|gak|nggak|ngga|enggak|kagak|tidak|bukan)"
    rf"(?:\s+(?:{_CALLS}))*\s*\??\s*$",
    re.IGNORECASE,
)
_CAN = re.compile(r"^\s*(?:apa(?:kah)?\s+)?bs\b", re.IGNORECASE)
_WISH = re.compile(
    r"^\s*(?:bagaimana|gimana)\s+(?:kalau|jika|bila)\s+(?:(?:saya|aku|kami|kita)\s+)?(?:mau|ingin|hendak)\s+",
    re.IGNORECASE,
)
_ALL_OF_IT = re.compile(r"\b(?:data|informasi|hal)\s+(?=apa\s+(?:saja|aja)\b)", re.IGNORECASE)
_SEEKING_WORK = re.compile(
    r"\b(?:orang\s+yang\s+)(?:(?:lagi|sedang|masih)\s+)?(?:men)?cari\s+(?:kerja|pekerjaan)\b", re.IGNORECASE
)
_BY_HAND = re.compile(r"(?<=\w)\s+(?:secara\s+)?manual(?=\s*\??\s*$)", re.IGNORECASE)
_SIGN = re.compile(
    r"\b(?P<sign>(?:tanda|simbol|bintang)(?:\s+bintang)?)\s+(?:di|pada|dalam|dekat)\s+"
    r"(?:angka|tabel|data|nilai)(?:nya)?\s+(?:(?!itu\b|apa\b|artinya\b|maksudnya\b)\w+\s*){1,4}",
    re.IGNORECASE,
)
_AND_NOT = re.compile(
    r"^\s*(?:kenapa|mengapa|kok)\s+"
    r"(?:(?:pakai|pake|memakai|menggunakan)\s+(?P<one>.+?)|(?P<used>.+?)\s+(?:yang\s+)?di(?:pakai|pake|gunakan))"
    r"\s*,?\s+(?:dan\s+|kok\s+)?(?:bukan|tidak pakai)\s+(?P<other>[^,]+?)\s*\??\s*$",
    re.IGNORECASE,
)
_USE = re.compile(
    rf"{_NAMED}\s+(?:itu\s+)?(?:di(?:pakai|pake|gunakan)\s+)?(?:untuk\s+apa|gunanya(?:\s+apa)?)(?:\s+sih)?{_LAST}",
    re.IGNORECASE,
)
# Verbs for what is done to something, with the noun that texts have for it.
_ACTS = tuple(
    (
        noun,
        re.compile(
            rf"^\s*(?:(?:bagaimana|gimana|cara|bisa|apa|apakah|kalau|mau|saya|aku)\s+)*(?:{verbs})\s+"
            rf"(?P<what>.+?)(?:\s+(?:bagaimana|gimana|caranya))*{_LAST}",
            re.IGNORECASE,
        ),
    )
    for noun, verbs in (
        ("pembatalan", "(?:di|mem|nge|nge-)?batal(?:kan|in)?|(?:di|nge|nge-)?cancel"),
        (
            "perubahan",
            "(?:meng)?ubah|(?:ng)?ganti|mengganti|(?:me|nge|di)?reschedule|(?:mem)?indah(?:kan|in)",
        ),
    )
)
_WAY_TO_DATA = re.compile(
    r"^(?=.*\b(?:cara|caranya|prosedur|prosedurnya|gimana|bagaimana)\b)"
    r"(?!.*\b(?:mikro|mentah|raw|mikrodata|responden|rekomendasi|peta|publikasi|buku|staf|petugas)\b)"
    r"(?:.*\b(?:saya|aku|kami|kita|mau|ingin|hendak|pengen|cara|caranya|bisa|boleh|tolong)\s+)?"
    r"(?:me)?(?:minta|mohon|mendapat(?:kan)?|dapat(?:kan)?|memperoleh)\s+data\b",
    re.IGNORECASE,
)
_COMPLAINT = frozenset({"pengaduan", "mengadu", "lapor", "melapor"})
_TO_WHOM = frozenset({"mana", "dimana", "kemana", "siapa"})
_COMPLAINING = (
    _COMPLAINT
    | _TO_WHOM
    | frozenset({"di", "ke", "lewat", "menyampaikan", "pelayanan", "layanan", "kalau", "mau"})
)
_CONSULTING = frozenset({"konsultasi", "berkonsultasi"})
_WISHING = frozenset(
    {"bs", "mau", "ingin", "hendak", "bisa", "bisakah", "boleh", "bolehkah", "minta", "pengen"}
)
_BOOKING = frozenset(
    (*_CONSULTING, *_WISHING, "statistik", "data", "besok", "lusa", "nanti", "hari", "ini", "minggu", "depan",
     "pagi", "siang", "sore", "jam", "senin", "selasa", "rabu", "kamis", "jumat", "ahli", "petugas", "bps",
     "pst", "dengan")
)  # fmt: skip
_BAD = re.compile(r"\b(?:jelek|buruk|lambat|lelet|kasar|mengecewakan|parah|judes)\b\s*", re.IGNORECASE)

# Texts tell what a value or its category means for any value, but for a bound (`di bawah 100`) as it stands.
_VALUE = re.compile(
    r"(?<!bawah )(?<!atas )(?<!dari )\b\d+(?:[.,]\d+)?\s+"
    r"(?=.*\bkategori\b|(?:itu\s+)?(?:(?:artinya|maksudnya|berarti)\b|"
    r"(?:(?:termasuk|tergolong)\s+)?(?:tinggi|rendah|sedang)\b(?!\s+\w+\s+dari)))",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _said() -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = table("everyday")["words"]
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE), words


def formal(question: str) -> str:
    """`Bedanya P0 sama P1 apa` as `Bedanya P0 dan P1 apa`; unchanged where nothing needs to change."""
    said = _asking_alone(question)
    if _DIFFER.search(said):
        said = _AND.sub("dan", _WHERE_IN.sub("", said))
    said = _VALUE.sub("", said)
    if (
        turned := _made(said)
        or _formula(said)
        or _act(said)
        or _complaint(said)
        or _booking(said)
        or _way_to_data(said)
    ):
        return turned
    if (pair := _AND_NOT.match(said)) is not None:
        return f"beda {pair['one'] or pair['used']} dan {pair['other']}"
    asked = next((found["what"] for pattern in (*_WHAT, _EXPLAIN) if (found := pattern.match(said))), "")
    return f"apa itu {asked}" if asked else said.strip() or question


def defined(sought: str) -> str:
    """The thing whose meaning is asked for; empty where no meaning is asked for."""
    return sought.removeprefix(_WHAT_IS) if sought.startswith(_WHAT_IS) else ""


def _asking_alone(question: str) -> str:
    """The question in the words of texts, without the words beside it that ask nothing."""
    pattern, meant = _said()
    said = _CAN.sub("bisa", question)
    for aside in (_TAG, _WISH, _ALL_OF_IT):
        said = aside.sub("", said)
    said = pattern.sub(lambda found: meant[found[0].casefold()], said)
    said = _BY_HAND.sub("", said)
    said = _SEEKING_WORK.sub("pencari kerja", _SIGN.sub(r"\g<sign> di angka ", said))
    return said if _COMPLAINT.isdisjoint(words(said)) else _BAD.sub("", said)


def _complaint(said: str) -> str:
    """`Saya mau komplain ke siapa?` as a question for the way to complain."""
    asked = set(words(said)) - STOP
    is_asked = asked & _COMPLAINT and set(words(said)) & _TO_WHOM and asked <= _COMPLAINING
    return "pengaduan disampaikan lewat mana" if is_asked else ""


def _booking(said: str) -> str:
    """`Mau konsultasi besok bisa?` as a question for the way to an appointment."""
    asked = {word for word in words(said) if not word.isdigit()} - STOP | (_WISHING & set(words(said)))
    is_asked = asked & _CONSULTING and asked & _WISHING and asked <= _BOOKING
    return "cara membuat janji konsultasi" if is_asked else ""


def _act(said: str) -> str:
    """`Batalin janji konsultasi gimana` as a question for the noun, `pembatalan`."""
    found = ((noun, pattern.match(said)) for noun, pattern in _ACTS)
    return next((f"{noun} {one['what']}" for noun, one in found if one), "")


def _way_to_data(said: str) -> str:
    """`Mau minta data kemiskinan caranya gimana` without the data: the way is the same for all of it."""
    return "bagaimana cara meminta data" if _WAY_TO_DATA.match(said) else ""


def _made(said: str) -> str:
    """`Variabel apa saja yang membentuk IPM?`, `IPM terdiri dari apa?` as a question for its components."""
    thing = next((found["what"] for pattern in _MADE if (found := pattern.match(said))), "")
    return f"komponen penyusun {thing}" if thing else ""


def _formula(said: str) -> str:
    """`Rumus IPM apa?` as a question how it is counted."""
    found = _COUNTED.match(said) if "rumus" in words(said) else None
    return f"cara menghitung {found['what']}" if found else ""


def of_thing(said: str, thing: str) -> str:
    """`Rumusnya gimana` with the thing it is about: `rumus IPM`; `artinya apa` as `apa itu IPM`."""
    bare = [word for word in words(said) if word not in _ASKS]
    about = " ".join(word.removesuffix("nya") for word in bare)
    return f"{thing} artinya apa" if about in _MEANINGS else f"{about} {thing}"


def who_pays_nothing(said: str) -> str:
    """`Apakah mahasiswa gratis?` as texts put it; empty where it may be about another price."""
    asked = words(said)
    groups, left = _GROUPS.intersection(asked), set(asked) - _GROUPS - _FREE - _BESIDE - STOP
    if not groups or _FREE.isdisjoint(asked) or left:
        return ""
    return f"apakah {' '.join(sorted(groups))} mendapat data mikro gratis dengan tarif nol rupiah"


def what_for(said: str) -> str:
    """`Kurva Lorenz dipakai untuk apa` as `apa itu kurva Lorenz`, as the definition tells the use."""
    found = _USE.match(said)
    return f"apa itu {found['what']}" if found else ""


def made_of(sought: str) -> str:
    """The thing asked about, if it is asked how it is counted or read, or what it is made of; else empty."""
    found = _COMPONENTS.match(sought) or _COUNTED.match(sought) or _READ.match(sought)
    return found["what"] if found else ""


def says_of_what(sought: str, text: str) -> bool:
    """Whether the first sentence tells what a figure is made of (`persentase penganggur terhadap ...`).

    For a question how a figure is read: whether any sentence tells what a value of it means.
    """
    if _READ.match(sought):
        return bool(_VALUE_MEANS.search(text))
    return bool(_OF_WHAT.search(text.split(". ", 1)[0]))


def names_anything(asked: Sequence[str]) -> bool:
    """Whether a text could be about it: not `yang kota`, not `komponen apa saja`."""
    return not set(asked) <= _NAMELESS | STOP
