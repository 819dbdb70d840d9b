"""The letters of mitra as Word templates, made of the blocks of what is printed: both say the same."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from halopst.partners.letter_kinds.word.typst_blocks import (
    Block,
    NewPage,
    Pairs,
    Signatures,
    Table,
    Text,
    blocks,
    title,
)

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.text.paragraph import Paragraph

ALL_BUT_LAST: Final = "[:-1]"
LAST: Final = "[-1:]"
ROOM_TO_SIGN: Final = "\n\n\n\n"
LABEL_WIDTH: Final = Mm(38)
MARGINS: Final = (Mm(25), Mm(20))
SIDEWAYS: Final = (Mm(15), Mm(15))
IN_TABLES: Final = "Tabel"  # the style of what stands in a table of figures
# Columns of known width, in mm; the others share what is left. Those of figures stand on the right.
FIGURES: Final = {
    "No.": 10,
    "Volume": 24,
    "Target": 15,
    "Realisasi": 18,
    "PPh 21": 19,
    "Harga satuan": 24,
    "Nilai": 26,
    "Honor": 26,
    "Bruto": 25,
    "Diterima": 25,
}
SHORT: Final = {
    "Gol.": 10,
    "Satuan": 21,
    "Batas akhir": 32,
    "Status": 26,
    "Tanda terima": 16,
    "NIP atau ID SOBAT": 37,
}


def word_template(source: str) -> bytes:
    """A docxtpl template of a text of `naskah/`, with the values of its kind."""
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
    tables = paper.styles.add_style(IN_TABLES, WD_STYLE_TYPE.PARAGRAPH)
    tables.base_style = normal
    tables.font.size, tables.paragraph_format.space_after = Pt(8 if landscape else 9), Pt(1)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    sides = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides
    section.left_margin, section.right_margin = SIDEWAYS if landscape else MARGINS
    _foot(paper)
    _describe(paper)
    return paper


def _foot(paper: "Paper") -> None:
    """The foot of a page: the letter's number, the page, and how many pages there are."""
    line = paper.sections[0].footer.paragraphs[0]
    line.style = paper.styles["Normal"]
    line.paragraph_format.tab_stops.add_tab_stop(Emu(room(paper)), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run("{{ nomor }}\tHalaman ")
    _count(line, "PAGE")
    line.add_run(" dari ")
    _count(line, "NUMPAGES")
    for run in line.runs:
        run.font.size = Pt(8)


def _count(line: "Paragraph", what: str) -> None:
    """A field (page number or count) that Word fills in: three runs, the middle one names the field."""
    for kind, text in (("begin", ""), ("", what), ("end", "")):
        run = line.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)  # noqa: SLF001  # no other way


def _describe(paper: "Paper") -> None:
    """Set the file's properties: Indonesian, titled by its number, without our library's name and date."""
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "id-ID")
    about = paper.core_properties
    about.author = about.comments = ""
    about.title, about.language = "{{ nomor }}", "id-ID"
    for day in [part for part in about._element if part.tag.endswith(("}created", "}modified"))]:  # noqa: SLF001
        about._element.remove(day)  # noqa: SLF001  # no other way


def saved(paper: "Paper") -> bytes:
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def opening(paper: "Paper", words: str) -> None:
    """Letterhead, title and number."""
    middle(paper, "{{ satker.judul_kop }}", bold=True).paragraph_format.space_after = Pt(0)
    _underline(middle(paper, "{{ satker.kop }}"))
    middle(paper, words, bold=True, capitals=True).paragraph_format.space_after = Pt(0)
    middle(paper, "Nomor: {{ nomor }}").paragraph_format.space_after = Pt(10)


def add(paper: "Paper", made_of: Iterable[Block]) -> None:
    for block in made_of:
        _WRITERS[type(block)](paper, block)


def _underline(line: "Paragraph") -> None:
    """The rule below a letterhead."""
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "auto")):
        rule.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(rule)
    line._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:jc")  # noqa: SLF001  # no other way
    line.paragraph_format.space_after = Pt(12)


def middle(paper: "Paper", text: str, *, bold: bool = False, capitals: bool = False) -> "Paragraph":
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.keep_with_next = bold
    run = line.add_run(text)
    run.bold, run.font.all_caps = bold, capitals
    return line


def only_if(paper: "Paper", condition: str, write: Callable[[], object]) -> None:
    """Put what `write` adds between template tags, so that it is printed only if the condition holds."""
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
    line.paragraph_format.keep_with_next = text.stays or None
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
    widen(table, [LABEL_WIDTH, room(paper) - LABEL_WIDTH])


