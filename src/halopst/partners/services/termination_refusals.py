"""The ways ending a contract says no."""

from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Refused


class NoContract(Refused):
    message = _("Tidak ada perjanjian bulanan yang berlaku untuk bulan ini, atau sudah dibayar.")


class DoneAlready(Refused):
    message = _("Realisasi bulan ini sudah tercatat, jadi perjanjiannya selesai, bukan diputus.")


class SayWhy(Invalid):
    message = _("Tulis uraian singkat: apa yang terjadi.")


class EndsOutside(Invalid):
    message = _("Tanggal berlaku berada di bulan perjanjiannya.")


class TooMuchDone(Invalid):
    message = _(
        "Isi realisasi tiap kegiatan dari 0 sampai targetnya, dan biaya pelatihan dalam rupiah bulat."
    )


class NothingBack(Refused):
    message = _(
        "Pasal 10 membayar sebanding pekerjaan dan tidak meminta biaya pelatihan. Kosongkan biayanya."
    )
