"""The invented people and questions of the demonstration. Nobody here exists; no figure here is official."""

from dataclasses import dataclass

MAIL_DOMAIN = "peragaan.example"
"""A domain reserved for examples: no message to it can reach anyone."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Someone who works in a demonstration office and can be booked when `fields` are named."""

    name: str
    nickname: str
    title: str
    role: str
    fields: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("id",)


@dataclass(frozen=True, slots=True)
class Office:
    """A real office's code with an invented staff; `weekly` is how many requests a busy week brings."""

    code: str
    address: str
    phone: str
    weekly: int
    staff: tuple[Officer, ...]

    def mail(self, officer: Officer) -> str:
        first = officer.name.split()[0].lower()
        return f"{first}.{self.code}@{MAIL_DOMAIN}"


GENERAL, MICRO, POPULATION, LABOUR = "Pelayanan umum", "Pembelian data mikro", "Kependudukan", "Tenaga kerja"
POVERTY, CONSUMPTION, PRICES, FARMERS = "Kemiskinan", "Konsumsi", "Harga & inflasi", "Nilai tukar petani"
TOURISM, TRADE, GROWTH, FARMING = "Pariwisata", "Ekspor-impor", "Pertumbuhan ekonomi", "Pertanian"

SENIOR, JUNIOR, FIRST = "Statistisi Ahli Madya", "Statistisi Ahli Muda", "Statistisi Ahli Pertama"

OFFICES: tuple[Office, ...] = (
    Office(
        "3500",
        "Jl. Contoh Statistik 1, Surabaya",
        "62310003500",
        26,
        (
            Officer("Gatra Wiratama", "Pak Gatra", "Kepala BPS Provinsi", "kepala"),
            Officer("Larasati Puspita", "Ning Laras", "Ketua Tim Pelayanan", "ketua_tim", (GENERAL, GROWTH)),
            Officer("Bagas Nirwana", "Cak Bagas", JUNIOR, "petugas", (GENERAL, MICRO), ("id", "jv")),
            Officer("Wening Harsari", "Ning Wening", JUNIOR, "petugas", (POVERTY, CONSUMPTION), ("id", "en")),
            Officer("Tegar Adiputra", "Cak Tegar", SENIOR, "petugas", (GROWTH, TRADE), ("id", "en")),
            Officer("Kirana Maheswari", "Ning Kirana", FIRST, "petugas", (PRICES, FARMERS)),
            Officer("Yusuf Baihaqi", "Cak Yusuf", JUNIOR, "petugas", (POPULATION, LABOUR), ("id", "mad")),
            Officer("Mentari Gayatri", "Ning Mentari", FIRST, "petugas", (TOURISM, FARMING)),
            Officer("Panji Laksmana", "Cak Panji", "Pranata Komputer Ahli Pertama", "admin"),
            Officer("Ratri Kinasih", "Ning Ratri", "Petugas Layanan", "front_office"),
            Officer("Danu Prabaswara", "Pak Danu", "Auditor Mutu Internal", "auditor"),
        ),
    ),
    Office(
        "3578",
        "Jl. Contoh Data 8, Surabaya",
        "62310003578",
        14,
        (
            Officer("Seruni Wulandari", "Bu Seruni", "Kepala BPS Kota", "kepala"),
            Officer("Arga Sentanu", "Cak Arga", JUNIOR, "petugas", (GENERAL, PRICES), ("id", "jv")),
            Officer("Nala Ciptadewi", "Ning Nala", FIRST, "petugas", (POPULATION, POVERTY), ("id", "en")),
            Officer("Rangga Pamungkas", "Cak Rangga", FIRST, "petugas", (GROWTH, TOURISM)),
            Officer("Intan Paramesti", "Ning Intan", "Pranata Komputer Ahli Pertama", "admin"),
        ),
    ),
    Office(
        "3515",
        "Jl. Contoh Angka 15, Sidoarjo",
        "62310003515",
        9,
        (
            Officer("Haryo Satriani", "Pak Haryo", "Kepala BPS Kabupaten", "kepala"),
            Officer("Cempaka Lestariningrum", "Ning Cempaka", JUNIOR, "petugas", (GENERAL, FARMING)),
            Officer("Bima Arkatama", "Cak Bima", FIRST, "petugas", (LABOUR, GROWTH), ("id", "en")),
            Officer("Dahlia Rengganis", "Ning Dahlia", FIRST, "admin", (CONSUMPTION,)),
        ),
    ),
    Office(
        "3507",
        "Jl. Contoh Sensus 7, Kepanjen",
        "623410003507",
        7,
        (
            Officer("Jati Kusumawardana", "Pak Jati", "Kepala BPS Kabupaten", "kepala"),
            Officer("Sekar Arumdalu", "Ning Sekar", JUNIOR, "petugas", (GENERAL, FARMING, FARMERS)),
            Officer("Lintang Prawiradinata", "Cak Lintang", FIRST, "petugas", (POVERTY, POPULATION)),
            Officer("Anjani Saraswara", "Ning Anjani", FIRST, "admin"),
        ),
    ),
    Office(
        "3374",
        "Jl. Contoh Layanan 74, Semarang",
        "62240003374",
        11,
        (
            Officer("Widura Tirtayasa", "Pak Widura", "Kepala BPS Kota", "kepala"),
            Officer("Pandan Kartikasari", "Mbak Pandan", JUNIOR, "petugas", (GENERAL, PRICES), ("id", "jv")),
            Officer("Elang Mahardika", "Mas Elang", FIRST, "petugas", (GROWTH, LABOUR), ("id", "en")),
            Officer("Sukma Ayuningdiah", "Mbak Sukma", FIRST, "petugas", (POPULATION, TOURISM)),
            Officer("Banyu Anggoro", "Mas Banyu", "Pranata Komputer Ahli Pertama", "admin"),
        ),
    ),
    Office(
        "7571",
        "Jl. Contoh Statistik 71, Gorontalo",
        "624350007571",
        5,
        (
            Officer("Rahmat Polapa", "Pak Rahmat", "Kepala BPS Kota", "kepala"),
            Officer("Mutia Dunggio", "Kak Mutia", JUNIOR, "petugas", (GENERAL, CONSUMPTION), ("id", "gor")),
            Officer("Ilham Tuloli", "Kak Ilham", FIRST, "petugas", (FARMING, PRICES), ("id", "gor")),
            Officer("Safira Katili", "Kak Safira", FIRST, "admin"),
        ),
    ),
    Office(
        "1800",
        "Jl. Contoh Data 18, Bandar Lampung",
        "627210001800",
        10,
        (
            Officer("Ratu Maharani Putri", "Ibu Ratu", "Kepala BPS Provinsi", "kepala"),
            Officer("Wira Sanggabuana", "Bang Wira", SENIOR, "petugas", (GENERAL, GROWTH), ("id", "ljp")),
            Officer("Melati Sukmajati", "Kak Melati", JUNIOR, "petugas", (FARMERS, FARMING), ("id", "en")),
            Officer("Gilang Ramadhana", "Bang Gilang", FIRST, "petugas", (POVERTY, MICRO)),
            Officer("Nirmala Tanjung", "Kak Nirmala", "Pranata Komputer Ahli Pertama", "admin"),
        ),
    ),
)

