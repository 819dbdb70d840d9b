"""Why recording finished work is refused."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Outdated, Refused


class NotApproved(Refused):
    message = _("Alokasi bulan ini tidak lagi disetujui. Setujui dahulu, lalu catat realisasinya.")


class TakenBackMeanwhile(Refused):
    """What was typed stays on the page, to be saved once the month is approved again."""

    message = _(
        "Persetujuan mitra ini ditarik sesudah halaman dibuka, jadi realisasinya belum disimpan. Isian Anda "
        "masih di bawah: setelah alokasinya disetujui lagi, simpan sekali lagi."
    )


class ApprovedAnew(Refused):
    message = _(
        "Alokasi mitra ini berubah dan disetujui lagi sesudah halaman dibuka, jadi realisasinya belum "
        "disimpan. Isian Anda masih di sini: cocokkan dengan targetnya sekarang, lalu simpan."
    )


class AlreadyHandedOver(Refused):
    message = _("Realisasi mitra ini sudah tercatat. Buka barisnya untuk memperbaiki.")


class RealisedMeanwhile(Outdated):
    """`now` is what is on record, assignment by assignment."""

    message = _(
        "Realisasi mitra ini baru saja diubah orang lain menjadi %(now)s; isian Anda belum disimpan. "
        "Sesuaikan bila perlu, lalu simpan lagi."
    )

    def __init__(self, now: Iterable[str]) -> None:
        super().__init__(str(self.message) % {"now": ", ".join(now)})


class NothingHandedOver(Refused):
    message = _("Tidak ada yang belum tercatat pada bulan ini.")


class AlreadyPaid(Refused):
    message = _("Honor bulan ini sudah dibayar, sehingga realisasinya tidak dapat diubah lagi.")


class WorkMissing(Invalid):
    message = _("Isi realisasi semua kegiatan mitra ini; isi 0 bila tidak dikerjakan.")


class _OfActivity(Refused):
    """A refusal whose message names the activity it is about."""

    def __init__(self, activity: str) -> None:
        super().__init__(str(self.message) % {"kegiatan": activity})


class RealisedUnclear(_OfActivity, Invalid):
    message = _("%(kegiatan)s: realisasi berupa bilangan bulat dari 0 sampai 1.000.000. Contoh: 24")


class BeyondNeedsNote(_OfActivity):
    message = _(
        "%(kegiatan)s: realisasi melebihi target. Tulis alasannya di catatan; honornya tetap sebesar yang "
        "disetujui."
    )


class HandedOverWhen(Invalid):
    message = _("Tanggal serah terima tidak sebelum bulan pekerjaannya dan tidak setelah hari ini.")


class FinishedWhen(_OfActivity, Invalid):
    message = _(
        "%(kegiatan)s: tanggal selesai tidak sebelum bulan pekerjaannya dan tidak setelah tanggal serah "
        "terima."
    )


class QualityUnclear(_OfActivity, Invalid):
    message = _("%(kegiatan)s: mutu dinilai dari 1 (kurang) sampai 5 (sangat baik).")


class NothingToReceipt(Refused):
    message = _(
        "Belum ada berita acara yang dapat dibuat. Catat realisasinya dan lengkapi yang masih kurang dahulu."
    )
