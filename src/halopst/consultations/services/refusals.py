"""The ways a consultation says no."""

from django.utils.translation import gettext_lazy as _

from halopst.consultations.models import Consultation
from halopst.consultations.wording import what_happened
from halopst.core.errors import Invalid, Refused


class OutOfTurn(Refused):
    """Someone else was first, or the moment for this has gone; the sentence says what happened."""

    def __init__(self, consultation: Consultation) -> None:
        self.consultation = consultation
        super().__init__(what_happened(consultation) + " " + str(_("Muat ulang halaman untuk melihatnya.")))


class TimePassed(Refused):
    message = _("Waktu ini sudah lewat. Pilih waktu lain.")


class TooLateToChange(Refused):
    message = _("Jadwal sudah terlalu dekat untuk diubah sendiri. Tulis kepada kami di percakapan.")


class TooEarlyToCheckIn(Refused):
    message = _("Tanda hadir belum dibuka atau sudah ditutup. Cobalah menjelang waktu konsultasi.")


class TooEarlyToCallAbsent(Refused):
    message = _("Tunggu sampai waktu tenggang habis sebelum menyatakan tidak hadir.")


class LinkUnsafe(Invalid):
    message = _("Tautan pertemuan harus lengkap dan aman. Contoh: https://us02web.zoom.us/j/81234567890")


class LinkMissing(Invalid):
    message = _("Isi tautan pertemuan daring. Contoh: https://us02web.zoom.us/j/81234567890")


class ReasonMissing(Invalid):
    message = _("Tulis alasannya agar pemohon tahu langkah berikutnya.")


class ResultIncomplete(Invalid):
    message = _("Lengkapi hasil: ringkasan selalu diisi; bila tidak tersedia atau dirujuk, tulis sebabnya.")


class PhoneMissing(Invalid):
    message = _("Untuk konsultasi lewat telepon, isi nomor yang dapat kami hubungi. Contoh: 0812-3456-7890")


class NotAColleague(Invalid):
    message = _("Pilih ahli lain dari satker yang sama.")


class HoldMissing(Refused):
    message = _("Pilih waktu konsultasi lebih dulu.")


class TooManyUnanswered(Refused):
    """One visitor waits for as many answers of this office as its rules allow; the sentence says how many."""


class TooManyFiles(Invalid):
    message = _("Paling banyak lima berkas. Hapus salah satu, atau gabungkan lebih dulu.")
