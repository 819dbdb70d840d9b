"""The kind of letter these tests make: a contract with every shape of field."""

from datetime import date

from halopst.letters.services import (
    CannotCompose,
    Composition,
    DocumentKind,
    Field,
    Shape,
    compose_with,
    declare,
)

BODY = """#kop(d)
#judul("Perjanjian Kerja", nomor: d.nomor)
Pada hari ini #d.tanggal_hari, #d.tanggal_terbilang, #d.petugas.nama (NIK #d.petugas.nik) menerima
pekerjaan dari #d.mulai sampai #d.selesai dengan honor #d.honor (#d.honor_terbilang).

#pasal(1, "Kegiatan")[
  #table(
    columns: (1fr, auto, auto),
    table.header([Kegiatan], [Volume], [Nilai]),
    ..d.kegiatan.map(k => (k.nama, k.volume, k.nilai)).flatten()
  )
]
#d.catatan
#dua-ttd(ttd("PPK", d.ppk), ttd("Petugas", d.petugas.nama))
"""

ACTIVITY = (
    Field(name="nama", label="Nama kegiatan", example="Survei Contoh"),
    Field(name="volume", label="Volume", example=12, shape=Shape.INTEGER),
    Field(name="nilai", label="Nilai", example=1_048_000, shape=Shape.MONEY),
)
CONTRACT = declare(
    DocumentKind(
        code="tests.contract",
        label="Kontrak uji",
        title="Perjanjian kerja mitra",
        fields=(
            Field(
                name="petugas",
                label="Petugas",
                example={"nama": "Sri Contoh", "nik": "3578010101900001"},
                shape=Shape.PERSON,
                columns=(
                    Field(name="nama", label="Nama", example="Sri Contoh"),
                    Field(name="nik", label="NIK", example="3578010101900001", private=True),
                ),
            ),
            Field(name="ppk", label="PPK", example="Budi Contoh, S.ST."),
            Field(name="mulai", label="Tanggal mulai", example="2026-11-01", shape=Shape.DATE),
            Field(name="selesai", label="Tanggal selesai", example="2026-11-30", shape=Shape.DATE),
            Field(name="honor", label="Honor", example=1_048_000, shape=Shape.MONEY),
            Field(
                name="kegiatan",
                label="Kegiatan",
                example=[{"nama": "Survei Contoh", "volume": 12, "nilai": 1_048_000}],
                shape=Shape.LINES,
                columns=ACTIVITY,
            ),
            Field(name="catatan", label="Catatan", example="", optional=True),
        ),
        body=BODY,
        counter="SPK",
        classification="VS.330",
    )
)


def contract(**values):
    return {**CONTRACT.example, **values}


@compose_with("tests.contract")
def compose_contract(about, now, *, hold):
    """`tests:7` is about petugas 7; a word of its own asks for trouble."""
    number = about.partition(":")[2]
    if number == "belum":
        raise CannotCompose("Petugas ini belum punya rekening.", "/mitra/")
    name = "" if number == "kosong" else f"Petugas {number}"
    ppk = "漢 tak tercetak" if number == "rusak" else "Budi Contoh, S.ST."
    data = contract(petugas={"nama": name, "nik": "3578010101900001"}, ppk=ppk)
    return Composition(
        data=data,
        parties=(f"Petugas {number}", "Budi Contoh, S.ST."),
        dated_on=date(2026, 11, 2 if number == "lampau" else 20),
    )
