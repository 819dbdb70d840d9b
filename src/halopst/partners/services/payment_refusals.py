"""The ways paying says no."""

from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Refused


class NothingToPay(Refused):
    message = _(
        "Belum ada yang dapat dibayar, atau semuanya sudah ada di daftar lain. Muat ulang halaman untuk "
        "melihat apa yang masih kurang."
    )


class NobodyToPay(Refused):
    message = _("Centang dulu mitra yang dibayar. Tidak ada daftar yang disusun.")


class NoTaxPolicy(Refused):
    message = _(
        "Belum ada aturan pajak yang berlaku untuk bulan itu. Isi dahulu di Acuan, bagian pajak honor."
    )


class ListedElsewhere(Refused):
    message = _(
        "Seseorang baru saja memasukkan mitra ini ke daftar lain. Muat ulang halaman, lalu coba lagi."
    )


class PaymentOutOfTurn(Refused):
    message = _("Keadaan daftar ini sudah berubah. Muat ulang halaman untuk melihatnya.")


class ListNotSigned(Refused):
    message = _(
        "Daftar ini belum ditandatangani. Unggah pindaian yang sudah ditandatangani di halaman suratnya, "
        "lalu catat pembayarannya."
    )


class NotYetIssued(Refused):
    message = _("Terbitkan dahulu daftar ini. Berkas transfer hanya dibuat dari daftar yang sudah terbit.")


class BadPaymentDay(Invalid):
    message = _("Tanggal bayar tidak boleh sebelum tanggal daftar dan tidak boleh sesudah hari ini.")


class ReasonForCancelling(Invalid):
    message = _("Tulis alasan pembatalan, paling banyak 300 huruf.")


class BeingPaid(Refused):
    message = _(
        "Honor bulan ini sudah ada di daftar pembayaran, jadi alokasi dan realisasinya tidak dapat diubah. "
        "Batalkan dahulu daftarnya bila belum dibayar."
    )


class PaperGone(Refused):
    """A contract or a handover letter was annulled since; the sentence says whose."""


class NotYetPaid(Refused):
    message = _("Retur hanya dicatat dari daftar yang sudah dibayar.")


class AlreadyReturned(Refused):
    message = _("Retur transfer mitra ini sudah tercatat. Muat ulang halaman untuk melihatnya.")


class BadReturnDay(Invalid):
    message = _("Tanggal retur tidak sebelum tanggal bayar dan tidak sesudah hari ini.")


class ReasonForReturn(Invalid):
    message = _("Tulis alasan dari bank, paling banyak 300 huruf.")
