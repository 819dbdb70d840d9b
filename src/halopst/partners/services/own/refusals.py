"""Why a mitra's own page, or the office behind it, refuses."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Refused
from halopst.partners.rules.own import Withheld


class TooManyCodes(Refused):
    message = _("Terlalu banyak permintaan kode. Coba lagi nanti, atau hubungi satker Anda.")


class WrongCode(Invalid):
    message = _("Kode tidak cocok. Periksa enam angka di pesan terbaru dari kami.")


class CodeSpent(Refused):
    message = _("Kode ini tidak berlaku lagi. Minta kode baru.")


class OfferClosed(Refused):
    message = _(
        "Tawaran ini sudah tidak dapat dijawab di sini. Bila ada yang berubah, hubungi satker pemberi tugas."
    )


class OfferWithheld(Refused):
    """Of a mitra who is not to be given that work as they stand."""

    def __init__(self, why: Withheld) -> None:
        super().__init__(_WITHHELD[why])


_WITHHELD: Final = {
    Withheld.BLACKLISTED: _(
        "Tawaran ini ditutup karena Anda dalam daftar hitam pada bulan itu. Bila tidak benar, ajukan "
        "keberatan di bagian Daftar hitam atau hubungi satkernya."
    ),
    Withheld.INACTIVE: _(
        "Tawaran ini ditutup karena status Anda di satker itu tidak aktif. Bila keliru, hubungi satkernya."
    ),
}


class OfferChanged(Refused):
    message = _("Tawaran ini baru saja berubah. Periksa lagi volume dan honornya, lalu jawab.")


class ReasonNeeded(Invalid):
    message = _("Tulis alasannya, supaya satker dapat mencari pengganti.")


class NoAccount(Refused):
    message = _("Rekening Anda belum dicatat. Sampaikan kepada satker Anda.")


class AccountChanged(Refused):
    message = _("Rekening ini baru saja diubah. Periksa lagi, lalu jawab.")


class RemarkStands(Refused):
    message = _(
        "Anda sudah meminta rekening ini dibetulkan. Periksa lagi: tarik permintaan itu bila rekeningnya "
        "memang sudah benar."
    )


class NoteNeeded(Invalid):
    message = _("Tulis apa yang perlu dibetulkan.")


class NumberInNote(Invalid):
    message = _(
        "Jangan tulis nomor rekening lengkap di sini. Tulis paling banyak empat angka terakhirnya, "
        "dan bawa buku rekening ke satker."
    )


class AppealNeedsWords(Invalid):
    message = _("Tulis keberatan Anda: apa yang tidak benar, dan buktinya.")


class ScanNotNow(Refused):
    message = _("Surat ini tidak menunggu pindaian. Muat ulang halaman untuk melihat keadaannya.")


class ScanAlreadySent(Refused):
    message = _("Pindaian surat ini sudah Anda kirim dan menunggu petugas.")


class ScanDecided(Refused):
    message = _("Pindaian ini sudah diputuskan. Muat ulang halaman.")


class ReturnNeedsReason(Invalid):
    message = _("Tulis apa yang kurang, supaya mitra dapat mengirim ulang.")


class NoAddress(Refused):
    message = _("Mitra ini belum punya surel atau nomor WhatsApp. Lengkapi dahulu datanya.")


class LinkJustSent(Refused):
    message = _("Tautan untuk mitra ini baru saja dikirim. Tunggu 10 menit sebelum mengirim lagi.")


class NobodyToTell(Refused):
    message = _("Tidak ada mitra bulan ini yang punya surel atau nomor WhatsApp. Lengkapi dahulu datanya.")
