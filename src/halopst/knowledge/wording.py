"""What went wrong with fetched or imported figures, in words: one sentence per code."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.knowledge.models import FigureImport
from halopst.knowledge.queries.figure_keeping import KindOfData

FAILED: dict[str, Promise] = {
    "unreachable": _("WebAPI tidak dapat dihubungi atau sambungannya terputus."),
    "timeout": _("WebAPI terlalu lama menjawab."),
    "busy": _("WebAPI sedang membatasi permintaan."),
    "server": _("WebAPI sedang bermasalah."),
    "declined": _("WebAPI menolak permintaan."),
    "malformed": _("Jawaban WebAPI tidak dapat dibaca."),
    "too-large": _("Jawaban WebAPI terlalu besar, jadi tidak dibaca."),
    "no-access": _("Alamat atau kunci WebAPI tidak lagi dipakai."),
    "key": _("Kunci WebAPI tersimpan dengan kunci instalasi lain."),
}
TO_DO: dict[str, Promise] = {
    "unreachable": _("Bila berulang, minta admin memeriksa alamat dan jaringannya."),
    "declined": _("Minta admin memeriksa alamat dan kuncinya, lalu ambil lagi."),
    "malformed": _("Bila berulang, minta admin memeriksa alamatnya."),
    "too-large": _("Minta admin memeriksa alamatnya."),
    "no-access": _("Minta admin memeriksanya."),
    "key": _("Minta admin mengisi ulang."),
}
STATIC: dict[str, Promise] = {
    "no-table": _("Isinya bukan tabel."),
    "nested": _("Ada tabel di dalam tabel."),
    "several": _("Isinya beberapa tabel."),
    "broken": _("Susunan HTML-nya rusak."),
    "overlap": _("Ada sel gabungan yang bertumpuk."),
    "wide": _("Kolomnya lebih dari 60."),
    "long": _("Tabelnya terlalu panjang untuk dibaca utuh."),
    "title": _("Judulnya tidak menyebut apa yang diukur."),
    "period": _("Periode angkanya tidak pasti."),
    "region": _("Wilayah yang dimaksud judulnya tidak pasti."),
    "mark": _("Judulnya memuat tanda catatan."),
    "head": _("Judul kolomnya tidak terbaca dengan pasti."),
    "preface": _("Baris di atas judul kolom mungkin mempersempit isi tabel."),
    "labels": _("Labelnya lebih dari satu kolom atau bukan label."),
    "ragged": _("Ada baris yang selnya kurang."),
    "merged": _("Ada sel angka yang digabung."),
    "footnote": _("Ada angka atau label dengan catatan kaki."),
    "value": _("Ada isi sel yang bukan angka."),
    "section": _("Judul di tengah tabel tidak pasti artinya."),
    "total": _("Baris atau kolom jumlah tidak pasti milik siapa."),
    "row": _("Ada baris yang wilayahnya tidak dikenal dengan pasti."),
    "region-columns": _("Wilayahnya berderet sebagai kolom."),
    "measures": _("Tabel memuat beberapa ukuran, seperti jumlah dan persentase."),
    "units": _("Tabel memuat beberapa satuan."),
    "unit-names": _("Tabel memuat beberapa satuan, dan judulnya tidak menyebut satu per satu yang diukur."),
    "no-unit": _("Satuannya tidak disebut."),
    "separators": _("Titik dan koma di angkanya dapat berarti dua hal."),
    "twice": _("Ada dua angka untuk hal yang sama."),
    "no-figures": _("Tidak ada angka di dalamnya."),
}
ROWS: dict[str, Promise] = {
    "missing": _(
        "Sel ini kosong, bagian sel gabungan, atau rumusnya tanpa hasil. "
        "Pisahkan sel gabungan, lalu isi tiap baris."
    ),
    "example": _("Ini baris contoh dari templat. Hapus, atau ganti dengan angka kantor Anda."),
    "long": _("Isian terlalu panjang; paling banyak {detail} huruf."),
    "number": _("Bukan angka. Tulis angkanya saja, tanpa catatan kaki. Contoh: 2.884.090 atau 4,19."),
    "percent": _(
        "Tulis tanpa tanda persen, misalnya 12,5, di sel berformat angka; tulis Persen di kolom Satuan."
    ),
    "two-meanings": _("Bisa berarti dua angka. Tulis 1234 bila ribuan, atau 1,2340 bila pecahan."),
    "period": _("Periode tidak terbaca. Contoh: 2024, Semester I 2024, Triwulan II 2025, Maret 2025."),
    "measure-kept": _(
        "Indikator ini tersimpan dalam satuan {detail}. Tulis angkanya dalam satuan itu, atau beri nama lain."
    ),
    "measure-twice": _("Satuannya berbeda dari baris {detail}. Satu indikator hanya punya satu satuan."),
    "region-unknown": _("Wilayah tidak dikenal. Tulis nama lengkapnya atau kode BPS-nya."),
    "region-several": _("Beberapa wilayah bernama begini; tulis salah satu kodenya: {detail}."),
    "date": _("Sel ini terbaca sebagai tanggal. Ubah formatnya menjadi Angka, lalu tulis angkanya lagi."),
    "day": _("Sel ini berisi tanggal. Tulis periodenya sebagai teks, misalnya Maret 2025 atau 2025."),
    "twice": _("Baris {detail} menyebut nilai lain untuk hal yang sama. Hapus yang keliru."),
    "link": _("Tulis tautannya lengkap, misalnya https://surabayakota.bps.go.id, atau kosongkan."),
}
DOUBTS: dict[str, Promise] = {
    "digits": _("Lebih dari 18 angka di depan koma: hampir pasti salah ketik."),
    "decimals": _("Lebih dari 6 angka di belakang koma, mungkin hasil rumus. Bulatkan seperti yang terbit."),
    "percent": _("Lebih dari 1.000 persen: mungkin satuannya lain, atau komanya hilang."),
    "share": _("Bagian dari keseluruhan tidak di bawah 0 atau di atas 100 persen."),
}
FIELDS: dict[str, Promise] = {
    "indicator": _("Indikator"),
    "measure": _("Satuan"),
    "region": _("Wilayah"),
    "period": _("Periode"),
    "breakdown": _("Rincian"),
    "value": _("Nilai"),
    "source": _("Sumber"),
    "link": _("Tautan"),
}


def failure_of(one: KindOfData) -> str:
    """Why its last run failed, what is used meanwhile and what helps; empty when it did not fail."""
    if one.sync is None or not one.sync.error:
        return ""
    failed = FAILED.get(one.sync.error)
    why = str(failed) if failed else say("Pengambilan data gagal.")
    meanwhile = say("Data terakhir tetap dipakai.") if one.held else say("Belum ada data yang tersimpan.")
    return " ".join(filter(None, (why, meanwhile, str(TO_DO.get(one.sync.error, "")))))


def static_sentence(code: str) -> str:
    """Why a static table stayed text."""
    found = STATIC.get(code)
    return str(found) if found else ""


def row_sentence(code: str, detail: str = "") -> str:
    found = ROWS.get(code)
    return str(found).format(detail=detail) if found else say("Isian ini tidak dapat dibaca.")


def told_faults(run: FigureImport) -> list[dict[str, str]]:
    """Why rows of a file stay out, by cell."""
    return [
        {
            "cell": f"{fault['column']}{fault['row']}",
            "title": str(FIELDS.get(fault["field"], "")),
            "said": row_sentence(fault["code"], fault["detail"]),
        }
        for fault in run.faults
    ]


def told_doubts(run: FigureImport) -> list[dict[str, Any]]:
    """The rows that nobody should take in without a look, each with the reason."""
    return [{**one, "said": doubt_sentence(one["doubt"])} for one in run.doubts]


def doubt_sentence(code: str) -> str:
    """Why a figure can hardly be the published one."""
    return str(DOUBTS[code])