FIRST_NAMES = [
    "Abimanyu",
    "Adinda",
    "Alya",
    "Andika",
    "Anggun",
    "Ardan",
    "Arini",
    "Aruna",
    "Asmara",
    "Awan",
    "Ayunda",
    "Bening",
    "Bintang",
    "Cahya",
    "Candra",
    "Cinta",
    "Damar",
    "Danis",
    "Dara",
    "Elok",
    "Embun",
    "Fathir",
    "Gading",
    "Galih",
    "Gemintang",
    "Gita",
    "Hanif",
    "Hasna",
    "Ilalang",
    "Indira",
    "Jagad",
    "Jelita",
    "Kamila",
    "Kenanga",
    "Keysha",
    "Langit",
    "Lembayung",
    "Luhung",
    "Maulida",
    "Mayang",
    "Mega",
    "Nadya",
    "Nanda",
    "Naufal",
    "Nawang",
    "Niken",
    "Pelita",
    "Puspa",
    "Rafif",
    "Raka",
    "Rania",
    "Rendra",
    "Rinjani",
    "Salma",
    "Samudra",
    "Satya",
    "Shanti",
    "Surya",
    "Syifa",
    "Tara",
    "Teduh",
    "Tiara",
    "Umbara",
    "Yuda",
]
LAST_NAMES = [
    "Abyakta",
    "Adikara",
    "Ardhani",
    "Baskara",
    "Brawijaya",
    "Daniswara",
    "Dewandaru",
    "Gautama",
    "Harimurti",
    "Indrajaya",
    "Jayanegara",
    "Kertanegara",
    "Lazuardi",
    "Mahendra",
    "Manggala",
    "Nugraheni",
    "Padmasari",
    "Pradipta",
    "Purnama",
    "Rahardja",
    "Rukmana",
    "Sasmita",
    "Setiawati",
    "Sudirja",
    "Swastika",
    "Tanuwijaya",
    "Utari",
    "Wicaksana",
    "Widyastuti",
    "Yudhistira",
]

