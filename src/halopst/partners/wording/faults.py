"""What is wrong with a value, in words: one sentence per code of `rules.identity` and `rules.imports`."""

from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.partners.models import ImportFault, ImportRun
from halopst.partners.rules.tables import table_and_row

# Faults whose detail is the place of another row.
NAMING_A_ROW = {"nik-twice", "sobat-twice", "person-twice"}
FAULTS: dict[str, Promise] = {
    "nik-missing": _("NIK dan ID SOBAT kosong. Isi salah satunya; NIK lebih baik."),
    "nik-number": _(
        "Sel NIK berisi angka, bukan teks. Excel hanya menyimpan 15 angka, sehingga angka terakhir hilang. "
        "Ubah kolom menjadi Teks, lalu ketik ulang NIK."
    ),
    "nik-digits": _("Ada huruf atau tanda lain di NIK ini, misalnya O untuk 0. Tulis ke-16 angkanya saja."),
    "nik-length": _("NIK terdiri dari 16 angka; ini {detail} angka. Tulis ulang seperti di KTP."),
    "nik-day": _("Angka ke-7 sampai ke-12 NIK bukan tanggal lahir ({detail}). Periksa kembali di KTP."),
    "nik-serial": _("NIK tidak diawali 00 dan tidak diakhiri 0000. Periksa kembali di KTP."),
    "nik-twice": _(
        "NIK ini sudah ada di baris {detail} berkas yang sama. Hapus salah satunya, atau betulkan NIK-nya."
    ),
    "nik-birth-date": _("Tanggal lahir berbeda dengan yang tertulis di NIK. Periksa; boleh disimpan."),
    "nik-sex": _("Jenis kelamin berbeda dengan yang tertulis di NIK. Periksa; boleh disimpan."),
    "nik-other": _(
        "NIK dan ID SOBAT di baris ini milik dua mitra yang berbeda di daftar. Periksa keduanya, "
        "lalu betulkan yang keliru."
    ),
    "person-twice": _("Baris ini mitra yang sama dengan baris {detail} berkas ini. Hapus salah satunya."),
    "nik-differs": _(
        "Mitra dengan ID SOBAT ini sudah tercatat dengan NIK lain. Perbaiki di halaman mitranya."
    ),
    "sobat-number": _("Sel ID SOBAT berisi pecahan. Ubah kolom menjadi Teks, lalu ketik ulang."),
    "sobat-digits": _("Ada huruf atau tanda lain di ID SOBAT ini. Tulis ke-12 angkanya saja."),
    "sobat-length": _("ID SOBAT terdiri dari 12 angka; ini {detail} angka. Salin ulang dari SOBAT."),
    "sobat-twice": _(
        "ID SOBAT ini sudah ada di baris {detail} berkas yang sama. Hapus salah satunya, atau betulkan."
    ),
    "sobat-taken": _("ID SOBAT ini milik mitra lain di daftar. Periksa kembali di SOBAT."),
    "npwp-number": _("Sel NPWP berisi angka, bukan teks. Ubah kolom menjadi Teks, lalu ketik ulang."),
    "npwp-digits": _("Ada huruf di NPWP ini. Tulis angkanya saja, atau kosongkan."),
    "npwp-length": _("NPWP terdiri dari 15 atau 16 angka; ini {detail} angka. Betulkan, atau kosongkan."),
    "account-number": _(
        "Sel nomor rekening berisi angka lebih dari 15 digit, sehingga angka terakhir hilang. "
        "Ubah kolom menjadi Teks, lalu ketik ulang."
    ),
    "account-digits": _("Nomor rekening hanya berisi angka. Tulis angkanya saja; nama bank di kolom lain."),
    "account-length": _(
        "Nomor rekening terdiri dari 6 sampai 20 angka; ini {detail} angka. Periksa di buku rekening."
    ),
    "account-incomplete": _(
        "Rekening ini tidak dicatat, karena bank, nomor, atau nama pemiliknya kosong. Lengkapi ketiganya."
    ),
    "name-missing": _("Nama kosong. Isi nama seperti di KTP."),
    "too-long": _("Isian terlalu panjang; persingkat sampai {detail} huruf."),
    "phone": _("Nomor telepon belum lengkap atau bukan nomor ponsel. Contoh: 0812-3456-7890"),
    "email": _("Surel belum lengkap. Contoh: nama@contoh.id"),
    "date": _(
        "Tanggal tidak terbaca. Tulis hari, bulan, lalu tahun empat angka: 17-08-1995 atau 17 Agustus 1995."
    ),
    "date-range": _("Tanggal lahir tidak masuk akal. Periksa tahunnya."),
    "choice": _(
        "Isian ini tidak dikenal. Tulis salah satu: {detail}. Bila kolomnya berisi hal lain, "
        "ubah pencocokan kolom."
    ),
}


def sentence(code: str, detail: str = "") -> str:
    """What is wrong and what to do, in the reader's language."""
    found = FAULTS.get(code)
    return str(found).format(detail=detail) if found else say("Isian ini tidak dapat dibaca.")


def said_of(run: ImportRun, fault: ImportFault) -> str:
    """What is wrong with a cell and what to do; a row it names is told with its sheet."""
    if fault.code not in NAMING_A_ROW:
        return sentence(fault.code, fault.detail)
    table, row = table_and_row(int(fault.detail))
    if len(run.tables) == 1:
        return sentence(fault.code, str(row))
    where = say("%(baris)s lembar %(nama)s") % {"baris": row, "nama": run.tables[table]["name"]}
    return sentence(fault.code, where)
