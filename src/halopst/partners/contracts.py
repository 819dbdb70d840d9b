"""The contracts of one mitra with one office: of a month, or of one activity over its months."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from halopst.letters.services import DocumentKind, Field, Shape, declare

NASKAH = Path(__file__).parent / "naskah"

WORK: Final = (
    Field(name="nama", label=_("Nama kegiatan"), example="Survei Contoh"),
    Field(name="mak", label=_("MAK"), example="054.01.GG.2900.BMA.004.005.A.521213"),
    Field(name="volume", label=_("Volume"), example=24, shape=Shape.INTEGER),
    Field(name="satuan", label=_("Satuan"), example="dokumen"),
    Field(name="harga", label=_("Harga satuan"), example=68_000, shape=Shape.MONEY),
    Field(name="sampai", label=_("Batas akhir"), example="2026-11-30", shape=Shape.DATE),
    Field(name="nilai", label=_("Nilai bulan ini"), example=1_632_000, shape=Shape.MONEY),
)
MITRA: Final = (
    Field(name="nama", label=_("Nama"), example="Sri Contoh"),
    Field(name="nik", label=_("NIK"), example="9999010101900001", private=True),
    Field(name="alamat", label=_("Alamat"), example="Jalan Contoh 1"),
)
OFFICIAL: Final = (
    Field(name="nama", label=_("Nama dan gelar"), example="Budi Contoh, S.ST."),
    Field(name="nip", label=_("NIP"), example="199001012015031001"),
    Field(name="jabatan", label=_("Jabatan"), example="Pejabat Pembuat Komitmen"),
)


def example_of(fields: tuple[Field, ...]) -> dict[str, object]:
    return {field.name: field.example for field in fields}


def lines(name: str, label: Any, columns: tuple[Field, ...]) -> Field:
    """A table of rows with these columns; the example has one."""
    return Field(name=name, label=label, example=[example_of(columns)], shape=Shape.LINES, columns=columns)


ABOUT_ALL: Final = (
    Field(name="mulai", label=_("Tanggal mulai"), example="2026-11-01", shape=Shape.DATE),
    Field(name="selesai", label=_("Tanggal selesai"), example="2026-11-30", shape=Shape.DATE),
    Field(name="honor", label=_("Honor"), example=1_632_000, shape=Shape.MONEY),
    lines("kegiatan", _("Kegiatan"), WORK),
)
PARTIES: Final = (
    Field(name="petugas", label=_("Mitra"), example=example_of(MITRA), shape=Shape.PERSON, columns=MITRA),
    Field(
        name="ppk",
        label=_("Pejabat Pembuat Komitmen"),
        example=example_of(OFFICIAL),
        shape=Shape.PERSON,
        columns=OFFICIAL,
    ),
)
BY_MONTH: Final = (
    Field(name="bulan", label=_("Bulan"), example="November 2026"),
    Field(name="nilai", label=_("Nilai"), example=1_632_000, shape=Shape.MONEY),
)


BY_ITS_RECEIPT: Final = _(
    "Perjanjian menjadi diserahterimakan setelah ia dan berita acara serah terimanya (BAST) ditandatangani. "
    "Buat BAST di menu Mitra, bagian Serah terima, lalu unggah pindaiannya."
)
TITLE: Final = (
    Field(name="jenis_petugas", label=_("Jenis petugas"), example="pencacah (PCL/PPL)"),
    Field(name="nama_bulan", label=_("Nama bulan, tanpa tahun"), example="November"),
    Field(name="tahun", label=_("Tahun"), example="2026"),
)
OF_ACTIVITY: Final = Field(name="nama_kegiatan", label=_("Nama kegiatan"), example="Survei Contoh")
PER_MONTH: Final = lines("per_bulan", _("Honor per bulan"), BY_MONTH)


def naskah(*names: str) -> str:
    """The texts of these names, one after the other."""
    return "".join((NASKAH / f"{name}.typ").read_text(encoding="utf-8") for name in names)


def word(*names: str) -> Callable[[], bytes]:
    """Makes the Word template when reference data is loaded: no other process needs what builds it."""

    def made() -> bytes:
        from halopst.partners.word_texts import word_template  # noqa: PLC0415  # see above

        return word_template(*names)

    return made


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
            Field(name="bulan", label=_("Bulan"), example="November 2026"),
            *ABOUT_ALL,
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
            OF_ACTIVITY,
            *ABOUT_ALL,
            PER_MONTH,
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
