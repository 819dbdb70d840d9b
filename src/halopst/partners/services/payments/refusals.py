"""Why paying is refused."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Refused
from halopst.partners.models import PaymentList


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
    """What a list is by now does not allow that; the sentence says what it is, and what to do instead."""

    message = _("Keadaan daftar ini sudah berubah. Muat ulang halaman untuk melihatnya.")
    by_state: Final[Mapping[str, Promise]] = {
        PaymentList.State.DRAFT: _(
            "Daftar ini belum terbit. Terbitkan dahulu suratnya, unggah pindaian yang sudah ditandatangani, "
            "lalu catat pembayarannya."
        ),
        PaymentList.State.PAID: _(
            "Daftar ini sudah dicatat dibayar. Transfer yang dikembalikan bank dicatat sebagai retur, "
            "per mitra."
        ),
        PaymentList.State.CANCELLED: _(
            "Daftar ini sudah dibatalkan. Buat daftar baru untuk mitra yang masih harus dibayar."
        ),
    }

    def __init__(self, row: PaymentList) -> None:
        super().__init__(self.by_state.get(row.state))


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
    """A contract or a handover record was annulled since; the sentence says whose."""


class NotYetPaid(Refused):
    message = _("Retur hanya dicatat dari daftar yang sudah dibayar.")


class AlreadyReturned(Refused):
    message = _("Retur transfer mitra ini sudah tercatat. Muat ulang halaman untuk melihatnya.")


class BadReturnDay(Invalid):
    message = _("Tanggal retur tidak sebelum tanggal bayar dan tidak sesudah hari ini.")


class ReasonForReturn(Invalid):
    message = _("Tulis alasan dari bank, paling banyak 300 huruf.")
