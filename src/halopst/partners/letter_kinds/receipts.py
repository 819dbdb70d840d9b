"""The letters of finished and of broken-off work, each of a mitra's month in one office."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from halopst.letters.services import DocumentKind, Field, Shape, declare
from halopst.partners.letter_kinds.fields import AGREEMENT, MONTH, PARTIES, lines
from halopst.partners.letter_kinds.texts import naskah, word

DELIVERED: Final = (
    Field(name="nama", label=_("Nama kegiatan"), example="Survei Contoh"),
    Field(name="target", label=_("Target bulan ini"), example=24, shape=Shape.INTEGER),
    Field(name="realisasi", label=_("Realisasi"), example=24, shape=Shape.INTEGER),
    Field(name="satuan", label=_("Satuan"), example="dokumen"),
    Field(name="sampai", label=_("Batas akhir"), example="2026-11-30", shape=Shape.DATE),
    Field(name="status", label=_("Status"), example="Selesai sesuai target"),
    Field(name="nilai", label=_("Honor yang dibayar"), example=1_632_000, shape=Shape.MONEY),
)
HANDOVER: Final = declare(
    DocumentKind(
        code="partners.handover",
        paid_by_owner=True,
        label=_("Berita acara serah terima"),
        title="Berita acara serah terima hasil pekerjaan",
        fields=(
            *PARTIES,
            AGREEMENT,
            MONTH,
            Field(name="diserahkan", label=_("Tanggal diserahkan"), example="2026-11-30", shape=Shape.DATE),
            Field(name="honor", label=_("Honor yang dibayar"), example=1_632_000, shape=Shape.MONEY),
            lines("kegiatan", _("Hasil pekerjaan"), DELIVERED),
        ),
        body=naskah("serah_terima"),
        word=word("serah_terima"),
        counter="BA",
        pattern="BA-{urut:03}{sisip}/{unit}/{klasifikasi}/{tahun}",
        classification="VS.330",
    )
)

ENDED: Final = (
    Field(name="nama", label=_("Nama kegiatan"), example="Survei Contoh"),
    Field(name="target", label=_("Target bulan ini"), example=24, shape=Shape.INTEGER),
    Field(name="realisasi", label=_("Realisasi"), example=10, shape=Shape.INTEGER),
    Field(name="satuan", label=_("Satuan"), example="dokumen"),
    Field(name="nilai", label=_("Honor yang dibayar"), example=680_000, shape=Shape.MONEY),
)
BY_ITS_RECEIPT: Final = _(
    "Surat pemutusan berstatus diserahterimakan setelah ditandatangani bersama berita acara serah terima "
    "(BAST) atas pekerjaan yang dibayar. Tanpa honor, surat ini selesai begitu ditandatangani."
)
TERMINATION: Final = declare(
    DocumentKind(
        code="partners.termination",
        paid_by_owner=True,
        handed_over_by=BY_ITS_RECEIPT,
        label=_("Surat pemutusan perjanjian"),
        title="Surat pemutusan perjanjian kerja mitra statistik",
        fields=(
            *PARTIES,
            AGREEMENT,
            MONTH,
            Field(name="nama_kegiatan", label=_("Nama kegiatan"), example="Survei Contoh", optional=True),
            Field(name="pasal", label=_("Pasal perjanjian"), example=10, shape=Shape.INTEGER),
            Field(name="uraian", label=_("Uraian"), example="Dirawat inap sejak 16 November 2026."),
            Field(name="berlaku", label=_("Berlaku mulai"), example="2026-11-16", shape=Shape.DATE),
            Field(name="honor", label=_("Honor yang dibayar"), example=680_000, shape=Shape.MONEY),
            Field(
                name="biaya_pelatihan",
                label=_("Biaya pelatihan yang dikembalikan"),
                example=0,
                shape=Shape.MONEY,
            ),
            lines("kegiatan", _("Pekerjaan sampai pemutusan"), ENDED),
        ),
        body=naskah("pemutusan"),
        word=word("pemutusan"),
        counter="SPK",
        classification="VS.330",
    )
)


def about_handover(registration: int, month: date) -> str:
    """What a BAST is about: one mitra's month in one office."""
    return f"{HANDOVER.code}:{registration}:{month:%Y-%m}"


def about_termination(termination: int) -> str:
    """What the letter that ends a contract is about: the row of its ending."""
    return f"{TERMINATION.code}:{termination}"
