"""Telephone numbers and addresses of offices, as the platform keeps them."""

import re

# Area codes of two digits after the country code; every other area of Indonesia has three.
_SHORT_AREAS = ("21", "22", "24", "31", "61")
_PUNCTUATION = re.compile(r"[\s().\-\u2010-\u2015]")
_NATIONAL = re.compile(r"62[1-9]\d{6,11}")

# First words of the platform's own addresses: an office may not take one as its short address.
RESERVED_SLUGS = frozenset(
    {
        "aida", "akun", "api", "bahasa", "baru", "bawaan", "cari", "data", "healthz", "kalender", "keahlian",
        "kelola", "konsultasi", "langsung", "laporan", "media", "metrics", "mitra", "mulai",
        "nasional", "pemberitahuan", "pengetahuan", "penilaian", "permintaan", "readyz", "satker",
        "saya-mitra", "static", "surat", "tentang", "verifikasi",
    }
)  # fmt: skip


def seat_of(region: str) -> str:
    """`Kota Surabaya` and `Kabupaten Sampang` as Surabaya and Sampang; others as they are."""
    kind, _space, name = region.partition(" ")
    return name if name and kind in {"Kota", "Kabupaten"} else region


def office_phone(text: str) -> str:
    """`(024) 3546413` becomes `62243546413`, mobile numbers likewise; empty stays empty.

    Raises ValueError when it cannot be an Indonesian number.
    """
    digits = _PUNCTUATION.sub("", text).removeprefix("+")
    if not digits:
        return ""
    if digits.startswith("0"):
        digits = f"62{digits[1:]}"
    elif digits.startswith("8"):
        digits = f"62{digits}"
    if not _NATIONAL.fullmatch(digits):
        raise ValueError(text)
    return digits


def phone_text(digits: str) -> str:
    """`62243546413` becomes `(024) 354-6413`; a mobile number `0851-1711-3374`."""
    if not digits.startswith("62"):
        return digits
    rest = digits[2:]
    if rest.startswith("8"):
        return "-".join(filter(None, (f"0{rest[:3]}", rest[3:7], rest[7:])))
    area = 2 if rest.startswith(_SHORT_AREAS) else 3
    number = rest[area:]
    return f"(0{rest[:area]}) {number[:3]}-{number[3:]}"
