"""The ways a case says no, each in a sentence that tells what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from halopst.cases.models import Case, Message
from halopst.cases.rules import State, Verb
from halopst.core.errors import Invalid, Refused


class NotNow(Refused):
    """The table has no such move from this state."""

    ENDED: dict[str, str | Promise] = {
        State.FINISHED: _("Permintaan ini sudah selesai. Buka kembali bila masih ada yang perlu dijawab."),
        State.CLOSED_SILENT: _(
            "Permintaan ini sudah ditutup karena tidak ada balasan. Buka kembali lebih dulu."
        ),
        State.CANCELLED: _("Permintaan ini sudah dibatalkan. Ajukan permintaan baru bila masih diperlukan."),
    }

    def __init__(self, case: Case, verb: Verb) -> None:
        unfitting = {
            Verb.RESUME: _("Permintaan ini tidak sedang menunggu pemohon. Muat ulang halaman."),
            Verb.CLOSE_SILENT: _("Permintaan ini tidak sedang menunggu pemohon. Muat ulang halaman."),
            Verb.REOPEN: _("Permintaan ini masih berjalan, jadi tidak perlu dibuka kembali."),
        }
        default = _("Langkah ini tidak berlaku untuk keadaan permintaan sekarang. Muat ulang halaman.")
        super().__init__(self.ENDED.get(case.state) or unfitting.get(verb, default))


class CaseMoved(Refused):
    """Somebody else was first. `case` is how it stands now; what the officer wrote must be kept."""

    def __init__(self, case: Case) -> None:
        self.case = case
        last = Message.objects.filter(case=case).select_related("author").last()
        who = str(last.author) if last and last.author else _now("Sistem")
        super().__init__(
            _now(
                "%(who)s lebih dulu menanggapi permintaan ini. Baca perubahannya, lalu kirim lagi "
                "bila masih perlu. Tulisan Anda tersimpan di kotak balasan."
            )
            % {"who": who}
        )


class EmptyMessage(Invalid):
    message = _("Tulis isi pesan lebih dulu.")


class MessageTooLong(Invalid):
    message = _("Pesan terlalu panjang. Batasnya 5.000 huruf; kirim sisanya sebagai berkas.")


class SubjectMissing(Invalid):
    message = _("Tulis pokok permintaan, paling panjang 200 huruf.")


class NotAnOfficerHere(Refused):
    message = _("Orang itu tidak bertugas di satker ini. Pilih petugas dari daftar.")


class NotOfferedHere(Refused):
    message = _("Layanan ini belum dibuka di satker tersebut. Pilih layanan lain.")


class FileEmpty(Invalid):
    message = _("Berkas ini kosong. Periksa berkasnya, lalu unggah lagi.")


class FileTooLarge(Invalid):
    def __init__(self, megabytes: int) -> None:
        super().__init__(
            _now("Berkas terlalu besar. Batasnya %(size)d MB; kecilkan atau bagi dua lebih dulu.")
            % {"size": megabytes}
        )


class FileNotAccepted(Invalid):
    def __init__(self, accepted: list[str]) -> None:
        super().__init__(
            _now("Jenis berkas ini tidak diterima. Kirim salah satu dari: %(types)s.")
            % {"types": ", ".join(accepted)}
        )


class FileNotWhatItSays(Invalid):
    message = _(
        "Isi berkas tidak sesuai dengan namanya. Simpan ulang dari aplikasi asalnya, lalu unggah lagi."
    )


class TooManyFiles(Invalid):
    message = _("Berkas terlalu banyak. Satu permintaan memuat paling banyak 20 berkas.")
