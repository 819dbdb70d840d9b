"""Why ending a contract is refused."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Refused
from halopst.core.formats import language, medium_date


class NoContract(Refused):
    message = _("Tidak ada perjanjian yang berlaku dan belum dibayar untuk bulan ini.")


class ContractGone(Refused):
    """What was typed stays on the page."""

    message = _(
        "Perjanjian atau persetujuan bulan ini berubah sesudah halaman dibuka, jadi belum ada yang diputus. "
        "Isian Anda masih di bawah. Setujui lagi alokasinya dan buat perjanjian yang baru bila yang lama "
        "usang, lalu putus sekali lagi."
    )


class WhichContract(Invalid):
    message = _("Bulan ini punya beberapa perjanjian. Pilih dahulu perjanjian yang diputus.")


class DoneAlready(Refused):
    message = _(
        "Realisasi bulan ini atau bulan sesudahnya sudah tercatat, jadi perjanjiannya selesai, bukan diputus."
    )


class SayWhy(Invalid):
    message = _("Tulis uraian singkat: apa yang terjadi.")


class NotBegun(Refused):
    message = _(
        "Bulan itu belum dimulai, jadi belum ada yang diputus. Tarik persetujuannya di bagian Persetujuan; "
        "perjanjiannya menjadi usang. Pekerjaan yang sudah berjalan diputus pada bulan berjalan, dan bulan "
        "sesudahnya ikut kosong."
    )


class EndsOutside(Invalid):
    message = _("Tanggal berlaku berada di luar bulan yang diputus. Pilih tanggal di dalam bulan itu.")


class BeforeItsContract(Invalid):
    """The contract, or the addendum that changed it last, is of a later day."""

    message = _(
        "Perjanjian ini bertanggal %(hari)s, jadi tidak dapat berakhir sebelumnya. Pilih tanggal itu atau "
        "sesudahnya, di bulan yang diputus."
    )

    def __init__(self, dated_on: date) -> None:
        super().__init__(str(self.message) % {"hari": medium_date(dated_on, lang=language())})


class TooMuchDone(Invalid):
    message = _(
        "Isi realisasi tiap kegiatan dari 0 sampai targetnya, dan biaya pelatihan dalam rupiah bulat."
    )


class NothingBack(Refused):
    message = _(
        "Pasal 10 membayar sebanding pekerjaan dan tidak meminta biaya pelatihan. Kosongkan biayanya."
    )
