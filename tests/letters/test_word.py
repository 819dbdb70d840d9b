"""The editable letter: filled from a template compiled once, safely."""

import zipfile
from io import BytesIO

import pytest
from docx import Document

from halopst.letters.rendering.word import WordFault, WordTemplate, compiled
from halopst.letters.services import word_of
from halopst.letters.services.refusals import NoWordTemplate, WordTemplateFaulty
from halopst.letters.services.templates import save_draft
from tests.letters.factories import TODAY, LetterFactory, TemplateFactory
from tests.letters.kinds import CONTRACT


def word(*paragraphs, rows=False):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=3, cols=2)
        table.cell(0, 0).text = "{%tr for b in kegiatan %}"
        table.cell(1, 0).text, table.cell(1, 1).text = "{{ b.nama }}", "{{ b.nilai }}"
        table.cell(2, 0).text = "{%tr endfor %}"
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def texts(content):
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_values_and_rows_are_filled_in():
    values = {
        "nomor": "B-001 & <b>",
        "kegiatan": [{"nama": "A", "nilai": "Rp1"}, {"nama": "B", "nilai": "Rp2"}],
    }
    filled = WordTemplate(word("Nomor {{ nomor }}", rows=True)).fill(values)
    assert texts(filled) == ["Nomor B-001 & <b>", "A", "Rp1", "B", "Rp2"]


def test_the_same_values_give_the_same_bytes_from_a_template_compiled_once():
    content = word("Nomor {{ nomor }}")
    assert compiled(content) is compiled(bytes(content))
    assert compiled(content).fill({"nomor": "1"}) == compiled(content).fill({"nomor": "1"})


@pytest.mark.parametrize(
    "text",
    [
        "{{ tak_ada }}",
        "{% for %}",
        "{{ nomor.__class__.__mro__ }}",
        "{{ nomor.format.__globals__ }}",
        "{{ 1/0 }}",
    ],
)
def test_what_reaches_too_far_or_nowhere_is_a_fault(text):
    with pytest.raises(WordFault):
        WordTemplate(word(text)).fill({"nomor": "1"})


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7"])
def test_what_is_no_word_file_is_a_fault(content):
    with pytest.raises(WordFault, match="bukan berkas Word"):
        WordTemplate(content)


def test_a_bomb_is_not_unpacked():
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    with pytest.raises(WordFault, match="terlalu besar"):
        WordTemplate(bomb.getvalue())


def test_a_letter_comes_as_a_word_file_of_its_template(unit):
    template = TemplateFactory(
        unit=unit, valid_from=TODAY, word=word("Nomor {{ nomor }}, {{ petugas.nama }}")
    )
    letter = LetterFactory(unit=unit, template=template)
    assert texts(word_of(letter)) == [f"Nomor {letter.number}, Sri Contoh"]


def test_a_letter_whose_template_has_no_word_form_says_so(db):
    with pytest.raises(NoWordTemplate):
        word_of(LetterFactory())


def test_a_faulty_word_template_is_not_saved(clerk, unit):
    with pytest.raises(WordTemplateFaulty, match=r"ada isian yang tidak dikenal surat ini .*tak_ada"):
        save_draft(clerk, unit=unit, kind=CONTRACT, body="x", word=word("{{ tak_ada }}"), today=TODAY)
