"""Whether a question asks for persons or households themselves, by name or address, not for how many."""

import re

_IDENTITY = r"(?:nama|alamat|identitas|nik|nomor (?:hp|kk|ktp|telepon|wa)|no (?:hp|kk|ktp|telepon|wa))"
_BETWEEN = (
    r"(?:dan|serta|atau|nya|lengkap|rumah|kepala|anggota|para|semua|seluruh|tiap|setiap|masing|pemilik|"
    r"dari|milik|untuk|tinggal|usia|umur|pekerjaan|by|per)"
)
_WHO = (
    r"(?:rumah tangga|rumahtangga|rmh tangga|ruta|keluarga|kk|warga|penduduk|responden|penerima|petani|"
    r"nelayan|pedagang|penganggur|pengangguran|lansia|pasien|pelanggan|pelaku (?:usaha|umkm)|"
    r"orang (?:miskin|tua|yang)|penyandang|buruh|pekerja|balita|janda|siswa|mahasiswa|korban)"
)
_LIST_OF = re.compile(rf"\b{_IDENTITY}(?: (?:{_IDENTITY}|{_BETWEEN})){{0,6}} {_WHO}\b")
_WITH = r"(?:beserta|berikut|lengkap dengan|lengkap|disertai|dengan|sama)"
_LISTED_WITH = re.compile(
    rf"\b(?:daftar|data|minta|list)\b.{{0,20}}\b{_WHO}\b.{{0,40}}"
    rf"\b{_WITH}(?: {_BETWEEN})? {_IDENTITY}(?:nya)?\b"
)
_WHO_THEY_ARE = re.compile(
    rf"\bsiapa (?:saja|aja|sih)(?: para)? (?:{_WHO})\b(?! (?:usia|angkatan|kerja|itu)\b)"
)
_NAMES_OF = re.compile(
    r"\b(?:names?|address(?:es)?|identit(?:y|ies))(?: (?:and|of|or|the|all|poor|every|each|their|names?|"
    r"address(?:es)?|individual))*"
    r" (?:households?|famil(?:y|ies)|residents?|citizens|respondents?|persons?|people|"
    r"beneficiaries|recipients)\b"
)
_SHAPES = (_LIST_OF, _LISTED_WITH, _WHO_THEY_ARE, _NAMES_OF)


def asks_for_individuals(words: str) -> bool:
    """Whether it does; `words` are plain ones with single spaces between them."""
    return any(shape.search(words) for shape in _SHAPES)
