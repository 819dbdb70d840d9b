"""Why something about a letter is refused."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Outdated, Refused
from halopst.core.formats import language, medium_date
from halopst.letters.kinds import kind_named
from halopst.letters.models import Letter
from halopst.letters.rules import Gap, State, Verb, is_behind
from halopst.units.models import Unit


class UnknownKind(Invalid):
    message = _("Jenis surat ini tidak dikenal. Muat ulang halaman dan pilih dari daftar.")


class ValueMissing(Invalid):
    """Values are missing; the sentence names every field."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        self.gaps = gaps
        names = ", ".join(_name(gap) for gap in gaps[:8])
        super().__init__(say("Surat belum dapat dibuat. Lengkapi dulu: %(isian)s.") % {"isian": names})


class CannotCompose(Refused):
    """What a letter is about is not ready for it; `repair_url` leads to where that is mended."""

    def __init__(self, message: Any, repair_url: str = "") -> None:
        self.repair_url = repair_url
        super().__init__(message)

    @property
    def extra(self) -> dict[str, Any]:
        """What the API adds to its answer."""
        return {"repair_url": self.repair_url} if self.repair_url else {}


class GivenValues(Refused):
    message = _(
        "Surat ini dibuat program dari isian yang dikirimnya, jadi penggantinya tidak dapat disusun di sini. "
        "Buat surat baru dari program itu, lalu batalkan surat ini."
    )


class NoTemplate(CannotCompose):
    message = _("Belum ada naskah “%(jenis)s” yang berlaku pada %(hari)s. Terbitkan naskahnya dulu.")

    def __init__(self, unit: Unit, kind: str, day: date) -> None:
        said = str(self.message) % _kind_and_day(kind, day)
        super().__init__(said, reverse("letters:template", args=[unit.slug, kind]))


class NoPattern(CannotCompose):
    message = _("Belum ada pola nomor “%(jenis)s” yang berlaku pada %(hari)s. Atur dulu pola nomornya.")

    def __init__(self, unit: Unit, kind: str, day: date) -> None:
        page = f"{reverse('letters:pattern', args=[unit.slug])}?jenis={kind}"
        super().__init__(str(self.message) % _kind_and_day(kind, day), page)


class PatternFaulty(Invalid):
    """A pattern that would not number letters one by one; the sentence says why."""


class PatternExists(Refused):
    message = _("Sudah ada pola untuk jenis surat ini mulai tanggal itu. Pilih tanggal lain.")


class BasisMissing(Invalid):
    message = _("Isi dasarnya: surat atau peraturan yang menetapkannya.")


class NoSuchClassification(Invalid):
    message = _(
        "Kode klasifikasi %(code)s tidak ada. Pilih dari daftar, atau tambahkan dulu di halaman Klasifikasi."
    )

    def __init__(self, code: str) -> None:
        super().__init__(str(self.message) % {"code": code})


class ClassificationNotHeld(CannotCompose):
    """The code does not hold on the day of the letter; `day` is when it begins, or the last one it held."""

    early = _("Kode klasifikasi %(code)s baru berlaku %(day)s. Pakai kode yang berlaku di pola nomornya.")
    ended = _("Kode klasifikasi %(code)s berakhir pada %(day)s. Pakai kode yang berlaku di pola nomornya.")

    def __init__(self, code: str, day: date, *, has_ended: bool, repair_url: str) -> None:
        said = self.ended if has_ended else self.early
        super().__init__(str(said) % {"code": code, "day": medium_date(day, lang=language())}, repair_url)


class ClassificationOverlaps(Refused):
    message = _("Kode itu masih berlaku pada masa itu. Akhiri dulu yang lama di daftar ini.")


class ClassificationEnded(Refused):
    message = _("Kode ini sudah punya hari terakhir. Tambahkan baris baru untuk masa berikutnya.")


class ClassificationInUse(Refused):
    message = _("Kode ini sudah dipakai pola nomor atau nomor surat, jadi tidak dapat dihapus. Akhiri saja.")


class ClassificationOfTheRelease(Refused):
    message = _(
        "Kode ini bawaan Perka BPS 99/2018, jadi tidak dapat dihapus. Akhiri bila tidak berlaku lagi."
    )


class NothingBefore(Refused):
    message = _(
        "Belum ada nomor pada atau sebelum tanggal itu, jadi tidak ada tempat untuk sisipan. "
        "Pakai tanggal nomor pertama di buku itu, atau sesudahnya."
    )


class TooManyInserts(Refused):
    message = _("Nomor pada tanggal itu sudah memiliki 99 sisipan. Pilih tanggal lain.")


