"""Fields that several of these kinds have: the parties, the work, what a letter refers to."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from halopst.letters.services import Field, Shape


def example_of(fields: tuple[Field, ...]) -> dict[str, object]:
    return {field.name: field.example for field in fields}


def lines(name: str, label: Any, columns: tuple[Field, ...]) -> Field:
    """A table of rows with these columns; the example has one."""
    return Field(name=name, label=label, example=[example_of(columns)], shape=Shape.LINES, columns=columns)


def person(name: str, label: Any, columns: tuple[Field, ...]) -> Field:
    return Field(name=name, label=label, example=example_of(columns), shape=Shape.PERSON, columns=columns)


def official(name: str, label: Any, post: str) -> Field:
    """Who signs for the office; `post` is what the example is."""
    columns = (
        Field(name="nama", label=_("Nama dan gelar"), example="Budi Contoh, S.ST."),
        Field(name="nip", label=_("NIP"), example="199001012015031001"),
        Field(name="jabatan", label=_("Jabatan"), example=post),
    )
    return person(name, label, columns)


MITRA: Final = (
    Field(name="nama", label=_("Nama"), example="Sri Contoh"),
    Field(name="nik", label=_("NIK"), example="9999010101900001", private=True),
    Field(name="alamat", label=_("Alamat"), example="Jalan Contoh 1"),
)
PPK: Final = official("ppk", _("Pejabat Pembuat Komitmen"), "Pejabat Pembuat Komitmen")
PARTIES: Final = (person("petugas", _("Mitra"), MITRA), PPK)
WORK: Final = (
    Field(name="nama", label=_("Nama kegiatan"), example="Survei Contoh"),
    Field(name="mak", label=_("MAK"), example="054.01.GG.2900.BMA.004.005.A.521213"),
    Field(name="volume", label=_("Volume"), example=24, shape=Shape.INTEGER),
    Field(name="satuan", label=_("Satuan"), example="dokumen"),
    Field(name="harga", label=_("Harga satuan"), example=68_000, shape=Shape.MONEY),
    Field(name="sampai", label=_("Batas akhir"), example="2026-11-30", shape=Shape.DATE),
    Field(name="nilai", label=_("Nilai bulan ini"), example=1_632_000, shape=Shape.MONEY),
)
MONTH: Final = Field(name="bulan", label=_("Bulan"), example="November 2026")
ACTIVITY: Final = Field(name="nama_kegiatan", label=_("Nama kegiatan"), example="Survei Contoh")
HONOR_OF_A_MONTH: Final = (MONTH, Field(name="nilai", label=_("Nilai"), example=1_632_000, shape=Shape.MONEY))
HONOR_BY_MONTH: Final = lines("per_bulan", _("Honor per bulan"), HONOR_OF_A_MONTH)
AGREEMENT: Final = Field(
    name="perjanjian",
    label=_("Nomor dan tanggal perjanjian"),
    example="nomor B-001/35990/VS.330/2026 tanggal 2 November 2026",
)
