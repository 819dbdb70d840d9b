"""Which column of a spreadsheet holds what: the template of ours, the layout of SOBAT, and local habits."""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

REQUIRED_ONE_OF = ("nik", "id_sobat")
# What a file may say of a mitra, and the heads under which people write it, ours first.
HEADS: dict[str, tuple[str, ...]] = {
    "nik": ("nik", "no nik", "nomor nik", "nik ktp", "no ktp", "nomor ktp", "nomor induk kependudukan"),
    "id_sobat": ("id sobat", "sobat id", "idsobat", "sobatid", "no sobat", "id mitra", "kode mitra"),
    "name": (
        "nama",
        "nama lengkap",
        "nama mitra",
        "nama petugas",
        "nama lengkap mitra",
        "nama lengkap petugas",
        "nama mitra statistik",
        "nama sesuai ktp",
        "nama calon petugas",
    ),
    "birth_date": ("tanggal lahir", "tgl lahir", "tempat tanggal lahir", "tempat tgl lahir", "ttl"),
    "sex": ("jenis kelamin", "jk", "l p", "kelamin", "gender"),
    "email": ("surel", "email", "e mail", "alamat email", "alamat surel"),
    "phone": (
        "nomor whatsapp",
        "no hp",
        "no telp",
        "nomor telp",
        "no telepon",
        "nomor telepon",
        "nomor hp",
        "no wa",
        "nomor wa",
        "wa",
        "no whatsapp",
        "whatsapp",
        "no hp wa",
        "telepon",
        "hp",
        "handphone",
    ),
    "npwp": ("npwp", "no npwp", "nomor npwp"),
    "address": ("alamat", "alamat detail", "alamat lengkap", "alamat domisili", "alamat rumah"),
    "district": ("kecamatan", "alamat kec", "kec", "nama kecamatan"),
    "village": ("desa", "desa kelurahan", "kelurahan", "alamat desa", "kelurahan desa", "nama desa"),
    "education": ("pendidikan", "pendidikan terakhir", "pendidikan tertinggi"),
    "occupation": ("pekerjaan", "pekerjaan utama"),
    "other_employment": ("ikatan kerja lain", "deskripsi pekerjaan lain", "pekerjaan lain"),
    "capi_experience": ("pengalaman capi", "capi", "pernah capi", "mengikuti pendataan bps"),
    "position": ("posisi", "posisi mitra", "posisi daftar", "jenis mitra", "jabatan"),
    "status": ("status", "status seleksi", "status mitra", "keaktifan"),
    "decree": ("sk penetapan", "nomor sk", "no sk", "sk"),
    "bank": ("bank", "nama bank"),
    "account_number": ("nomor rekening", "no rekening", "no rek", "rekening", "norek", "nomor rek"),
    "account_holder": (
        "atas nama",
        "nama rekening",
        "nama pemilik rekening",
        "pemilik rekening",
        "nama di rekening",
        "an rekening",
    ),
}
# The heads of our own template and export; `guess` knows them.
TITLES = {
    field: names[0]
    .capitalize()
    .replace("Nik", "NIK")
    .replace("Id sobat", "ID SOBAT")
    .replace("Npwp", "NPWP")
    .replace("Sk ", "SK ")
    .replace("whatsapp", "WhatsApp")
    .replace("capi", "CAPI")
    for field, names in HEADS.items()
}
SOBAT = {"sobat id", "posisi daftar", "status seleksi"}
ROWS_LOOKED_AT = 15
FEWEST_HEADS = 2
# Fewer could be a row of data; a number that long is somebody's, not a head.
FEWEST_NUMBERED = 3
FEWEST_DIGITS = 9
SPACED = re.compile(r"(?<=\b[a-z]) (?=[a-z]\b)")
COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})(?:\.0)?\)?")


def plain_head(head: str) -> str:
    """`Tempat, Tanggal Lahir (Umur)*` is `tempat tanggal lahir`; `N I K` is `nik`, `a.n. rek` is `an rek`."""
    bare = re.sub(r"\(.*?\)", " ", head.casefold())
    return SPACED.sub("", " ".join(re.findall(r"[a-z0-9]+", bare)))


def guess(heads: Sequence[str]) -> dict[str, int]:
    """Field to column, as far as the heads are known; each column serves one field, the best head wins."""
    places: dict[str, int] = {}
    plain = [plain_head(head) for head in heads]
    for field, names in HEADS.items():
        for name in names:
            if name in plain and plain.index(name) not in places.values():
                places[field] = plain.index(name)
                break
    return places


def layout(heads: Iterable[str]) -> str:
    """`halopst` for our own template, `sobat` for a download of SOBAT, else `lain`."""
    plain = {plain_head(head) for head in heads}
    if plain >= SOBAT:
        return "sobat"
    ours = {names[0] for names in HEADS.values()}
    return "halopst" if plain >= ours else "lain"


def heads_of(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """The heads among the first rows, and the index of the last row they stand in; -1 where there are none.

    Titles above a table are common, and so are heads in two rows: what is blank below is taken from above.
    """
    best, found = FEWEST_HEADS - 1, None
    above: Sequence[str] = ()
    for at, row in enumerate(rows[:ROWS_LOOKED_AT]):
        for heads in (list(row), _joined(above, row)):
            if (known := len(guess(heads))) > best:
                best, found = known, (at, heads)
        above = row
    return found or _likely_heads(rows[:ROWS_LOOKED_AT])


def is_numbering(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns, `(1) (2) (3)`, as official tables do below their heads."""
    cells = [cell.strip() for cell in row if cell.strip()]
    numbers = [int(found[1]) for cell in cells if (found := COLUMN_NUMBER.fullmatch(cell))]
    return len(numbers) == len(cells) >= FEWEST_NUMBERED and numbers == sorted(set(numbers))


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    return [low if low.strip() else high for high, low in zip_longest(above, below, fillvalue="")]


def _likely_heads(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Of unknown heads: the first row that is no mere title, unless it holds a number as people have."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    at = next(at for at, count in enumerate(filled) if 2 * count >= max(filled))
    if any(sum(map(str.isdigit, cell)) >= FEWEST_DIGITS for cell in rows[at]):
        return -1, [""] * max(map(len, rows))
    return at, list(rows[at])
