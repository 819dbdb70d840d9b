"""The letters an office writes about its people as Word templates: assignment letters and decrees of the KPA.

Their lists of sentences are of any length, so they are built here; a test holds them to what is printed.
"""

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Any, Final

from docx.shared import Mm, Pt

from halopst.partners.letter_kinds.word.templates import (
    add,
    blank,
    middle,
    only_if,
    opening,
    room,
    saved,
    widen,
)
from halopst.partners.letter_kinds.word.typst_blocks import Block, NewPage, Signatures, Text
from halopst.partners.letter_kinds.word.typst_blocks import Table as Names

if TYPE_CHECKING:
    from docx.document import Document as Paper

LETTERS: Final = "{{ 'abcdefghijklmnopqrstuvwxyz'[loop.index0] }}."
FIGURES: Final = "{{ loop.index }}."
FEW: Final = 3
LABEL, COLON = Mm(30), Mm(5)
MANY: Final = "{{ orang|length }} orang yang tercantum dalam lampiran surat tugas ini."
IN_FORCE: Final = (
    "Keputusan ini berlaku dari {{ mulai }} sampai dengan {{ selesai }}. Bila kemudian ternyata terdapat "
    "kekeliruan, keputusan ini diperbaiki sebagaimana mestinya."
)
DECIDED: Final = "Ditetapkan di {{ satker.tempat }}\npada tanggal {{ tanggal }}\n{{ kpa.jabatan }}"
ORDINALS: Final = (
    "Kesatu",
    "Kedua",
    "Ketiga",
    "Keempat",
    "Kelima",
    "Keenam",
    "Ketujuh",
    "Kedelapan",
    "Kesembilan",
    "Kesepuluh",
    "Kesebelas",
    "Kedua belas",
    "Ketiga belas",
    "Keempat belas",
    "Kelima belas",
    "Keenam belas",
    "Ketujuh belas",
    "Kedelapan belas",
    "Kesembilan belas",
    "Kedua puluh",
)
PEOPLE: Final = Names(
    ("No.", "Nama", "NIP atau ID SOBAT", "Jabatan atau penugasan"),
    "orang",
    ("{{ loop.index }}", "{{ k.nama }}", '{{ k.nomor or "–" }}', '{{ k.jabatan or "–" }}'),
)


def order_template() -> bytes:
    """The assignment letter; of more than three people the names stand in an annex."""
    paper = blank()
    opening(paper, "Surat tugas")
    _labelled(paper, ("Menimbang", _points("menimbang", LETTERS)), ("Dasar", _points("dasar", FIGURES)))
    _midst(paper, "MEMBERI TUGAS:")
    until = "{% if mulai != selesai %} sampai dengan {{ selesai }}{% endif %}"
    _labelled(
        paper,
        ("Kepada", (*_few(), *_if(f"orang|length > {FEW}", MANY))),
        ("Untuk", _points("untuk", FIGURES)),
        ("Waktu", (f"{{{{ mulai }}}}{until}",)),
        ("Tempat", ("{{ tempat }}",)),
        ("Biaya", ("{{ biaya }}",)),
        optional=("tempat", "biaya"),
    )
    _gap(paper)
    paper.add_paragraph(
        "Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab. Setelah selesai, "
        "yang ditugasi menyampaikan laporan kepada pemberi tugas."
    )
    add(paper, (_signed("{{ satker.tempat }}, {{ tanggal }}\n{{ kepala.jabatan }}", "kepala"),))
    annex = _annex("Lampiran surat tugas nomor {{ nomor }} tanggal {{ tanggal }}")
    only_if(paper, f"orang|length > {FEW}", lambda: add(paper, annex))
    return saved(paper)


