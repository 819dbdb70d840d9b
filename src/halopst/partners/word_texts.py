"""The contracts as Word templates, their articles read from the text that is printed: both say the same."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt

if TYPE_CHECKING:
    from docx.document import Document as Paper

NASKAH = Path(__file__).parent / "naskah"
ARTICLE: Final = re.compile(r'#pasal\((\d+), "([^"]+)"\)\[\n(.*?)\n\]', re.DOTALL)
VALUE: Final = re.compile(r"#d\.([a-z_]+(?:\.[a-z_]+)*)")
COLUMNS: Final = (
    ("Kegiatan dan MAK", "{{ k.nama }} {{ k.mak }}"),
    ("Volume", "{{ k.volume }} {{ k.satuan }}"),
    ("Harga satuan", "{{ k.harga }}"),
    ("Batas akhir", "{{ k.sampai }}"),
    ("Nilai", "{{ k.nilai }}"),
)


def contract_template(title: str) -> bytes:
    """A docxtpl template of a contract whose title line is `title`, with the values of its kind."""
    paper = Document()
    paper.styles["Normal"].font.size = Pt(10)
    _opening(paper, title)
    for number, name, text in articles():
        _middle(paper, f"Pasal {number}\n{name}", bold=True)
        paper.add_paragraph(text)
    paper.add_paragraph("Perjanjian ini dibuat dalam rangkap 2 (dua) bermeterai cukup.")
    _signatures(paper)
    _annex(paper)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def articles() -> Iterator[tuple[str, str, str]]:
    """Number, name and text of each article, its values written as docxtpl wants them."""
    source = (NASKAH / "perjanjian.typ").read_text(encoding="utf-8")
    for number, name, text in ARTICLE.findall(source):
        yield number, name, VALUE.sub(r"{{ \1 }}", " ".join(text.split()))


def _opening(paper: "Paper", title: str) -> None:
    """Letterhead, title, and who the parties are."""
    _middle(paper, "{{ satker.nama }}", bold=True)
    _middle(paper, "{{ satker.kop }}")
    _middle(paper, title, bold=True)
    _middle(paper, "Nomor: {{ nomor }}")
    paper.add_paragraph("Pada hari ini {{ tanggal_hari }}, {{ tanggal_terbilang }}, yang bertanda tangan:")
    _pairs(paper, ("Nama", "ppk.nama"), ("NIP", "ppk.nip"), ("Jabatan", "ppk.jabatan"))
    paper.add_paragraph("bertindak atas nama {{ satker.nama }}, selanjutnya disebut Pihak Pertama; dan")
    _pairs(paper, ("Nama", "petugas.nama"), ("NIK", "petugas.nik"), ("Alamat", "petugas.alamat"))
    paper.add_paragraph("selanjutnya disebut Pihak Kedua, sepakat dengan ketentuan berikut.")


def _middle(paper: "Paper", text: str, *, bold: bool = False) -> None:
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(text).bold = bold


def _pairs(paper: "Paper", *pairs: tuple[str, str]) -> None:
    table = paper.add_table(rows=0, cols=2)
    for label, value in pairs:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, f": {{{{ {value} }}}}"


def _signatures(paper: "Paper") -> None:
    cells = paper.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text = "Pihak Pertama\n\n\n\n{{ ppk.nama }}\nNIP {{ ppk.nip }}"
    cells[1].text = "Pihak Kedua\n\n\n\n{{ petugas.nama }}"


def _annex(paper: "Paper") -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _middle(paper, "Lampiran perjanjian kerja nomor {{ nomor }}", bold=True)
    table = paper.add_table(rows=4, cols=len(COLUMNS))
    table.style = "Table Grid"
    table.cell(1, 0).text, table.cell(3, 0).text = "{%tr for k in kegiatan %}", "{%tr endfor %}"
    for place, (head, value) in enumerate(COLUMNS):
        table.cell(0, place).text, table.cell(2, place).text = head, value
    paper.add_paragraph("Jumlah {{ honor }} ({{ honor_terbilang }}).")