class NumberTaken(Refused):
    message = _("Nomor ini sudah dipakai surat lain di satker ini. Muat ulang lalu coba lagi.")


class NumbersUnreadable(Invalid):
    """Rows of an import that are no numbers of this pattern; the sentence names their lines."""


class SequenceTaken(Refused):
    """An old number whose place in the series another number has."""

    def __init__(self, sequence: int, text: str) -> None:
        said = say("Nomor urut %(urut)d sudah dipakai di deret ini, jadi %(nomor)s tidak dapat dimasukkan.")
        super().__init__(said % {"urut": sequence, "nomor": text})


class NumbersSkip(Invalid):
    """An old number beyond the last of a series letters already take theirs from."""

    def __init__(self, last: int) -> None:
        said = say(
            "Surat di deret ini sudah mengambil nomor, jadi sesudah nomor urut %(terakhir)d nomor lama "
            "berikutnya adalah %(berikut)d. Periksa nomornya, atau masukkan juga nomor di antaranya."
        )
        super().__init__(said % {"terakhir": last, "berikut": last + 1})


class AlreadyIssued(Refused):
    message = _("Surat ini sudah ada. Buka surat itu; batalkan atau ganti bila isinya berubah.")


STEPS = {
    Verb.PRINT: _("ditandai dicetak"),
    Verb.SIGN: _("ditandatangani"),
    Verb.HAND_OVER: _("diserahterimakan"),
    Verb.PAY: _("dibayar"),
    Verb.REPLACE: _("diganti"),
    Verb.ANNUL: _("dibatalkan"),
    Verb.FINALISE: _("diterbitkan"),
    Verb.REOPEN: _("dibuka kembali"),
    Verb.OUTDATE: _("ditandai usang"),
}
UNSIGNED = _("Tandatangani dahulu.")
INSTEAD = {
    State.DRAFT: _("Tunggu sampai nomornya terbit."),
    State.FINAL: UNSIGNED,
    State.PRINTED: UNSIGNED,
    State.PAID: _("Bila uangnya kembali, catat returnya di daftar pembayarannya."),
    State.OUTDATED: _("Terbitkan dahulu surat penggantinya."),
    State.REPLACED: _("Pakai surat penggantinya."),
    State.VOID: _("Terbitkan surat baru bila masih diperlukan."),
}


class OutOfTurn(Refused):
    """A step the table of moves does not have; the sentence says from where, and what would go on."""

    def __init__(self, letter: Letter, verb: Verb) -> None:
        state, said = State(letter.state), {"keadaan": letter.get_state_display(), "langkah": STEPS[verb]}
        again = say("Surat ini berstatus “%(keadaan)s”, jadi tidak dapat %(langkah)s lagi.") % said
        once = say("Surat ini berstatus “%(keadaan)s”, jadi tidak dapat %(langkah)s.") % said
        super().__init__(again if is_behind(state, verb) else f"{once} {INSTEAD.get(state, '')}".rstrip())


class HandedOverOtherwise(Refused):
    """A letter that another paper hands over; the sentence, its kind's own, says which and where."""


class PaidFromItsList(Refused):
    message = _(
        "Surat ini berstatus dibayar setelah pembayarannya dicatat di daftar pembayaran. "
        "Catat pembayarannya di sana."
    )


class GoesOnWithAnother(Refused):
    """What changed or ended a letter names it: that one is annulled first."""

    def __init__(self, newer: Letter) -> None:
        said = say("Surat ini sudah diubah atau diakhiri dengan %(nomor)s. Batalkan surat itu lebih dulu.")
        super().__init__(said % {"nomor": newer.number})


class ReasonMissing(Invalid):
    message = _("Tulis alasannya. Alasan dicatat bersama surat ini.")