def decree_template() -> bytes:
    """The decree of the KPA with its annex of people."""
    paper = blank()
    opening(paper, "Keputusan Kuasa Pengguna Anggaran\n{{ satker.nama }}")
    middle(paper, "TENTANG")
    middle(paper, "{{ tentang }}", bold=True, capitals=True)
    _labelled(
        paper, ("Menimbang", _points("menimbang", LETTERS)), ("Mengingat", _points("mengingat", FIGURES))
    )
    _midst(paper, "MEMUTUSKAN:")
    _decided(paper)
    add(paper, (_signed(DECIDED, "kpa"),))
    annex = (
        "Lampiran Keputusan Kuasa Pengguna Anggaran\nnomor {{ nomor }} tanggal {{ tanggal }}\n"
        "tentang {{ tentang }}"
    )
    add(paper, (*_annex(annex), _signed("{{ kpa.jabatan }}", "kpa")))
    return saved(paper)


def _decided(paper: "Paper") -> None:
    """What is laid down, and after it from when to when."""
    ordinals = str([ordinal.upper() for ordinal in ORDINALS])
    table = _labelled(
        paper,
        ("Menetapkan", ("Keputusan Kuasa Pengguna Anggaran tentang {{ tentang }}.",)),
        ("{%tr for p in memutuskan %}", ()),
        (f"{{{{ {ordinals}[loop.index0] }}}}", ("{{ p.isi }}",)),
        ("{%tr endfor %}", ()),
        (f"{{{{ {ordinals}[memutuskan|length] }}}}", (IN_FORCE,)),
    )
    for row in (2, 4):
        for run in table.cell(row, 0).paragraphs[0].runs:
            run.bold = True
    _gap(paper)


def _labelled(paper: "Paper", *shown: tuple[str, Sequence[str]], optional: Container[str] = ()) -> Any:
    """Label, colon and what is said, as a table without lines; an optional row needs its value.

    A label without anything to say is a sign of the template itself.
    """
    table = paper.add_table(rows=0, cols=3)
    for label, said in shown:
        name = label.lower()
        if name in optional:
            table.add_row().cells[0].text = f"{{%tr if {name} %}}"
        _row(table, label, said)
        if name in optional:
            table.add_row().cells[0].text = "{%tr endif %}"
    widen(table, (LABEL, COLON, room(paper) - LABEL - COLON))
    return table


def _row(table: Any, label: str, said: Sequence[str]) -> None:
    cells = table.add_row().cells
    cells[0].text, cells[1].text = label, ":" if said else ""
    for place, text in enumerate(said):
        line = cells[2].add_paragraph() if place else cells[2].paragraphs[0]
        for part, words in enumerate(text.split("*")):
            line.add_run(words).bold = bool(part % 2)
    for line in (line for cell in cells for line in cell.paragraphs):
        line.paragraph_format.space_after = Pt(3)


def _points(lines: str, mark: str) -> tuple[str, ...]:
    """The sentences as a lettered or numbered list; a single one has no number."""
    return _each(lines, f"{{% if loop.length > 1 %}}{mark} {{% endif %}}{{{{ p.isi }}}}")


def _each(lines: str, text: str) -> tuple[str, ...]:
    return f"{{%p for p in {lines} %}}", text, "{%p endfor %}"


def _if(condition: str, *said: str) -> tuple[str, ...]:
    return f"{{%p if {condition} %}}", *said, "{%p endif %}"


def _few() -> tuple[str, ...]:
    told = (
        f"{{% if loop.length > 1 %}}{FIGURES} {{% endif %}}*{{{{ p.nama }}}}*"
        "{% if p.nomor %}\n{{ (p.sebutan ~ ' ' ~ p.nomor)|trim }}{% endif %}"
        "{% if p.jabatan %}\n{{ p.jabatan }}{% endif %}"
    )
    return _if(f"orang|length <= {FEW}", *_each("orang", told))


def _midst(paper: "Paper", words: str) -> None:
    """A paragraph between two tables, set apart from both."""
    line = middle(paper, words, bold=True)
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(10)


def _gap(paper: "Paper") -> None:
    """An empty paragraph, because a table would otherwise touch what follows it."""
    paper.add_paragraph().paragraph_format.space_after = Pt(0)


def _signed(above: str, who: str) -> Signatures:
    return Signatures(((above, f"{{{{ {who}.nama }}}}", f"NIP {{{{ {who}.nip }}}}"),))


def _annex(heading: str) -> tuple[Block, ...]:
    return NewPage(), Text(heading, is_heading=True), PEOPLE
