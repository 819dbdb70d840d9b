"""The letters of mitra as Word templates, made of the blocks of what is printed: both say the same."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from halopst.partners.typst_blocks import Block, NewPage, Pairs, Signatures, Table, Text, blocks, title

if TYPE_CHECKING:
    from docx.document import Document as Paper

NASKAH = Path(__file__).parent / "naskah"
ROOM_TO_SIGN: Final = "\n\n\n\n"
LABEL_WIDTH: Final = Mm(38)
MARGINS: Final = (Mm(25), Mm(20))
# Columns of known width, in mm; the others share what is left. Those of figures stand on the right.
FIGURES: Final = {
    "No.": 11,
    "Volume": 27,
    "Target": 18,
    "Realisasi": 25,
    "PPh 21": 24,
    "Harga satuan": 27,
    "Nilai": 29,
    "Honor": 29,
    "Bruto": 29,
    "Diterima": 29,
}
SHORT: Final = {"Gol.": 11, "Satuan": 24, "Batas akhir": 32, "Status": 26, "Tanda terima": 16}


def word_template(*names: str) -> bytes:
    """A docxtpl template of the text that these files of `naskah/` make up, with the values of its kind."""
    source = "".join((NASKAH / f"{name}.typ").read_text(encoding="utf-8") for name in names)
    paper = blank()
    opening(paper, title(source))
    add(paper, blocks(source))
    return saved(paper)


def blank(*, landscape: bool = False) -> "Paper":
    """A4, upright unless said otherwise."""
    paper = Document()
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(5)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    sides = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides
    section.left_margin, section.right_margin = MARGINS
    return paper


def saved(paper: "Paper") -> bytes:
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def opening(paper: "Paper", words: str) -> None:
    """Letterhead, title and number."""
    middle(paper, "{{ satker.judul_kop }}", bold=True)
    middle(paper, "{{ satker.kop }}")
    middle(paper, words, bold=True, capitals=True)
    middle(paper, "Nomor: {{ nomor }}")


def add(paper: "Paper", made_of: Iterable[Block]) -> None:
    for block in made_of:
        _WRITERS[type(block)](paper, block)


def middle(paper: "Paper", text: str, *, bold: bool = False, capitals: bool = False) -> None:
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.keep_with_next = bold
    run = line.add_run(text)
    run.bold, run.font.all_caps = bold, capitals


def only_if(paper: "Paper", condition: str, write: Callable[[], object]) -> None:
    """What `write` adds is in the letter only if its values meet the condition."""
    paper.add_paragraph(f"{{%p if {condition} %}}")
    write()
    paper.add_paragraph("{%p endif %}")


def _text(paper: "Paper", text: Text) -> None:
    if text.only_if:
        only_if(paper, text.only_if, lambda: _text(paper, replace(text, only_if="")))
    elif text.is_heading:
        middle(paper, text.words, bold=True)
    else:
        _paragraph(paper, text)


def _paragraph(paper: "Paper", text: Text) -> None:
    line = paper.add_paragraph()
    if text.point:
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(7), Mm(-7)
        line.add_run(f"{text.point}.\t")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(7))
    for place, part in enumerate(re.split(r"\*", text.words)):
        line.add_run(part).bold = bool(place % 2)


def pairs(paper: "Paper", shown: Pairs) -> None:
    table = paper.add_table(rows=0, cols=2)
    table.autofit = False
    for label, value in shown.pairs:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, f": {value}"
        for cell in cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    _widen(table, [LABEL_WIDTH, _room(paper) - LABEL_WIDTH])


def _table(paper: "Paper", shown: Table) -> None:
    table = grid(paper, shown.heads, rows=4)
    table.cell(1, 0).text = f"{{%tr for k in {shown.lines} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    mark(table.rows[2], "w:cantSplit")
    for cell, value in zip(cells_of(table, 2, shown.heads), shown.cells, strict=True):
        cell.paragraphs[0].text = value
    if shown.total:
        _total(table, shown)
    paper.add_paragraph()


def grid(paper: "Paper", heads: Sequence[str], *, rows: int) -> Any:
    """A table of so many rows, the first its heads; columns of known heads have their known width."""
    table = paper.add_table(rows=rows, cols=len(heads))
    table.style = "Table Grid"
    mark(table.rows[0], "w:tblHeader")
    for line in (line for row in table.rows for cell in row.cells for line in cell.paragraphs):
        line.paragraph_format.space_after = Pt(1)
    for place, head in enumerate(heads):
        bold(table.cell(0, place), head)
    _widen(table, _widths(heads, _room(paper)))
    return table


def cells_of(table: Any, row: int, heads: Sequence[str]) -> list[Any]:
    """The cells of a row, those of figures set to the right."""
    cells = list(table.rows[row].cells)
    for cell, head in zip(cells, heads, strict=True):
        if head in FIGURES:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return cells


def mark(row: Any, how: str) -> None:
    """A property of a row that the library has no name for."""
    row._tr.get_or_add_trPr().append(OxmlElement(how))  # noqa: SLF001  # no other way


def _room(paper: "Paper") -> int:
    return (paper.sections[0].page_width or 0) - sum(MARGINS)


def _widths(heads: Sequence[str], room: int) -> list[int]:
    known: list[int] = [Mm((FIGURES | SHORT).get(head, 0)) for head in heads]
    share = (room - sum(known)) // (known.count(0) or 1)
    return [width or share for width in known]


def _widen(table: Any, widths: Iterable[int]) -> None:
    """On the column and on every cell: one program heeds the one, the next the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _total(table: Any, shown: Table) -> None:
    """The last cells stand under the last columns; the first one spans what is left."""
    cells = table.add_row().cells
    first = len(cells) - len(shown.total)
    joined = cells[0].merge(cells[first])
    for cell, text in zip((joined, *cells[first + 1 :]), shown.total, strict=True):
        bold(cell, text.strip("*"))
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def bold(cell: Any, text: str) -> None:
    cell.paragraphs[0].add_run(text).bold = True


def _signatures(paper: "Paper", shown: Signatures) -> None:
    """Beside each other; one alone stands on the right."""
    signing = shown.blocks if len(shown.blocks) > 1 else (("", "", ""), *shown.blocks)
    cells = paper.add_table(rows=1, cols=len(signing)).rows[0].cells
    for cell, (role, name, below) in zip(cells, signing, strict=True):
        line = cell.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(f"{role}{ROOM_TO_SIGN}" if role else "")
        line.add_run(name).bold = True
        line.add_run(f"\n{below}" if below else "")


def _new_page(paper: "Paper", _shown: NewPage) -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


_WRITERS: Final[dict[type[Block], Callable[["Paper", Any], None]]] = {
    Text: _text,
    Pairs: pairs,
    Table: _table,
    Signatures: _signatures,
    NewPage: _new_page,
}
