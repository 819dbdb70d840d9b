"""The payment list as a Word template: who has several jobs spans their rows, which no other letter needs.

A test holds it to what is printed.
"""

from typing import TYPE_CHECKING, Final

from docx.oxml import OxmlElement

from halopst.partners.letter_kinds.word.templates import (
    ALL_BUT_LAST,
    LAST,
    add,
    below,
    blank,
    bold,
    cells_of,
    grid,
    mark,
    opening,
    saved,
    stay,
)
from halopst.partners.letter_kinds.word.typst_blocks import Signatures

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.table import Table, _Cell

ONCE: Final = "{% vm %}"  # the cell goes on below for as long as its loop does
# Head, and what stands under it for each job; what is one per person is said once.
COLUMNS: Final = (
    ("No.", f"{ONCE}{{{{ urut }}}}"),
    ("Nama", f"{ONCE}{{{{ k.nama }}}} {{{{ k.tanda }}}}"),
    ("Gol.", f"{ONCE}–"),
    ("Kegiatan", "{{ p.kegiatan }}"),
    ("Volume", "{{ p.volume }}"),
    ("Satuan", "{{ p.satuan }}"),
    ("Harga satuan", "{{ p.harga }}"),
    ("Bruto", "{{ p.nilai }}"),
    ("PPh 21", f"{ONCE}{{{{ k.pajak }}}}"),
    ("Diterima", f"{ONCE}{{{{ k.netto }}}}"),
    ("Bank dan rekening", f"{ONCE}{{{{ k.bank }}}} {{{{ k.rekening }}}} a.n. {{{{ k.pemilik }}}}"),
    ("Tanda terima", f"{ONCE}{{{{ urut }}}}."),
)
HEADS: Final = tuple(head for head, _value in COLUMNS)
JOB, GROSS, TAX, NET = (HEADS.index(head) for head in ("Kegiatan", "Bruto", "PPh 21", "Diterima"))
# The rows between the heads and the sum: loops, a job, what several jobs come to.
# They come twice: those of the last person stay with the sum.
WHICH, PLACE = "[which]", "[place]"
FRAME: Final = (
    f"{{%tr for k in baris{WHICH} %}}",
    f"{{%tr set urut = {PLACE} %}}",
    "{%tr for p in k.pekerjaan %}",
    "",
    "{%tr endfor %}",
    "{%tr if k.pekerjaan|length > 1 %}",
    "",
    "{%tr endif %}",
    "{%tr endfor %}",
)
PER_JOB, PER_PERSON = (place for place, text in enumerate(FRAME) if not text)
SIGNING: Final = (
    ("Setuju dibayar", "ppk"),
    ("Lunas dibayar", "bendahara"),
    ("{{ satker.tempat }}, {{ tanggal }}", "pembuat"),
)


def list_template() -> bytes:
    """Landscape, as it is printed."""
    paper = blank(landscape=True)
    opening(paper, "Daftar pembayaran honor mitra statistik bulan {{ bulan }}")
    paper.add_paragraph(
        "Daftar ke-{{ daftar }}. PPh 21: {{ cara }}, berdasarkan {{ dasar }}. {{ arti_tanda }}"
    )
    _payments(paper)
    paper.add_paragraph()
    blocks = ((above, f"{{{{ {who}.nama }}}}", f"NIP {{{{ {who}.nip }}}}") for above, who in _above())
    add(paper, (Signatures(tuple(blocks)),))
    return saved(paper)


def _above() -> tuple[tuple[str, str], ...]:
    return tuple((f"{said}\n{{{{ {who}.jabatan }}}}", who) for said, who in SIGNING)


def _payments(paper: "Paper") -> None:
    table = grid(paper, HEADS, rows=2 * len(FRAME) + 2)
    _people(table, 1, ALL_BUT_LAST, "loop.index")
    _people(table, 1 + len(FRAME), LAST, "baris|length")
    stay(table.rows[1 + len(FRAME) + place] for place in (PER_JOB, PER_PERSON))
    cells = cells_of(table, 2 * len(FRAME) + 1, HEADS)
    bold(cells[0].merge(cells[GROSS - 1]), "Jumlah")
    for place, name in ((GROSS, "bruto"), (TAX, "pajak"), (NET, "netto")):
        bold(cells[place], f"{{{{ {name} }}}}")
    below(table, "Terbilang jumlah diterima: {{ netto_terbilang }}.")


def _people(table: "Table", first: int, which: str, place: str) -> None:
    """The rows of `which` people, from row `first` of the template on."""
    for at, text in enumerate(FRAME, first):
        table.cell(at, 0).text = text.replace(WHICH, which).replace(PLACE, place)
    for cell, (_head, value) in zip(cells_of(table, first + PER_JOB, HEADS), COLUMNS, strict=True):
        cell.paragraphs[0].text = value
    mark(table.rows[first + PER_JOB], "w:cantSplit")
    _sum_of_a_person(table, first + PER_PERSON)


def _sum_of_a_person(table: "Table", row: int) -> None:
    """Below several jobs: what they come to; what is one per person goes on through this row."""
    cells = cells_of(table, row, HEADS)
    for place, cell in enumerate(cells):
        if not JOB <= place <= GROSS:
            _go_on(cell)
    cells[JOB].merge(cells[GROSS - 1]).paragraphs[0].text = "Jumlah"
    bold(cells[GROSS], "{{ k.bruto }}")


def _go_on(cell: "_Cell") -> None:
    cell._tc.get_or_add_tcPr().append(OxmlElement("w:vMerge"))  # noqa: SLF001  # no other way
