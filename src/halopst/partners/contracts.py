"""The letters this domain makes: for now the monthly contract of one mitra with one office."""

from pathlib import Path
from typing import Final

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
    Field(name="alamat", label=_("Alamat"), example="Jalan Contoh 1", optional=True),
)
OFFICIAL: Final = (
    Field(name="nama", label=_("Nama dan gelar"), example="Budi Contoh, S.ST."),
    Field(name="nip", label=_("NIP"), example="199001012015031001"),
    Field(name="jabatan", label=_("Jabatan"), example="Pejabat Pembuat Komitmen"),
)


def _example(fields: tuple[Field, ...]) -> dict[str, object]:
    return {field.name: field.example for field in fields}


MONTHLY_CONTRACT: Final = declare(
    DocumentKind(
        code="partners.contract",
        label=_("Perjanjian kerja mitra"),
        title="Perjanjian kerja mitra statistik",
        fields=(
            Field(
                name="petugas",
                label=_("Mitra"),
                example=_example(MITRA),
                shape=Shape.PERSON,
                columns=MITRA,
            ),
            Field(
                name="ppk",
                label=_("Pejabat Pembuat Komitmen"),
                example=_example(OFFICIAL),
                shape=Shape.PERSON,
                columns=OFFICIAL,
            ),
            Field(name="bulan", label=_("Bulan"), example="November 2026"),
            Field(name="mulai", label=_("Tanggal mulai"), example="2026-11-01", shape=Shape.DATE),
            Field(name="selesai", label=_("Tanggal selesai"), example="2026-11-30", shape=Shape.DATE),
            Field(name="honor", label=_("Honor"), example=1_632_000, shape=Shape.MONEY),
            Field(
                name="kegiatan",
                label=_("Kegiatan"),
                example=[_example(WORK)],
                shape=Shape.LINES,
                columns=WORK,
            ),
        ),
        body=(NASKAH / "perjanjian.typ").read_text(encoding="utf-8"),
        counter="SPK",
        classification="VS.330",
    )
)
