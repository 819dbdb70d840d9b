"""Why something about a text or an uploaded file is refused."""

from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Outdated, Refused


class EditedMeanwhile(Outdated):
    message = _("Orang lain baru saja mengubah tulisan ini. Muat ulang, lalu masukkan perubahan Anda lagi.")


class NotInThisState(Refused):
    message = _("Keadaan tulisan ini sudah berubah. Muat ulang halaman.")


class ReviewDateMissing(Invalid):
    message = _("Isi dulu tanggal tinjau ulang yang belum lewat, lalu terbitkan.")


class ReviewDatePast(Invalid):
    message = _("Tanggal tinjau ulang ini sudah lewat. Isi hari ini atau hari sesudahnya.")


class ReviewDateTaken(Invalid):
    message = _("Tulisan yang terbit tetap punya tanggal tinjau ulang. Isi tanggalnya, lalu simpan.")


ABOUT_THE_REVIEW_DATE = (ReviewDateMissing, ReviewDatePast, ReviewDateTaken)


class SaysNothing(Invalid):
    message = _("Tulisan ini belum ada isinya.")


class SecondPersonNeeded(Refused):
    message = _("Perlu orang kedua: minta rekan yang berwenang memeriksa dan menyetujuinya.")


class WithdrawFirst(Refused):
    message = _("Tulisan ini memuat angka. Tarik dulu, ubah, lalu minta rekan menerbitkannya.")


class NotReadable(Invalid):
    message = _("Berkas ini tidak dapat dibaca. Simpan ulang sebagai PDF, DOCX, atau HTML, lalu coba lagi.")


class Locked(Invalid):
    message = _(
        "Berkas ini dikunci dengan kata sandi. Buka kuncinya, simpan tanpa kata sandi, lalu unggah lagi."
    )


class NoTextInside(Invalid):
    message = _("Berkas ini tidak memuat teks, mungkin hasil pindaian. Salin isinya ke tulisan baru.")


class TooLarge(Invalid):
    def __init__(self, megabytes: int) -> None:
        said = _("Berkas ini lebih besar dari %(n)s MB. Perkecil, atau bagi menjadi beberapa berkas.")
        super().__init__(said % {"n": megabytes})


class TooLong(Invalid):
    message = _("Berkas ini lebih dari sejuta huruf atau 2.000 halaman. Bagi menjadi beberapa berkas.")


class AlreadyHere(Invalid):
    def __init__(self, title: str) -> None:
        said = _("Isi berkas ini sudah ada sebagai tulisan “%(judul)s”. Cari judul itu, lalu ubah di sana.")
        super().__init__(said % {"judul": title})
