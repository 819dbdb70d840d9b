"""The contracts of one mitra with one office: of a month, or of one activity over its months."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from halopst.letters.services import DocumentKind, Field, Shape, declare
from halopst.partners.letter_kinds.fields import ACTIVITY, HONOR_BY_MONTH, MONTH, PARTIES, WORK, lines
from halopst.partners.letter_kinds.texts import naskah, word

TERMS: Final = (
    Field(name="mulai", label=_("Tanggal mulai"), example="2026-11-01", shape=Shape.DATE),
    Field(name="selesai", label=_("Tanggal selesai"), example="2026-11-30", shape=Shape.DATE),
    Field(name="honor", label=_("Honor"), example=1_632_000, shape=Shape.MONEY),
    lines("kegiatan", _("Kegiatan"), WORK),
)
BY_ITS_RECEIPT: Final = _(
    "Perjanjian berstatus diserahterimakan setelah ditandatangani bersama berita acara serah terima (BAST). "
    "Buat BAST di menu Mitra, bagian Serah terima, lalu unggah pindaiannya."
)
TITLE: Final = (
    Field(name="jenis_petugas", label=_("Jenis petugas"), example="pencacah (PCL/PPL)"),
    Field(name="nama_bulan", label=_("Nama bulan, tanpa tahun"), example="November"),
    Field(name="tahun", label=_("Tahun"), example="2026"),
)
MONTHLY_CONTRACT: Final = declare(
    DocumentKind(
        code="partners.contract",
        paid_by_owner=True,
        handed_over_by=BY_ITS_RECEIPT,
        label=_("Perjanjian kerja mitra"),
        title="Perjanjian kerja mitra statistik",
        fields=(
            *PARTIES,
            *TITLE,
            MONTH,
            *TERMS,
        ),
        body=naskah("perjanjian_bulanan", "perjanjian"),
        word=word("perjanjian_bulanan", "perjanjian"),
        counter="SPK",
        classification="VS.330",
    )
)
ACTIVITY_CONTRACT: Final = declare(
    DocumentKind(
        code="partners.activity-contract",
        paid_by_owner=True,
        handed_over_by=BY_ITS_RECEIPT,
        label=_("Perjanjian kerja per kegiatan"),
        title="Perjanjian kerja mitra statistik per kegiatan",
        fields=(
            *PARTIES,
            *TITLE,
            ACTIVITY,
            *TERMS,
            HONOR_BY_MONTH,
        ),
        body=naskah("perjanjian_kegiatan", "perjanjian"),
        word=word("perjanjian_kegiatan", "perjanjian"),
        counter="SPK",
        classification="VS.330",
    )
)


def about_month(registration: int, month: date) -> str:
    """What a monthly contract is about: one mitra's month in one office."""
    return f"{MONTHLY_CONTRACT.code}:{registration}:{month:%Y-%m}"


def about_activity(registration: int, activity: int) -> str:
    """What a contract per activity is about: one mitra in one activity of one office."""
    return f"{ACTIVITY_CONTRACT.code}:{registration}:{activity}"
