"""The editable letter: filled from a template compiled once, safely."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from halopst.letters.models import Template
from halopst.letters.rendering.word import WordFault, WordTemplate, compiled
from halopst.letters.services import word_of
from halopst.letters.services.refusals import NoWordTemplate, WordTemplateFaulty
from halopst.letters.services.templates import save_draft
from tests.accounts.factories import MembershipFactory
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
    with pytest.raises(WordFault):
        WordTemplate(content)


def test_a_bomb_is_not_unpacked():
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    with pytest.raises(WordFault, match="too large"):
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
    with pytest.raises(WordTemplateFaulty, match="“tak_ada” tidak ada"):
        save_draft(clerk, unit=unit, kind=CONTRACT, body="x", word=word("{{ tak_ada }}"), today=TODAY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "bukan dokumen Word"),
        (word("{{ nomor.__class__ }}"), "“__class__”, yang tidak dapat dipakai"),
        (word("{{ petugas.nomr }}"), "“nomr” tidak ada"),
        (word("{% for %}"), r"tanda \{\{ \}\} atau \{% %\} yang keliru"),
        (word("{% include '/etc/passwd' %}"), "tidak dapat membuka berkas lain"),
        (b"PK" * 1_500_000, "bukan dokumen Word"),
    ],
)
def test_what_is_wrong_with_a_word_template_is_said_in_words_of_the_office(clerk, unit, content, said):
    with pytest.raises(WordTemplateFaulty, match=said):
        save_draft(clerk, unit=unit, kind=CONTRACT, body="x", word=content, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}",
        "{{ 'x' * 2000000000 }}",
    ],
    ids=["endless", "bomb"],
)
def test_a_word_template_that_never_ends_is_ended_and_the_next_is_read(clerk, unit, text, monkeypatch):
    monkeypatch.setattr("halopst.letters.services.word.SECONDS", 2.0)
    with pytest.raises(WordTemplateFaulty, match="terlalu berat"):
        save_draft(clerk, unit=unit, kind=CONTRACT, body="x", word=word(text), today=TODAY)
    content = word("{{ nomor }}")
    saved = save_draft(clerk, unit=unit, kind=CONTRACT, body="x", word=content, today=TODAY)
    assert bytes(saved.word) == content


def test_the_word_template_is_fetched_edited_and_handed_in_on_the_page(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    url = f"/surat/naskah/{unit.slug}/tests.contract/"

    def hand_in(text):
        file = SimpleUploadedFile("naskah.docx", word(text))
        draft = Template.objects.filter(unit=unit, state="draft").first()
        version = draft.updated_at.isoformat() if draft else "0001-01-01T00:00:00+00:00"
        return client.post(url, {"body": "x", "aksi": "simpan", "version": version, "word": file})

    assert (client.get(f"{url}word/").status_code, f'href="{url}word/"' in page(client, url)) == (404, False)
    assert hand_in("Nomor {{ nomor }}").status_code == 302
    assert f'href="{url}word/"' in page(client, url)
    fetched = client.get(f"{url}word/")
    refused = hand_in("{{ nomr }}")
    program = client.get(f"/api/v1/letters/units/{unit.slug}/templates/tests.contract/word")

    assert texts(fetched.content) == texts(program.content) == ["Nomor {{ nomor }}"]
    assert "-templat.docx" in fetched["Content-Disposition"]
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["word"])
    assert "“nomr” tidak ada di jenis surat ini" in refused.content.decode()


def page(client, url):
    return client.get(url).content.decode()