class TemplateFaulty(Invalid):
    """The template cannot be printed; `line` is where, 0 when no line is to blame."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.line = line
        super().__init__(message)

    @property
    def extra(self) -> dict[str, Any]:
        """What the API adds to its answer."""
        return {"line": self.line} if self.line else {}


class NothingToPublish(Refused):
    message = _("Belum ada konsep untuk diterbitkan. Simpan dulu perubahan Anda.")


class NothingToDiscard(Refused):
    message = _("Tidak ada konsep untuk dibuang. Muat ulang halaman ini.")


class TemplateChanged(Outdated):
    message = _("Orang lain baru saja mengubah naskah ini. Muat ulang, lalu masukkan perubahan Anda lagi.")


class OtherTemplateThatDay(Refused):
    message = _("Sudah ada naskah yang berlaku mulai tanggal itu. Pilih tanggal lain.")


class NobodyToTry(Refused):
    message = _("Jenis surat ini tidak diisi dengan mitra. Lihat dengan contoh isiannya saja.")


class WordTemplateFaulty(Invalid):
    """The Word template cannot be filled; the sentence says what is wrong."""


class NoWordTemplate(Refused):
    message = _("Naskah surat ini belum memiliki templat Word. Unduh PDF-nya.")


class SignatoryOverlaps(Refused):
    message = _(
        "Peran ini sudah diisi orang lain pada masa itu. Akhiri dulu masa jabatannya; bila ia hanya cuti, "
        "catat lagi mulai hari kembalinya."
    )


class PeriodBackwards(Invalid):
    message = _("Hari terakhir tidak boleh mendahului hari pertama.")


class NotAPdf(Invalid):
    message = _("Berkas ini bukan PDF yang dapat dibaca. Pindai ulang sebagai PDF.")


class ScanTooLarge(Invalid):
    message = _("Berkas terlalu besar. Paling besar 10 MB; pindai dengan resolusi lebih rendah.")


class StackTooLarge(Invalid):
    message = _("Berkas terlalu besar. Paling besar 60 MB dan 1.500 halaman; bagi menjadi beberapa berkas.")


class ScanIncomplete(Refused):
    """The scan has more or fewer pages than the letter; the sentence says how many it should have."""

    def __init__(self, found: int, expected: int) -> None:
        super().__init__(
            say("Pindaian berisi %(ada)d halaman, surat ini %(perlu)d halaman. Pindai semua halamannya.")
            % {"ada": found, "perlu": expected}
        )


class ScanOfAnother(Refused):
    message = _("Kode QR di pindaian milik surat lain. Pilih berkas pindaian surat ini.")


class NotYetSigned(Invalid):
    message = _("Ini berkas surat yang belum ditandatangani. Cetak, tandatangani, pindai, lalu unggah.")


class ScanUnread(Invalid):
    message = _(
        "Kode QR di pindaian tidak terbaca. Cocokkan nomor di kertas dengan nomor surat ini, "
        "lalu centang pernyataannya."
    )


class SignerNotOnPaper(Invalid):
    message = _(
        "Nama penanda tangan tidak ditemukan di surat ini, atau tidak ada ruang di atasnya. Tulis nama "
        "persis seperti tercetak, atau hapus centang blok tanda tangan."
    )


class BeingSigned(Refused):
    message = _("Surat ini sedang ditandatangani atau disegel. Tunggu sebentar, lalu muat ulang halaman ini.")


class NotToBeSealed(Refused):
    message = _("Surat ini belum ditandatangani, atau tidak berlaku lagi. Yang disegel surat yang sudah sah.")


class SealedAlready(Refused):
    message = _("Surat ini sudah bersegel. Unduh berkas bersegelnya di halaman suratnya.")


class NoSeal(Refused):
    message = _(
        "Segel elektronik instansi belum diatur. Minta pengelola server mengisi HALOPST_ESIGN_SUBSCRIBER."
    )


class SignatureNotWhole(Refused):
    message = _(
        "Layanan mengembalikan berkas yang rusak atau tanda tangannya tidak sah, jadi tidak disimpan. "
        "Coba lagi; bila terulang, hubungi pengelola layanan BSrE instansi."
    )


class CertificateOfAnother(Refused):
    """The certificate names somebody else than the letter's signer; `named` is whom."""

    def __init__(self, named: str, signer: str) -> None:
        super().__init__(
            say(
                "Sertifikat ini atas nama %(sertifikat)s, penanda tangan surat ini %(penanda)s, jadi tanda "
                "tangannya tidak disimpan. Periksa NIK atau surelnya. Bila memang orang yang sama, centang "
                "pernyataannya, lalu tanda tangani lagi."
            )
            % {"sertifikat": named, "penanda": signer}
        )


class PdfTooLarge(Invalid):
    message = _("Berkas terlalu besar untuk diperiksa. Paling besar 20 MB.")


class SignerMissing(Invalid):
    message = _("Isi nama penanda tangan.")


class FileLost(Refused):
    message = _(
        "Berkas ini tidak ada lagi di penyimpanan. Minta pengelola server memulihkannya dari cadangan."
    )


def _kind_and_day(kind: str, day: date) -> dict[str, str]:
    return {"jenis": str(kind_named(kind).label), "hari": medium_date(day, lang=language())}


def _name(gap: Gap) -> str:
    words = " – ".join(dict.fromkeys(str(label) for label in gap.labels))
    return say("%(isian)s (baris %(baris)d)") % {"isian": words, "baris": gap.row} if gap.row else words
