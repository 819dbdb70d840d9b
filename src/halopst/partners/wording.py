"""What is wrong with a value, in words: one sentence per code of `rules.identity` and `rules.imports`."""

from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, Promise] = {
    "nik-missing": _("NIK dan ID SOBAT kosong. Isi salah satunya; NIK lebih baik."),
    "nik-number": _(
        "Sel NIK berisi angka, bukan teks. Excel hanya menyimpan 15 angka, sehingga angka terakhir hilang. "
        "Ubah kolom menjadi Teks, lalu ketik ulang NIK."
    ),
    "nik-digits": _("NIK hanya berisi angka."),
    "nik-length": _("NIK terdiri dari 16 angka; ini {detail} angka."),
    "nik-day": _("Angka ke-7 sampai ke-12 NIK bukan tanggal lahir ({detail})."),
    "nik-serial": _("NIK tidak diawali 00 dan tidak diakhiri 0000. Periksa kembali di KTP."),
    "nik-twice": _("NIK ini sudah ada di baris {detail} berkas yang sama."),
    "nik-birth-date": _("Tanggal lahir berbeda dengan yang tertulis di NIK. Periksa; boleh disimpan."),
    "nik-sex": _("Jenis kelamin berbeda dengan yang tertulis di NIK. Periksa; boleh disimpan."),
    "nik-other": _("NIK dan ID SOBAT di baris ini milik dua mitra yang berbeda di daftar."),
    "person-twice": _("Baris ini mitra yang sama dengan baris {detail} berkas ini."),
    "nik-differs": _(
        "Mitra dengan ID SOBAT ini sudah tercatat dengan NIK lain. Perbaiki di halaman mitranya."
    ),
    "sobat-number": _("Sel ID SOBAT berisi pecahan. Ubah kolom menjadi Teks, lalu ketik ulang."),
    "sobat-digits": _("ID SOBAT hanya berisi angka."),
    "sobat-length": _("ID SOBAT terdiri dari 12 angka; ini {detail} angka."),
    "sobat-twice": _("ID SOBAT ini sudah ada di baris {detail} berkas yang sama."),
    "sobat-taken": _("ID SOBAT ini milik mitra lain di daftar."),
    "npwp-number": _("Sel NPWP berisi angka, bukan teks. Ubah kolom menjadi Teks, lalu ketik ulang."),
    "npwp-digits": _("NPWP hanya berisi angka."),
    "npwp-length": _("NPWP terdiri dari 15 atau 16 angka; ini {detail} angka."),
    "account-number": _(
        "Sel nomor rekening berisi angka lebih dari 15 digit, sehingga angka terakhir hilang. "
        "Ubah kolom menjadi Teks, lalu ketik ulang."
    ),
    "account-digits": _("Nomor rekening hanya berisi angka."),
    "account-length": _("Nomor rekening terdiri dari 6 sampai 20 angka; ini {detail} angka."),
    "account-incomplete": _("Bank, nomor rekening, dan atas nama diisi lengkap atau dikosongkan semua."),
    "name-missing": _("Nama kosong."),
    "too-long": _("Isian terlalu panjang; paling banyak {detail} huruf."),
    "phone": _("Nomor telepon belum lengkap atau bukan nomor ponsel. Contoh: 0812-3456-7890"),
    "email": _("Surel belum lengkap. Contoh: nama@contoh.id"),
    "date": _("Tanggal tidak terbaca. Contoh: 17-08-1995 atau 17 Agustus 1995."),
    "date-range": _("Tanggal lahir tidak masuk akal."),
    "choice": _("Pilihan tidak dikenal. Yang dikenal: {detail}."),
}


def sentence(code: str, detail: str = "") -> str:
    """What is wrong and what to do, in the reader's language."""
    found = FAULTS.get(code)
    return str(found).format(detail=detail) if found else say("Isian ini tidak dapat dibaca.")
