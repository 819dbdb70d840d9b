"""Why the register refuses."""

from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Outdated, Refused


class AlreadyRegistered(Refused):
    message = _(
        "Mitra ini sudah terdaftar di satker ini untuk tahun itu. Cari namanya di daftar, lalu ubah di sana."
    )


class NikTaken(Refused):
    message = _("NIK ini sudah dipakai mitra lain di daftar. Periksa kembali di KTP.")


class SobatIdTaken(Refused):
    message = _("ID SOBAT ini sudah dipakai mitra lain di daftar. Periksa kembali di SOBAT.")


class NumberMissing(Invalid):
    message = _("Isi NIK atau ID SOBAT. Tanpa salah satunya mitra tidak dapat dikenali.")


class ChangedMeanwhile(Outdated):
    """Somebody was first: of a mitra, an activity, a figure, a text."""


class AppealNotNow(Refused):
    message = _("Keberatan atas daftar hitam ini sudah dicatat atau sudah diputuskan. Muat ulang halaman.")


class SecondPersonNeeded(Refused):
    message = _("Keberatan diputuskan oleh orang lain, bukan oleh yang memasukkan mitra ke daftar hitam.")


class AlreadyOver(Refused):
    message = _("Daftar hitam ini sudah berakhir. Muat ulang halaman.")


class EndsBeforeItBegins(Invalid):
    message = _("Tanggal akhir harus sesudah tanggal mulai.")


class TooManyDocuments(Refused):
    message = _("Mitra ini sudah punya 30 berkas di satker ini. Hapus yang tidak dipakai dulu.")


class FileNotAccepted(Invalid):
    message = _("Unggah PDF, JPG, atau PNG, paling besar 5 MB, yang isinya sesuai dengan jenisnya.")


class NotOfThisOffice(Refused):
    message = _("Mitra ini tidak terdaftar di satker ini. Muat ulang halaman.")
