"""The press: what comes out, what it refuses, what it cannot be made to do."""

import hashlib
import time
from contextlib import closing
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from halopst.letters.rendering.marks import qr_svg, tokens_in
from halopst.letters.rendering.papers import NotAPaper, bind, count_pages, pages_of, tokens_of_scan
from halopst.letters.rendering.press import Drawer, Press, Sheet, SourceFault, TooHeavy
from tests.letters.factories import NOW

ADDRESS = "http://localhost:8000/verifikasi/AbCdEfGhIjKlMnOpQrStUv"


def sheet(body, **data):
    foot = {"nomor": "B-001/35780/VS.330/2026", "qr": qr_svg(ADDRESS), "alamat": ADDRESS}
    return Sheet(body=body, data={"halopst": foot, **data}, at=NOW)


@pytest.fixture(scope="module")
def press():
    made = Press()
    yield made
    made.close()


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_sheet_becomes_pdf_a_2b_with_its_values_and_its_foot(press):
    pdf = press.pdf(sheet("Halo *#d.nama*, #d.honor.", nama="Sri <b>#1</b> $x$", honor="Rp1.048.000"))

    assert "Halo Sri <b>#1</b> $x$, Rp1.048.000." in text_of(pdf)
    assert f"Periksa keaslian surat ini di {ADDRESS}" in text_of(pdf)
    with pikepdf.open(BytesIO(pdf)) as paper, paper.open_metadata() as about:
        assert about.pdfa_status == "2B"
        fonts = {str(font["/BaseFont"]) for page in paper.pages for font in page.Resources.Font.values()}
    assert all("PlusJakartaSans" in font for font in fonts)
    assert count_pages(pdf) == pages_of(pdf) == 1


def test_the_same_sheet_gives_the_same_bytes_in_every_press(press):
    one = sheet("Halo #d.nama", nama="Sri")
    other = Press()
    assert hashlib.sha256(press.pdf(one)).digest() == hashlib.sha256(other.pdf(one)).digest()
    other.close()


def test_pages_are_counted_as_the_reader_counts_them(press):
    pdf = press.pdf(sheet("#for n in range(25) [Halaman #n #pagebreak()]"))
    assert count_pages(pdf) == pages_of(pdf) == 26


def test_values_are_never_read_as_source(press):
    pdf = press.pdf(sheet("#d.nama", nama='#panic("x") #import "y" \\ // habis'))
    assert '#panic("x") #import "y" \\ // habis' in text_of(pdf)


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("satu\ndua\n#d.tidak_ada", 3, "tidak_ada"),
        ("#(", 1, "unclosed"),
        ("\n#nilai", 2, "unknown variable: nilai"),
        ('satu\n#read("/etc/passwd")', 2, "file not found"),
        ('#image("../../etc/hostname")', 1, ""),
        ('#import "@preview/cetz:0.3.0"', 1, ""),
    ],
)
def test_a_fault_names_its_line(press, body, line, said):
    with pytest.raises(SourceFault) as caught:
        press.pdf(sheet(body))
    assert caught.value.line == line
    assert said in caught.value.message


def test_a_letter_nobody_can_print_is_named_instead_of_left_blank(press):
    with pytest.raises(SourceFault, match="could not be displayed"):
        press.pdf(sheet("漢"))


@pytest.mark.parametrize(
    "body",
    ["#while true {}", "#let f(n) = f(n)\n#let x = range(100000000).map(str)\n#x.len()"],
    ids=["endless", "bomb"],
)
def test_what_is_too_heavy_is_ended_and_the_next_sheet_prints(press, body):
    with pytest.raises((TooHeavy, SourceFault)):
        press.pdf(sheet(body), seconds=1.5)
    assert press.pdf(sheet("Masih jalan"))[:5] == b"%PDF-"


def test_a_new_child_gives_a_sheet_no_more_time_than_an_old_one(monkeypatch):
    monkeypatch.setattr("halopst.letters.rendering.press.STARTING", 600.0)
    fresh, begun = Press(), time.monotonic()

    with pytest.raises(TooHeavy):
        fresh.pdf(sheet("#for n in range(200000) [#pagebreak() x]"), seconds=0.5)

    assert time.monotonic() - begun < 120
    fresh.close()


def test_the_kind_of_the_tests_prints_as_pictures_too(press):
    pages = press.pictures(sheet("Halo"))
    assert [page[:8] for page in pages] == [b"\x89PNG\r\n\x1a\n"]


def test_the_code_on_a_scanned_page_is_read_back(press):
    (picture,) = press.pictures(sheet("Halo"))
    image = Image.open(BytesIO(picture)).convert("RGB")
    assert tokens_in(image) == {"AbCdEfGhIjKlMnOpQrStUv"}
    scan = BytesIO()
    image.rotate(2, expand=True, fillcolor="white").save(scan, "PDF")

    with closing(Drawer()) as drawer:
        assert tokens_of_scan(scan.getvalue(), drawer) == {"AbCdEfGhIjKlMnOpQrStUv"}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\0" * 100, b"PK\x03\x04"])
def test_what_is_no_pdf_is_said_so(content):
    with pytest.raises(NotAPaper):
        pages_of(content)


def test_many_papers_become_one(press, tmp_path):
    papers = [press.pdf(sheet(f"Surat {n}")) for n in range(3)]
    bind(papers, tmp_path / "gabungan.pdf")

    bound = (tmp_path / "gabungan.pdf").read_bytes()
    assert pages_of(bound) == 3
    assert [f"Surat {n}" in text_of(bound) for n in range(3)] == [True] * 3
