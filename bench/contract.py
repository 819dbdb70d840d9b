"""The contract the measurements print: a letterhead, 14 articles and an annex, three pages."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from docx import Document

from halopst.letters.services import Composition, DocumentKind, Field, Shape, compose_with, declare

TODAY = date(2026, 11, 20)
# The values whose text stands in the letter; others are there for templates that want them.
PRINTED = frozenset({"ppk", "nama", "nik", "alamat", "mulai", "selesai", "honor", "honor_terbilang"})
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ARTICLES = [
    (
        "Pemberian pekerjaan",
        "PIHAK PERTAMA memberikan pekerjaan kepada PIHAK KEDUA sebagai petugas lapangan.",
    ),
    (
        "Ruang lingkup",
        "Pekerjaan meliputi kegiatan pada lampiran, yang tidak terpisahkan dari perjanjian ini.",
    ),
    ("Jangka waktu", "Pekerjaan berlangsung dari #d.mulai sampai dengan #d.selesai."),
    ("Kewajiban", "PIHAK KEDUA menyelesaikan pekerjaan menurut buku pedoman dan tenggat pada lampiran."),
    (
        "Honorarium",
        "PIHAK KEDUA menerima #d.honor (#d.honor_terbilang), sudah termasuk pajak dan biaya lain.",
    ),
    ("Pembayaran", "Honorarium dibayarkan lewat bank setelah hasil pekerjaan diterima seluruhnya."),
    ("Serah terima", "Penyerahan hasil dituangkan dalam berita acara yang ditandatangani kedua pihak."),
    (
        "Pemutusan",
        "PIHAK PERTAMA dapat memutus perjanjian bila pekerjaan tidak dijalankan menurut ketentuan.",
    ),
    ("Pengunduran diri", "Pengunduran diri disampaikan tertulis dan mengakhiri hak atas honorarium."),
    (
        "Pengecualian",
        "Musibah dan sakit yang dirawat mengakhiri pekerjaan dengan honorarium sebanding hasil.",
    ),
    (
        "Kerahasiaan",
        "PIHAK KEDUA menjaga kerahasiaan keterangan responden, juga setelah perjanjian berakhir.",
    ),
    ("Keadaan kahar", "Keadaan kahar dilaporkan tertulis paling lambat tujuh hari sejak terjadi."),
    ("Perubahan", "Hal yang belum diatur dituangkan dalam adendum yang disetujui kedua pihak."),
    ("Perselisihan", "Perselisihan diselesaikan dengan musyawarah, lalu melalui pengadilan setempat."),
]
FILLER = (
    " Ketentuan ini dibaca bersama pedoman kegiatan dan peraturan yang berlaku, dan mengikat sampai akhir."
)
BODY = "\n".join(
    [
        "#kop(d)",
        '#judul("Perjanjian kerja mitra statistik", nomor: d.nomor)',
        "Pada hari ini #d.tanggal_hari, #d.tanggal_terbilang, kami yang bertanda tangan di bawah ini:",
        '#rincian("Nama", d.ppk, "Jabatan", [Pejabat Pembuat Komitmen])',
        '#rincian("Nama", d.nama, "NIK", d.nik, "Alamat", d.alamat)',
        *(f'#pasal({place}, "{name}")[{text}{FILLER}]' for place, (name, text) in enumerate(ARTICLES, 1)),
        '#dua-ttd(ttd("PIHAK KEDUA", d.nama), ttd("PIHAK PERTAMA", d.ppk))',
        "#pagebreak()",
        '#judul("Lampiran")',
        "#table(columns: (auto, 1fr, auto, auto), table.header([No], [Kegiatan], [Volume], [Nilai]),",
        "..d.kegiatan.enumerate(start: 1).map(((n, k)) => (str(n), k.nama, k.volume, k.nilai)).flatten())",
    ]
)
KIND = declare(
    DocumentKind(
        code="bench.contract",
        label="Kontrak ukur",
        title="Perjanjian kerja mitra statistik",
        fields=(
            Field(name="ppk", label="PPK", example="Budi Contoh, S.ST."),
            Field(name="nama", label="Nama", example="Sri Contoh"),
            Field(name="nik", label="NIK", example="3578010101900001"),
            Field(name="alamat", label="Alamat", example="Jl. Contoh 1"),
            Field(name="mulai", label="Mulai", example="2026-11-01", shape=Shape.DATE),
            Field(name="selesai", label="Selesai", example="2026-11-30", shape=Shape.DATE),
            Field(name="honor", label="Honor", example=1_048_000, shape=Shape.MONEY),
            Field(
                name="kegiatan",
                label="Kegiatan",
                example=[],
                shape=Shape.LINES,
                columns=(
                    Field(name="nama", label="Nama", example="Survei"),
                    Field(name="volume", label="Volume", example=1, shape=Shape.INTEGER),
                    Field(name="nilai", label="Nilai", example=1, shape=Shape.MONEY),
                ),
            ),
        ),
        body=BODY,
        counter="SPK",
        classification="VS.330",
    )
)


def data(number: int) -> dict[str, Any]:
    rows = [{"nama": f"Survei contoh {n}", "volume": n + 1, "nilai": 125_000 * (n + 1)} for n in range(6)]
    return {
        "ppk": "Budi Contoh, S.ST.",
        "nama": f"Petugas Contoh {number}",
        "nik": f"35780101{number:08d}",
        "alamat": f"Jl. Contoh No. {number}, Kelurahan Contoh",
        "mulai": "2026-11-01",
        "selesai": "2026-11-30",
        "honor": sum(row["nilai"] for row in rows),
        "kegiatan": rows,
    }


@compose_with(KIND.code)
def compose(about: str, now: datetime, *, hold: bool) -> Composition:  # noqa: ARG001  # reads no rows
    number = int(about.partition(":")[2])
    values = data(number)
    return Composition(data=values, parties=(values["nama"], values["ppk"]), dated_on=now.date())


def word_template() -> bytes:
    document = Document()
    document.add_heading("PERJANJIAN KERJA MITRA STATISTIK")
    document.add_paragraph("Nomor: {{ nomor }}")
    document.add_paragraph(
        "{{ tanggal_hari }}, {{ tanggal_terbilang }}: {{ ppk }}, {{ nama }}, {{ nik }}, {{ alamat }}"
    )
    for place, (name, text) in enumerate(ARTICLES, 1):
        document.add_heading(f"Pasal {place} {name}", level=2)
        document.add_paragraph(_for_word(text) + FILLER)
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).text, table.cell(2, 0).text = "{%tr for k in kegiatan %}", "{%tr endfor %}"
    for column, name in enumerate(("nama", "volume", "nilai")):
        table.cell(1, column).text = f"{{{{ k.{name} }}}}"
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _for_word(text: str) -> str:
    for name in ("mulai", "selesai", "honor_terbilang", "honor"):
        text = text.replace(f"#d.{name}", f"{{{{ {name} }}}}")
    return text
