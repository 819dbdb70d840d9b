"""The letter of a payment list: the SPJ of honor, landscape, with hundreds of lines."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from halopst.letters.services import DocumentKind, Field, Shape, declare
from halopst.partners.letter_kinds.fields import MONTH, PPK, lines, official
from halopst.partners.letter_kinds.texts import naskah

JOB: Final = (
    Field(name="kegiatan", label=_("Nama kegiatan"), example="Survei Contoh"),
    Field(name="volume", label=_("Volume"), example=24, shape=Shape.INTEGER),
    Field(name="satuan", label=_("Satuan"), example="dokumen"),
    Field(name="harga", label=_("Harga satuan"), example=68_000, shape=Shape.MONEY),
    Field(name="nilai", label=_("Bruto"), example=1_632_000, shape=Shape.MONEY),
)
LINE: Final = (
    Field(name="nama", label=_("Nama"), example="Sri Contoh"),
    Field(name="tanda", label=_("Tanda tanpa NPWP"), example="*)", optional=True),
    Field(name="uraian", label=_("Uraian pekerjaan"), example="Survei Contoh: 24 dokumen"),
    lines("pekerjaan", _("Volume dan harga satuan"), JOB),
    Field(name="bruto", label=_("Bruto"), example=1_632_000, shape=Shape.MONEY),
    Field(name="pajak", label=_("PPh 21"), example=0, shape=Shape.MONEY),
    Field(name="netto", label=_("Diterima"), example=1_632_000, shape=Shape.MONEY),
    Field(name="bank", label=_("Bank"), example="Bank Contoh"),
    Field(name="rekening", label=_("Nomor rekening"), example="0000000001", private=True),
    Field(name="pemilik", label=_("Atas nama"), example="Sri Contoh"),
)


def _word() -> bytes:
    from halopst.partners.letter_kinds.word.payment_lists import list_template  # noqa: PLC0415  # as `word`

    return list_template()


PAYMENT_LIST: Final = declare(
    DocumentKind(
        code="partners.payment_list",
        paid_by_owner=True,
        label=_("Daftar pembayaran honor (SPJ)"),
        title="Daftar pembayaran honor mitra statistik",
        fields=(
            MONTH,
            Field(name="daftar", label=_("Daftar ke"), example=1, shape=Shape.INTEGER),
            Field(
                name="cara",
                label=_("Cara memotong PPh 21"),
                example="Tarif efektif rata-rata (TER) bulanan",
            ),
            Field(name="dasar", label=_("Dasar pajak"), example="Contoh dasar hukum"),
            Field(
                name="arti_tanda",
                label=_("Arti tanda tanpa NPWP"),
                example="Yang bertanda *) tanpa NPWP.",
                optional=True,
            ),
            Field(name="bruto", label=_("Jumlah bruto"), example=1_632_000, shape=Shape.MONEY),
            Field(name="pajak", label=_("Jumlah PPh 21"), example=0, shape=Shape.MONEY),
            Field(name="netto", label=_("Jumlah diterima"), example=1_632_000, shape=Shape.MONEY),
            PPK,
            official("bendahara", _("Bendahara Pengeluaran"), "Bendahara Pengeluaran"),
            official("pembuat", _("Pembuat daftar"), "Pembuat Daftar"),
            lines("baris", _("Baris"), LINE),
        ),
        body=naskah("spj"),
        word=_word,
        counter="SPJ",
        classification="KU.300",
    )
)


def about_list(payment_list: int) -> str:
    """What the letter of a payment list is about; `spj`, because older letters were named like this."""
    return f"partners.spj:{payment_list}"