def _table(paper: "Paper", shown: Table) -> None:
    """A table of the letter's lines; its last line is written apart, to keep it on one page with the sum."""
    table = grid(paper, shown.heads, rows=7)
    _lines(table, 1, shown, ALL_BUT_LAST, "loop.index")
    _lines(table, 4, shown, LAST, f"{shown.lines}|length")
    if shown.total:
        stay(table.rows[5:6])
        _total(table, shown)
    if shown.below:
        stay(table.rows[-1:])
        below(table, shown.below)
    paper.add_paragraph()


def _lines(table: Any, first: int, shown: Table, which: str, place: str) -> None:
    """A row for each of `which` of the letter's lines, numbered by `place`."""
    table.cell(first, 0).text = f"{{%tr for k in {shown.lines}{which} %}}"
    table.cell(first + 2, 0).text = "{%tr endfor %}"
    mark(table.rows[first + 1], "w:cantSplit")
    for cell, value in zip(cells_of(table, first + 1, shown.heads), shown.cells, strict=True):
        cell.paragraphs[0].text = value.replace("loop.index", place)


def grid(paper: "Paper", heads: Sequence[str], *, rows: int) -> Any:
    """A table of so many rows, the first its heads; columns of known heads have their known width."""
    table = paper.add_table(rows=rows, cols=len(heads))
    table.style = "Table Grid"
    mark(table.rows[0], "w:tblHeader")
    for row in table.rows:
        _small(row)
    for place, head in enumerate(heads):
        bold(table.cell(0, place), head)
    cells_of(table, 0, heads)
    widen(table, _widths(heads, room(paper)))
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


def room(paper: "Paper") -> int:
    section = paper.sections[0]
    return (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)


def _small(row: Any) -> list[Any]:
    """The cells of a row of a table of figures."""
    for cell in row.cells:
        cell.paragraphs[0].style = IN_TABLES
    return list(row.cells)


def below(table: Any, text: str) -> None:
    """A last row of one cell, which what comes after stays with."""
    cells = _small(table.add_row())
    cells[0].merge(cells[-1]).paragraphs[0].text = text


def _widths(heads: Sequence[str], room: int) -> list[int]:
    known: list[int] = [Mm((FIGURES | SHORT).get(head, 0)) for head in heads]
    share = (room - sum(known)) // (known.count(0) or 1)
    return [width or share for width in known]


def widen(table: Any, widths: Iterable[int]) -> None:
    """Set the width on the column and on every cell: some programs read the one, some the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _total(table: Any, shown: Table) -> None:
    """The last cells stand under the last columns; the first one spans what is left."""
    cells = _small(table.add_row())
    first = len(cells) - len(shown.total)
    joined = cells[0].merge(cells[first])
    for cell, text in zip((joined, *cells[first + 1 :]), shown.total, strict=True):
        bold(cell, text.strip("*"))
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def bold(cell: Any, text: str) -> None:
    cell.paragraphs[0].add_run(text).bold = True


def _signatures(paper: "Paper", shown: Signatures) -> None:
    """The signatures beside each other; a single one stands on the right."""
    signing = shown.blocks if len(shown.blocks) > 1 else (("", "", ""), *shown.blocks)
    _stay_with_next(paper)
    row = paper.add_table(rows=1, cols=len(signing)).rows[0]
    mark(row, "w:cantSplit")
    for cell, (role, name, below) in zip(row.cells, signing, strict=True):
        line = cell.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(f"{role}{ROOM_TO_SIGN}" if role else "")
        line.add_run(name).bold = True
        line.add_run(f"\n{below}" if below else "")


def _stay_with_next(paper: "Paper") -> None:
    """Keep what stands before the signatures on their page, so that nobody signs an empty page."""
    last = paper.paragraphs[-1]
    last.paragraph_format.keep_with_next = True
    if not last.text and paper.tables:
        stay(paper.tables[-1].rows[-2:])


def stay(rows: Iterable[Any]) -> None:
    """These rows of a table are on the page of what comes after them."""
    for line in (line for row in rows for cell in row.cells for line in cell.paragraphs):
        line.paragraph_format.keep_with_next = True


def _new_page(paper: "Paper", _shown: NewPage) -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


_WRITERS: Final[dict[type[Block], Callable[["Paper", Any], None]]] = {
    Text: _text,
    Pairs: pairs,
    Table: _table,
    Signatures: _signatures,
    NewPage: _new_page,
}
