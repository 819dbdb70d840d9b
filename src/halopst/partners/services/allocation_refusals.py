"""Why assigning or approving is refused."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Refused
from halopst.core.formats import language, rupiah
from halopst.partners.rules.caps import Decision


class NotAccepted(Refused):
    """A volume that may not stand. `decision` says what fills the cap, where a cap is the reason."""

    message = _("Volume ini belum dapat disimpan.")

    def __init__(self, message: str | Promise | None = None, *, decision: Decision | None = None) -> None:
        super().__init__(message)
        self.decision = decision

    @property
    def extra(self) -> dict[str, Any]:
        """What the API adds to its answer: what fills the cap, and what would still fit."""
        if self.decision is None:
            return {}
        return {
            "limit": self.decision.limit,
            "total": self.decision.total,
            "excess": self.decision.excess,
            "lines": [
                {"activity": line.activity, "office": line.office, "amount": line.amount}
                for line in self.decision.lines
            ],
        }


class OverCap(NotAccepted):
    message = _(
        "Honor sebulan akan melewati batas SBML. Kurangi volumenya, atau alihkan kelebihannya ke mitra lain."
    )


class NoCapOnRecord(NotAccepted):
    message = _(
        "Batas SBML untuk penugasan ini belum diisi. Isi dahulu batasnya di halaman acuan, lalu coba lagi."
    )


class CensusStandsAlone(NotAccepted):
    message = _(
        "Satker ini menetapkan sensus tidak dirangkap. Kosongkan dahulu kegiatan lain mitra ini "
        "pada bulan itu."
    )


class BudgetSpent(NotAccepted):
    message = _("Pagu MAK kegiatan ini tidak cukup. Kurangi volume, atau minta revisi pagu.")


class NoBudgetLine(NotAccepted):
    message = _("Kegiatan ini belum punya MAK tahun itu. Pilih dulu di halaman kegiatannya.")


class NotAssignable(NotAccepted):
    message = _("Mitra ini tidak aktif tahun ini atau sedang tidak boleh ditugaskan. Pilih mitra lain.")


class ActivityClosed(NotAccepted):
    message = _("Kegiatan ini sudah ditutup untuk alokasi. Buka dahulu kegiatannya, atau pilih yang lain.")


class ChangedMeanwhile(NotAccepted):
    message = _("Volume ini baru saja diubah orang lain. Periksa angkanya, lalu isi lagi bila perlu.")


class MonthBeingPaid(NotAccepted):
    message = _(
        "Honor bulan ini sudah ada di daftar pembayaran. Batalkan dahulu daftarnya bila belum dibayar, "
        "lalu ubah volumenya."
    )


class ContractEnded(NotAccepted):
    message = _(
        "Perjanjian mitra ini untuk bulan atau kegiatan itu sudah diputus, jadi volumenya tetap. "
        "Pilih mitra lain."
    )


class NoSuchCell(Invalid):
    message = _("Mitra atau kegiatan itu tidak ada di lembar alokasi satker ini. Muat ulang halaman.")


class TooManyCells(Invalid):
    message = _("Paling banyak 5.000 isian sekali simpan. Bagi menjadi beberapa bagian.")


class NoVolumes(Invalid):
    message = _("Tidak ada volume di tempelan ini. Sertakan paling sedikit satu kolom volume.")


class BadVolume(Invalid):
    message = _("Volume berupa bilangan bulat dari 0 sampai 1.000.000. Contoh: 24")


class SharesDoNotAddUp(Invalid):
    """`left` is how much of the honor the shares leave, negative where they are too much; 0 when unknown."""

    message = _(
        "Tulis honor tiap bulan sebagai rupiah bulat tanpa minus dan sen, untuk bulan kegiatan ini saja. "
        "Jumlahnya tepat sama dengan honor seluruhnya."
    )
    too_little = _("Pembagian per bulan kurang %(rupiah)s dari honor seluruhnya. Betulkan, lalu simpan lagi.")
    too_much = _("Pembagian per bulan lebih %(rupiah)s dari honor seluruhnya. Betulkan, lalu simpan lagi.")

    def __init__(self, left: int = 0) -> None:
        said = self.too_little if left > 0 else self.too_much
        amount = rupiah(abs(left), lang=language())
        super().__init__(str(said) % {"rupiah": amount} if left else None)


class NothingToUndo(Refused):
    message = _("Tidak ada perubahan Anda di lembar ini yang dapat diurungkan.")


class NothingToMove(Refused):
    message = _("Kelebihan ini sudah tidak ada. Muat ulang halaman untuk melihat keadaannya.")


class NothingToApprove(Refused):
    message = _("Belum ada yang dapat disetujui pada bulan ini. Isi volume di lembar alokasi dahulu.")


class NobodyToApprove(Refused):
    message = _("Centang dulu mitra yang disetujui. Tidak ada yang diubah.")


class NothingToWrite(Refused):
    message = _(
        "Belum ada perjanjian yang dapat dibuat. Setujui alokasinya, lalu lengkapi yang masih kurang."
    )


class NothingToAmend(Refused):
    message = _(
        "Belum ada adendum yang dapat dibuat. Adendum mengubah perjanjian yang sudah ditandatangani: "
        "ubah alokasinya dan setujui lagi, atau lengkapi yang masih kurang."
    )


class NobodyToWrite(Refused):
    message = _("Centang dulu mitra yang dibuatkan perjanjian. Tidak ada yang dibuat.")


class NotInForce(Refused):
    message = _("Persetujuan ini sudah ditarik. Muat ulang halaman untuk melihat keadaannya.")


class ExceptionExists(Refused):
    message = _(
        "Mitra ini sudah punya pengecualian untuk bulan itu. Minta KPA kantor yang mengajukannya menolak "
        "atau menarik yang lama dahulu, di halaman persetujuan."
    )


class SecondPersonForException(Refused):
    message = _(
        "Pengecualian disetujui oleh orang yang berbeda dari yang mengajukan. Minta KPA lain memutuskan."
    )


class ExceptionNeedsReason(Invalid):
    message = _("Isi alasan dan jumlah yang diminta, paling banyak Rp1.000.000.000.")


class ExceptionLiftsNothing(Invalid):
    message = _(
        "Batas yang berlaku sudah %(rupiah)s. Tulis jumlah seluruhnya yang diminta, bukan tambahannya."
    )

    def __init__(self, cap: int) -> None:
        super().__init__(str(self.message) % {"rupiah": rupiah(cap, lang=language())})


class DecliningNeedsReason(Invalid):
    message = _("Tulis alasannya, paling banyak 1.000 huruf. Yang mengajukan akan membacanya.")


class ExceptionInUse(Refused):
    message = _("Honor bulan itu masih memakai pengecualian ini. Kurangi dahulu volumenya.")


class ExceptionDecided(Refused):
    message = _("Pengecualian ini sudah diputuskan. Muat ulang halaman untuk melihat keadaannya.")


class NothingToRedo(Refused):
    message = _("Tidak ada yang Anda urungkan di lembar ini yang dapat diulangi.")


class CannotUndo(Refused):
    """All of a change or nothing; `reason` is that of the first cell that may not stand."""

    message = _(
        "Perubahan itu tidak dapat diurungkan karena angkanya sudah diubah lagi. Isi volumenya satu per satu."
    )
    because = _("Belum diurungkan, tidak ada yang berubah. %(mitra)s, %(kegiatan)s: %(sebab)s")

    def __init__(self, reason: str, *, mitra: str, activity: str) -> None:
        said = {"mitra": mitra, "kegiatan": activity, "sebab": REASONS[reason].message}
        super().__init__(None if reason == "changed" else str(self.because) % said)


class CannotRedo(CannotUndo):
    message = _(
        "Perubahan itu tidak dapat diulangi karena angkanya sudah diubah lagi. Isi volumenya satu per satu."
    )
    because = _("Belum diulangi, tidak ada yang berubah. %(mitra)s, %(kegiatan)s: %(sebab)s")


REASONS: dict[str, type[NotAccepted]] = {
    "over": OverCap,
    "uncapped": NoCapOnRecord,
    "census": CensusStandsAlone,
    "budget": BudgetSpent,
    "unbudgeted": NoBudgetLine,
    "inactive": NotAssignable,
    "closed": ActivityClosed,
    "changed": ChangedMeanwhile,
    "paying": MonthBeingPaid,
    "ended": ContractEnded,
}
GUARDS: Sequence[tuple[str, type[NotAccepted]]] = (
    ("honor_stays_within_the_cap", OverCap),
    ("honor_has_a_cap", NoCapOnRecord),
    ("a_census_stands_alone", CensusStandsAlone),
    ("a_budget_line_is_not_overspent", BudgetSpent),
    ("honor_has_a_budget_line_of_its_year", NoBudgetLine),
)
