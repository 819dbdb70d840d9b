"""Static tables as offices publish them, and as nobody should: our own, in the shapes the WebAPI sends."""

from html import escape


def page(*rows, attributes=""):
    """A table of rows of texts with bars between; what begins with `<` is a cell as it stands."""
    return f"<table{attributes}>{''.join(f'<tr>{_cells(row)}</tr>' for row in rows)}</table>"


def _cells(row):
    return "".join(cell if cell.startswith("<t") else f"<td>{cell}</td>" for cell in row.split("|"))


def sent(html):
    """As the WebAPI sends it: escaped twice."""
    return {"table": escape(escape(html))}


DISTRICTS = page(
    "<td colspan=4>Penduduk Menurut Kecamatan, 2024</td>",
    "<th rowspan=2>Kecamatan<br>Subdistrict</th>|<th colspan=3>Penduduk</th>",
    "<th>Laki-laki</th>|<th>Perempuan</th>|<th>Jumlah</th>",
    "(1)|(2)|(3)|(4)",
    "1. Asemrowo|24.123|23.900|48.023",
    "2. Benowo|-|35.001|belum tersedia",
    "Kota Surabaya|1.424.123|1.435.001|2.859.124",
    "<td colspan=4>Sumber: Registrasi Penduduk</td>",
)
REGENCIES = page(
    "Kabupaten/Kota|2022|2023*|2024**",
    "<td colspan=4>Kabupaten</td>",
    "27. Sampang|3,11|4,25|...",
    "06. Kediri|5,5|5,4|5,25",
    "<td colspan=4>Kota</td>",
    "71. Kediri|4,62|4,06|3,9",
    "Jawa Timur|5,49|4,88|4,19",
)
MONTHS = page(
    "<td>No</td>|<td>Bulan</td>|<td colspan=2>Curah Hujan</td>",
    "<td></td>|<td></td>|<td>2023</td>|<td>2024</td>",
    "1|Januari|321.4|300.25",
    "2|Februari|210.9|x",
    "<td colspan=4>Source: weather station</td>",
)
YEARS = page(
    "Tahun|Laki-laki|Perempuan|Jumlah",
    "2022|1 420 500|1 430 100|2 850 600",
    "2023|1 421 000|1 431 200|2 852 200",
)
SECTIONS = page(
    "<th>Kelompok Umur</th>|<th>2023</th>",
    "<td colspan=2>Laki-laki</td>",
    "0-4|98.120",
    "15 Tahun Ke Atas|1.002.345",
    "Jumlah|1.100.465",
    "<td colspan=2>Perempuan</td>",
    "0-4|97.120",
    "15 Tahun Ke Atas|1.012.345",
    "Jumlah|1.109.465",
)
QUARTERS = page("Lapangan Usaha|Triwulan I|Triwulan II", "A. Pertanian|1,23|1,5", "B. Pertambangan|-0,4|0,11")
NARROW = page("Kecamatan|Luas (km<sup>2</sup>)", "Asemrowo|15,44", "Benowo|26,78", "Jumlah|42,22")
UNIT_ABOVE = page(
    "<td colspan=2>(Jiwa)</td>",
    "Jenis Kelamin|2024",
    "Laki-laki|24.123",
    "Perempuan|23.900",
    "Jumlah/Total|48.023",
)
