"""Every letter of mitra can be had as an editable Word file that says what is printed, no more, no less."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from halopst.letters.kinds import all_kinds
from halopst.letters.models import Template
from halopst.letters.reference import load_defaults
from halopst.letters.rendering.press import Sheet, press
from halopst.letters.rendering.word import compiled
from halopst.letters.rules import Shape
from halopst.letters.services.papers import values, with_foot
from tests.letters.factories import office

pytestmark = pytest.mark.django_db
KINDS = [kind for kind in all_kinds() if kind.code.startswith("partners.")]
FOOT = re.compile(r"B-001\s+Halaman \d+ dari \d+\s+Periksa keaslian surat ini di \S+")


def bare(text):
    """Without what only the shape of a page decides: spaces, ends of line, hyphens, capitals."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]", "", text).casefold()


def written(kind, rows):
    """The values of an example with so many lines in each of its lists, and in the lists of those."""
    data = many(kind.fields, kind.example, rows)
    return values(kind=kind, data=data, unit=office(), number="B-001", dated_on=date(2026, 11, 2))


def many(fields, data, rows):
    lists = {
        field.name: [many(field.columns, line, rows) for line in data[field.name] * rows]
        for field in fields
        if field.shape is Shape.LINES
    }
    return {**data, **lists}


def printed(kind, said):
    """What stands on paper; the heads of a table that goes on are not said again."""
    body = kind.body.replace("table.header(", "table.header(repeat: false, ")
    sheet = Sheet(
        body=body,
        data=with_foot(said, title=kind.title, number="B-001", token="x" * 8),
        at=datetime(2026, 11, 2, tzinfo=UTC),
    )
    pages = PdfReader(BytesIO(press().pdf(sheet))).pages
    return bare(" ".join(FOOT.sub(" ", page.extract_text()) for page in pages))


def paragraphs(content):
    """Every paragraph, those in tables too, once."""
    return [
        "".join(text.text or "\n" for text in line.iter() if text.tag.endswith(("}t", "}br")))
        for line in Document(BytesIO(content)).element.body.iter()
        if line.tag.endswith("}p")
    ]


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize("kind", KINDS, ids=[kind.code for kind in KINDS])
def test_the_word_file_says_what_is_printed(kind, rows):
    said = written(kind, rows)
    paper = printed(kind, said)

    lines = paragraphs(compiled(kind.word()).fill(said))

    parts = [bare(part) for line in lines for part in re.split(r"[\n\t]", line)]
    assert [part for part in parts if part not in paper] == []
    assert Counter("".join(parts)) == Counter(paper)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.code for kind in KINDS])
def test_a_word_file_is_called_by_its_number_counts_its_pages_and_is_in_indonesian(kind):
    paper = Document(BytesIO(compiled(kind.word()).fill(written(kind, 1))))

    about, foot = paper.core_properties, paper.sections[0].footer
    assert (about.title, about.author, about.comments, about.created) == ("B-001", "", "", None)
    assert foot.paragraphs[0].text == "B-001\tHalaman  dari "
    assert [part.text for part in foot._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert {part.get(qn("w:val")) for part in paper.styles.element.iter(qn("w:lang"))} == {"id-ID"}


SUMMED = [kind for kind in KINDS if kind.code not in {"partners.order", "partners.decree"}]


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize("kind", SUMMED, ids=[kind.code for kind in SUMMED])
def test_in_a_word_file_the_last_row_and_the_sum_stay_together(kind, rows):
    paper = Document(BytesIO(compiled(kind.word()).fill(written(kind, rows))))

    for table in [table for table in paper.tables if table.style.name == "Table Grid"]:
        (at,) = [at for at, row in enumerate(table.rows) if row.cells[0].text == "Jumlah"]
        assert stays(table.rows[at - 1])
        assert all(stays(row) for row in list(table.rows)[at:-1])
        assert rows == 1 or not stays(table.rows[1])


def stays(row):
    return all(line.paragraph_format.keep_with_next for cell in row.cells for line in cell.paragraphs)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.code for kind in KINDS])
def test_every_letter_says_where_it_is_signed(kind):
    said = written(kind, 1)
    said["satker"]["tempat"] = "Kota Contoh"

    paper = printed(kind, said)

    places = ("bertempat di Kota Contoh", "Kota Contoh, 2 November 2026", "Ditetapkan di Kota Contoh")
    assert [place for place in places if bare(place) in paper]


@pytest.mark.parametrize(
    "text", ["", "Naskah lama: #d.nomor"], ids=["without its Word form", "of an older text"]
)
def test_an_installation_from_before_gets_the_text_of_this_release_as_a_new_version(text):
    load_defaults()
    before = Template.objects.get(unit=None, kind="partners.handover")
    Template.objects.filter(pk=before.pk).update(state="withdrawn")
    Template.objects.create(
        kind=before.kind,
        version=2,
        state="published",
        valid_from=date(2026, 1, 2),
        published_at=before.published_at,
        body=text or before.body,
    )

    load_defaults()
    load_defaults()

    versions = Template.objects.filter(unit=None, kind=before.kind, version__gt=1).order_by("version")
    assert [(row.version, bool(row.word), row.body == before.body) for row in versions] == [
        (2, False, not text),
        (3, True, True),
    ]