TOPICS: dict[str, tuple[tuple[str, str], ...]] = {
    GENERAL: (
        (
            "Mencari tabel kependudukan per kecamatan",
            "Saya perlu jumlah penduduk per kecamatan lima tahun terakhir.",
        ),
        ("Cara mengutip publikasi BPS", "Bagaimana menulis sumber tabel dinamis dalam daftar pustaka?"),
        (
            "Perbedaan data sensus dan survei",
            "Mana yang dipakai untuk membandingkan dua tahun yang berjauhan?",
        ),
    ),
    MICRO: (
        ("Syarat memperoleh data mikro Susenas", "Apa saja berkas yang diperlukan mahasiswa untuk skripsi?"),
        ("Memilih variabel data mikro Sakernas", "Saya bingung memilih modul yang memuat jam kerja."),
    ),
    POPULATION: (
        ("Proyeksi penduduk menurut umur", "Apakah proyeksi memakai hasil sensus terakhir?"),
        ("Angka migrasi antarkabupaten", "Saya mencari migrasi risen untuk bab latar belakang."),
    ),
    LABOUR: (
        (
            "Definisi setengah pengangguran",
            "Bagaimana membedakan setengah penganggur dan pekerja paruh waktu?",
        ),
        ("Tingkat pengangguran kabupaten", "Dinas kami menyusun rencana kerja dan perlu deret lima tahun."),
    ),
    POVERTY: (
        (
            "Membandingkan garis kemiskinan antarkabupaten",
            "Bolehkah dibandingkan langsung untuk dua kabupaten?",
        ),
        (
            "Arti galat baku pada angka kemiskinan",
            "Bagaimana menjelaskan angka dengan galat besar di laporan?",
        ),
    ),
    CONSUMPTION: (
        ("Pengeluaran per kapita makanan", "Saya perlu rincian menurut kelompok makanan."),
        ("Konsumsi listrik rumah tangga", "Apakah ada menurut golongan pengeluaran?"),
    ),
    PRICES: (
        ("Membaca inflasi tahun ke tahun", "Apa beda inflasi bulanan, tahun kalender, dan tahun ke tahun?"),
        ("Mengganti tahun dasar IHK", "Deret kami memakai dua tahun dasar, bagaimana menyambungnya?"),
    ),
    FARMERS: (
        ("Perbedaan NTP dan NTUP", "Mana yang lebih tepat untuk menilai kesejahteraan petani hortikultura?"),
        ("Bobot komoditas NTP", "Dari mana bobot komoditas disusun?"),
    ),
    TOURISM: (
        ("Tingkat penghunian kamar hotel", "Apakah mencakup hotel nonbintang?"),
        ("Perjalanan wisatawan nusantara", "Sumber datanya survei atau data telepon seluler?"),
    ),
    TRADE: (
        ("Kode HS untuk ekspor kopi", "Kode mana yang dipakai untuk kopi sangrai?"),
        ("Impor menurut pelabuhan", "Saya perlu nilai impor menurut pelabuhan bongkar."),
    ),
    GROWTH: (
        ("PDRB harga berlaku dan konstan", "Mana yang dipakai untuk menghitung pertumbuhan?"),
        ("Struktur ekonomi kabupaten", "Bagaimana membaca peran lapangan usaha?"),
    ),
    FARMING: (
        ("Luas panen padi dengan KSA", "Mengapa berbeda dengan angka dinas?"),
        ("Hasil sensus pertanian menurut usaha", "Bagaimana mencari jumlah usaha hortikultura?"),
    ),
}

SUMMARIES = (
    "Sudah dijelaskan konsep dan definisinya, lalu ditunjukkan tabel yang sesuai beserta cara mengutipnya.",
    "Tabel yang dicari tersedia di publikasi Daerah Dalam Angka; tautan diberikan dalam percakapan.",
    "Dibahas batasan data dan pilihan yang lebih tepat untuk membandingkan antarwilayah.",
    "Pemohon dibantu memilih variabel dan memahami catatan metodologi.",
)
COMMENTS = (
    "Penjelasannya jelas dan sabar.",
    "Sangat membantu skripsi saya, terima kasih.",
    "Mohon tautan tabelnya dikirim lebih awal.",
    "Jadwalnya tepat waktu.",
    "Petugas menguasai materi.",
    "",
    "",
    "",
)
