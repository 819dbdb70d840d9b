"""The letters an office writes about its people as Word templates: assignment letters and decrees of the KPA.

Their lists of sentences are of any length, so they are built here; a test holds them to what is printed.
"""

from typing import TYPE_CHECKING, Final

from halopst.partners.typst_blocks import Block, NewPage, Signatures, Table, Text
from halopst.partners.word_texts import add, blank, middle, only_if, opening, saved

if TYPE_CHECKING:
    from docx.document import Document as Paper

LETTERS: Final = "{{ 'abcdefghijklmnopqrstuvwxyz'[loop.index0] }}."
FIGURES: Final = "{{ loop.index }}."
FEW: Final = 3
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
PEOPLE: Final = Table(
    ("No.", "Nama", "NIP atau ID SOBAT", "Jabatan atau penugasan"),
    "orang",
    ("{{ loop.index }}", "{{ k.nama }}", "{{ k.nomor }}", "{{ k.jabatan }}"),
)


def order_template() -> bytes:
    """The assignment letter; of more than three people the names stand in an annex."""
    paper = blank()
    opening(paper, "Surat tugas")
    _points(paper, "Menimbang", "menimbang", LETTERS)
    _points(paper, "Dasar", "dasar", FIGURES)
    middle(paper, "Memberi tugas", bold=True)
    _labelled(paper, "Kepada")
    only_if(paper, f"orang|length <= {FEW}", lambda: _few(paper))
    many = Text("{{ orang|length }} orang yang tercantum dalam lampiran surat tugas ini.")
    only_if(paper, f"orang|length > {FEW}", lambda: add(paper, (many,)))
    _points(paper, "Untuk", "untuk", FIGURES)
    until = "{% if mulai != selesai %} sampai dengan {{ selesai }}{% endif %}"
    _labelled(paper, "Waktu", f"{{{{ mulai }}}}{until}")
    only_if(paper, "tempat", lambda: _labelled(paper, "Tempat", "{{ tempat }}"))
    only_if(paper, "biaya", lambda: _labelled(paper, "Biaya", "{{ biaya }}"))
    paper.add_paragraph(
        "Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab. Setelah selesai, "
        "yang ditugasi menyampaikan laporan kepada pemberi tugas."
    )
    add(paper, (_signed("{{ satker.tempat }}, {{ tanggal }}\n{{ kepala.jabatan }}", "kepala"),))
    only_if(
        paper, f"orang|length > {FEW}", lambda: add(paper, _annex("Lampiran surat tugas nomor {{ nomor }}"))
    )
    return saved(paper)


def decree_template() -> bytes:
    """The decree of the KPA with its annex of people."""
    paper = blank()
    opening(paper, "Keputusan Kuasa Pengguna Anggaran {{ satker.nama }}")
    middle(paper, "tentang")
    middle(paper, "{{ tentang }}", bold=True)
    _points(paper, "Menimbang", "menimbang", LETTERS)
    _points(paper, "Mengingat", "mengingat", FIGURES)
    middle(paper, "Memutuskan", bold=True)
    _labelled(paper, "Menetapkan", "Keputusan Kuasa Pengguna Anggaran tentang {{ tentang }}.")
    ordinals = f"{{% set urutan = {[ordinal.upper() for ordinal in ORDINALS]} %}}"
    _each(paper, "memutuskan", f"{ordinals}{{{{ urutan[loop.index0] }}}} : {{{{ p.isi }}}}")
    paper.add_paragraph(
        f"{ordinals}{{{{ urutan[memutuskan|length] }}}} : Keputusan ini berlaku dari {{{{ mulai }}}} sampai "
        "dengan {{ selesai }}. Bila kemudian ternyata terdapat kekeliruan, keputusan ini diperbaiki "
        "sebagaimana mestinya."
    )
    add(paper, (_signed(DECIDED, "kpa"),))
    annex = (
        "Lampiran Keputusan Kuasa Pengguna Anggaran\nnomor {{ nomor }} tanggal {{ tanggal }}\n"
        "tentang {{ tentang }}"
    )
    add(paper, (*_annex(annex), _signed("{{ kpa.jabatan }}", "kpa")))
    return saved(paper)


def _labelled(paper: "Paper", label: str, text: str = "") -> None:
    line = paper.add_paragraph()
    line.add_run(f"{label} :").bold = True
    line.add_run(f" {text}" if text else "")


def _points(paper: "Paper", label: str, lines: str, mark: str) -> None:
    """A label and below it each of these sentences, lettered or numbered."""
    _labelled(paper, label)
    _each(paper, lines, f"{mark} {{{{ p.isi }}}}")


def _each(paper: "Paper", lines: str, text: str) -> None:
    paper.add_paragraph(f"{{%p for p in {lines} %}}")
    paper.add_paragraph(text)
    paper.add_paragraph("{%p endfor %}")


def _few(paper: "Paper") -> None:
    told = (
        "{{ loop.index }}. {{ p.nama }}"
        "{% if p.nomor %}\n{{ p.nomor }}{% endif %}{% if p.jabatan %}\n{{ p.jabatan }}{% endif %}"
    )
    _each(paper, "orang", told)


def _signed(above: str, who: str) -> Signatures:
    return Signatures(((above, f"{{{{ {who}.nama }}}}", f"NIP {{{{ {who}.nip }}}}"),))


def _annex(heading: str) -> tuple[Block, ...]:
    return NewPage(), Text(heading, is_heading=True), PEOPLE
