"""Writing, publishing and reading texts on the pages."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertInHTML

from halopst.audit.models import Entry
from halopst.knowledge import services
from halopst.knowledge.models import Document
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.knowledge.factories import DocumentFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db

LATER = (timezone.localdate() + timedelta(days=90)).isoformat()


@pytest.fixture
def officer(client):
    membership = MembershipFactory(role="petugas")
    client.force_login(membership.user)
    return membership


def form(officer=None, **changes):
    office = {"office": officer.unit.slug} if officer else {}
    given = {"title": "Cara membaca inflasi", "text": "Bandingkan dengan tahun lalu.", "kind": "article"}
    return {**office, **given, "audience": "everyone", "review_by": LATER, **changes}


def test_an_officer_writes_publishes_changes_and_withdraws(client, officer):
    client.post("/pengetahuan/baru/", form(officer))
    written = Document.objects.get()
    assert (written.state, written.owner, written.unit) == ("draft", officer.user, officer.unit)
    assert client.get("/cari/?q=inflasi").content.count(b"<mark>") == 0

    client.post(f"/pengetahuan/{written.pk}/langkah/", {"aksi": "terbit"})
    assert b"<mark>tahun</mark>" in client.get("/cari/?q=tahun").content

    client.post(f"/pengetahuan/{written.pk}/ubah/", form(text="Bandingkan dengan bulan lalu.", version=1))
    assert b"<mark>bulan</mark>" in client.get("/cari/?q=bulan").content
    assert b"Bandingkan dengan tahun lalu." in client.get(f"/pengetahuan/{written.pk}/versi/1/").content

    client.post(f"/pengetahuan/{written.pk}/langkah/", {"aksi": "tarik"})
    assert b"<mark>" not in client.get("/cari/?q=bulan").content
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        f"knowledge.{step}" for step in ("written", "published", "edited", "withdrawn")
    ]


def test_a_version_shows_word_by_word_what_the_next_one_changed(client, officer):
    before = "Harga naik.\n\nInflasi adalah kenaikan harga umum.\n\nTetap satu.\n\nTetap dua.\n\nTetap tiga."
    text = DocumentFactory(unit=officer.unit, owner=officer.user, title="Inflasi", text=before)
    after = before.replace("umum", "secara umum <b>")
    client.post(f"/pengetahuan/{text.pk}/ubah/", form(title="Inflasi", text=after, version=1))

    page = client.get(f"/pengetahuan/{text.pk}/versi/1/").content.decode()
    assert "Yang diubah versi 2" in page
    assert "<del> umum.</del><ins> secara umum &lt;b&gt;.</ins>" in page
    assert "… 2 paragraf tetap …" in page


def test_of_two_who_change_the_same_version_the_second_is_told_and_loses_nothing(client, officer):
    text = DocumentFactory(unit=officer.unit, owner=officer.user)
    client.post(f"/pengetahuan/{text.pk}/ubah/", form(text="Yang pertama.", version=1))
    late = client.post(f"/pengetahuan/{text.pk}/ubah/", form(text="Yang kedua.", version=1))

    assert late.status_code == 409
    assert "Baru saja diubah orang lain, jadi isian Anda belum disimpan." in (page := late.content.decode())
    assert "Yang kedua." in page
    assert "Kini tersimpan: Yang pertama." in page
    assert 'name="version" value="2"' in page
    text.refresh_from_db()
    assert (text.text, text.version) == ("Yang pertama.", 2)


def test_who_was_writing_while_somebody_else_published_keeps_what_they_typed(client, officer):
    colleague = MembershipFactory(role="petugas", unit=officer.unit).user
    text = DocumentFactory(unit=officer.unit, owner=colleague, state="published", review_by=LATER)
    for press in ({}, {"aksi": "terbit"}):
        late = client.post(f"/pengetahuan/{text.pk}/ubah/", form(text="Kalimat saya.", version=1, **press))
        page = late.content.decode()
        assert (late.status_code, "Isian Anda belum disimpan" in page, str(colleague) in page) == (
            403,
            True,
            True,
        )
        assert ("Kalimat saya." in page, "Simpan perubahan" in page) == (True, False)
    assert not text.versions.exists()


def test_who_may_only_read_a_draft_is_not_told_that_it_is_published(client):
    text = DocumentFactory()
    client.force_login(MembershipFactory(role="auditor", unit=text.unit).user)
    page = client.get(f"/pengetahuan/{text.pk}/ubah/").content.decode()

    assert ("sudah terbit" in page, "hanya dapat membaca tulisan ini" in page) == (False, True)


def test_a_text_without_a_review_date_to_come_is_not_published(client, officer):
    text = DocumentFactory(unit=officer.unit, owner=officer.user, review_by=date(2020, 1, 1))
    answer = client.post(f"/pengetahuan/{text.pk}/langkah/", {"aksi": "terbit"})

    assert (answer.status_code, "tanggal tinjau ulang" in answer.content.decode()) == (422, True)
    text.refresh_from_db()
    assert text.state == "draft"


def test_what_a_text_needs_to_be_published_is_not_called_dispensable(client, officer):
    row = DocumentFactory(unit=officer.unit, owner=officer.user)
    page = client.get(f"/pengetahuan/{row.pk}/ubah/").content.decode()

    assert page.count("boleh menyusul, wajib saat terbit") == 2
    assert page.count("boleh dikosongkan") == 2  # the day and the link of its source


def test_a_review_date_that_is_over_is_told_beside_it_and_what_was_typed_is_not_lost(client, officer):
    said = "Tanggal tinjau ulang ini sudah lewat. Isi hari ini atau hari sesudahnya."
    text = DocumentFactory(unit=officer.unit, owner=officer.user)
    pages = ["/pengetahuan/baru/", f"/pengetahuan/{text.pk}/ubah/"]
    for page in pages:
        answer = client.post(page, form(officer, text="Kata baru.", review_by="2020-01-01", version=1))
        shown = answer.content.decode()
        assert (answer.status_code, said in shown, "Kata baru." in shown) == (422, True, True)
    assert list(Document.objects.values_list("text", flat=True)) == [text.text]


def test_what_is_published_keeps_a_review_date(client, officer):
    text = DocumentFactory(
        unit=officer.unit, owner=officer.user, state="published", review_by=date(2100, 1, 1)
    )
    answer = client.post(f"/pengetahuan/{text.pk}/ubah/", form(review_by="", version=1))

    assert (answer.status_code, "punya tanggal tinjau ulang" in answer.content.decode()) == (422, True)
    text.refresh_from_db()
    assert (text.review_by, text.version) == (date(2100, 1, 1), 1)


def test_the_button_that_publishes_takes_what_is_typed_with_it(client, officer):
    """Or says why not, on the same page with all that was typed, and nothing is half done."""
    text = DocumentFactory(unit=officer.unit, owner=officer.user, review_by=None)
    page = f"/pengetahuan/{text.pk}/ubah/"
    refused = client.post(page, form(text="Kata baru.", review_by="2020-01-01", version=1, aksi="terbit"))
    assert (refused.status_code, "Kata baru." in refused.content.decode()) == (422, True)
    text.refresh_from_db()
    assert (text.state, text.version) == ("draft", 1)

    client.post(page, form(text="Kata baru.", version=1, aksi="terbit"))
    text.refresh_from_db()
    assert (text.state, text.text, text.version) == ("published", "Kata baru.", 2)


def test_publishing_a_text_one_only_read_does_not_change_it(client, officer):
    """A browser sends each line's end as two signs; who publishes for a colleague has not written it."""
    given = {"title": "Judul", "review_by": date(2100, 1, 1), "language": "en", "by_two": True}
    text = DocumentFactory(unit=officer.unit, owner=officer.user, text="Satu 12 persen.\n\nDua.\n", **given)
    same = form(title="Judul", text="Satu 12 persen.\r\n\r\nDua.\r\n", review_by="2100-01-01", version=1)

    client.post(f"/pengetahuan/{text.pk}/ubah/", {**same, "kind": text.kind, "aksi": "terbit"})

    text.refresh_from_db()
    assert (text.state, text.version, text.language) == ("published", 1, "en")


def test_an_edit_keeps_what_the_form_does_not_ask(client, officer):
    text = DocumentFactory(unit=officer.unit, owner=officer.user, language="en")
    client.post(f"/pengetahuan/{text.pk}/ubah/", form(text="New words.", version=1))
    text.refresh_from_db()
    assert (text.text, text.language) == ("New words.", "en")


def test_the_list_finds_what_is_to_be_reviewed(client, officer):
    for title, state, day in (
        ("Lewat", "published", 2020),
        ("Belum", "published", 2100),
        ("Konsep", "draft", 2020),
    ):
        DocumentFactory(unit=officer.unit, title=title, state=state, review_by=date(day, 1, 1))

    page = client.get("/pengetahuan/?keadaan=tinjau").content.decode()

    assert [title for title in ("Lewat", "Belum", "Konsep") if f"<b>{title}</b>" in page] == ["Lewat"]


def test_an_officer_cannot_change_what_a_colleague_published_nor_write_for_all(client, officer):
    text = DocumentFactory(
        unit=officer.unit, owner=MembershipFactory(unit=officer.unit).user, state="published"
    )
    assert client.post(f"/pengetahuan/{text.pk}/ubah/", form(version=1)).status_code == 403

    refused = client.post("/pengetahuan/baru/", form(officer, office="semua"))
    assert (refused.status_code, Document.objects.count()) == (422, 1)


def test_taking_over_makes_one_the_owner(client, officer):
    text = DocumentFactory(unit=officer.unit)
    client.post(f"/pengetahuan/{text.pk}/langkah/", {"aksi": "ambil"})
    text.refresh_from_db()
    assert text.owner == officer.user


def test_a_stale_text_is_marked_wherever_it_is_shown(client, officer):
    text = DocumentFactory(
        unit=officer.unit, state="published", review_by=date(2020, 1, 1), text="Inflasi lama."
    )
    services.reindex([text])

    assert "seharusnya ditinjau ulang" in client.get(f"/pengetahuan/{text.pk}/").content.decode()
    assert "Perlu ditinjau ulang" in client.get("/cari/?q=inflasi").content.decode()
    assert "Perlu ditinjau" in client.get("/pengetahuan/").content.decode()
    assert client.get("/api/v1/search?q=inflasi").json()["items"][0]["stale"] is True


def test_the_public_search_shows_the_public_s_texts_to_staff_too_unless_they_ask(client, officer):
    for title, audience in (("Inflasi bagi semua", "everyone"), ("Inflasi bagi loket", "staff")):
        text = DocumentFactory(unit=officer.unit, state="published", title=title, audience=audience)
        services.reindex([text])

    def found(query):
        page = client.get(f"/cari/?{query}").content.decode()
        return "Inflasi bagi semua" in page, "Inflasi bagi loket" in page

    def told(query):
        return sorted(one["title"] for one in client.get(f"/api/v1/search?{query}").json()["items"])

    assert found("q=inflasi") == found("") == (True, False)
    assert found("q=inflasi&staf=ya") == found("staf=ya") == (True, True)
    assert told("q=inflasi") == ["Inflasi bagi semua"]
    assert told("q=inflasi&staff=true") == ["Inflasi bagi loket", "Inflasi bagi semua"]
    client.logout()
    assert found("q=inflasi&staf=ya") == (True, False)
    assert told("q=inflasi&staff=true") == ["Inflasi bagi semua"]


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("", "limit harus bilangan bulat. Contoh: 24"),
        ("sepuluh", "limit harus bilangan bulat. Contoh: 24"),
        ("1.5", "limit harus bilangan bulat. Contoh: 24"),
        ("0", "limit paling kecil 1."),
        ("-3", "limit paling kecil 1."),
        ("9" * 5000, "limit terlalu panjang angkanya."),
    ],
)
def test_a_search_with_an_odd_limit_is_told_in_one_sentence(client, limit, said):
    answer = client.get(f"/api/v1/search?q=inflasi&limit={limit}", headers={"Accept-Language": "id"})

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"at": ["query", "limit"], "problem": said}]


def test_a_search_gives_thirty_at_most_however_many_are_asked(client):
    services.reindex(DocumentFactory.create_batch(32, unit=None, state="published", text="Inflasi naik."))

    assert len(client.get(f"/api/v1/search?q=inflasi&limit={2**70}").json()["items"]) == 30


def test_what_people_write_is_never_shown_as_markup(client):
    text = DocumentFactory(
        state="published", title="<b>inflasi</b>", text="<script>inflasi</script>", url="javascript:x"
    )
    services.reindex([text])

    for page in ("/cari/?q=inflasi", f"/pengetahuan/{text.pk}/"):
        shown = client.get(page).content.decode()
        assert "<b>inflasi" not in shown
        assert "<script>inflasi" not in shown
        assert 'href="javascript' not in shown


def test_the_list_costs_the_same_at_one_row_and_three(client, officer, django_assert_max_num_queries):
    DocumentFactory(unit=officer.unit, owner=officer.user)
    client.get("/pengetahuan/")
    with CaptureQueriesContext(connection) as one:
        client.get("/pengetahuan/")
    for _more in range(2):
        DocumentFactory(unit=officer.unit, owner=MembershipFactory().user)
    with django_assert_max_num_queries(len(one)):
        client.get("/pengetahuan/")


def word_file():
    document = docx.Document()
    document.add_heading("Cara meminta data", level=1)
    document.add_paragraph("Isi formulir permintaan, lalu tunggu balasan petugas.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Tarif", "nol rupiah"
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def pdf_file():
    """One page that says a sentence, written by hand."""
    stream = b"BT /F1 12 Tf 72 720 Td (Garis kemiskinan adalah batas pengeluaran.) Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    kept = BytesIO()
    with pikepdf.open(BytesIO(b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF")) as mended:
        mended.save(kept)
    return kept.getvalue()


def locked_pdf():
    kept = BytesIO()
    with pikepdf.open(BytesIO(pdf_file())) as file:
        file.save(kept, encryption=pikepdf.Encryption(user="rahasia", owner="pemilik"))
    return kept.getvalue()


def a_bomb():
    """A small archive that would unpack to 300 MB."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 300_000_000)
    return kept.getvalue()


HTML = (
    b"<!DOCTYPE html><title>x</title><script>jahat()</script>"
    b"<h2>Konsep</h2><p>Angkatan kerja &amp; lainnya.<p>Dua."
)
WORDS = "## Cara meminta data\n\nIsi formulir permintaan, lalu tunggu balasan petugas.\n\nTarif | nol rupiah"


@pytest.mark.parametrize(
    ("name", "content", "text", "title"),
    [
        ("panduan.docx", word_file(), WORDS, "Cara meminta data"),
        ("konsep.html", HTML, "## Konsep\n\nAngkatan kerja & lainnya.\n\nDua.", "Konsep"),
        ("isi.html", b"\xef\xbb\xbf<p>Angkatan kerja bekerja.</p>", "Angkatan kerja bekerja.", "Isi"),
        ("garis.pdf", pdf_file(), "Garis kemiskinan adalah batas pengeluaran.", "Garis"),
    ],
)  # fmt: skip
def test_the_text_of_a_file_becomes_a_draft(client, officer, name, content, text, title):
    answer = client.post(
        "/pengetahuan/unggah/", {"office": officer.unit.slug, "file": SimpleUploadedFile(name, content)}
    )

    assert answer.status_code == 302
    draft = Document.objects.get()
    assert (draft.text, draft.title, draft.state) == (text, title, "draft")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\x00 bukan dokumen", "tidak dapat dibaca"),
        (b"%PDF-1.4 rusak", "tidak dapat dibaca"),
        (b"<?xml version='1.0'?><svg/>", "tidak dapat dibaca"),
        (word_file()[:900], "tidak dapat dibaca"),
        (b"<html><body>\0</body></html>", "tidak memuat teks"),
        (b"<html>" + b"x" * 11_000_000, "lebih besar dari 10 MB"),
        (a_bomb(), "tidak dapat dibaca"),
        (locked_pdf(), "dikunci dengan kata sandi"),
        (b"<html><p>" + b"isi tulisan " * 90_000, "lebih dari sejuta huruf"),
    ],
)
def test_a_hostile_file_gets_a_sentence(client, officer, content, sentence):
    file = SimpleUploadedFile("berkas.pdf", content)
    answer = client.post("/pengetahuan/unggah/", {"office": officer.unit.slug, "file": file})

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert Document.objects.count() == 0


def test_an_office_finds_its_own_texts_in_its_list_and_not_its_neighbours(client, officer):
    DocumentFactory(unit=officer.unit, title="Milik sendiri")
    DocumentFactory(unit=UnitFactory(), title="Milik tetangga")
    page = client.get("/pengetahuan/?q=milik").content.decode()
    assert ("Milik sendiri" in page, "Milik tetangga" in page) == (True, False)


def test_a_search_is_narrowed_to_an_office_that_has_texts(client, officer):
    DocumentFactory(state="published", title="Inflasi di sini", unit=officer.unit)
    DocumentFactory(state="published", title="Inflasi di semua", unit=None)
    DocumentFactory(state="draft", title="Inflasi kelak", unit=UnitFactory(name="BPS tanpa tulisan"))

    page = client.get(f"/cari/?q=inflasi&satker={officer.unit.slug}").content.decode()

    chosen = f'<option value="{officer.unit.slug}" selected>{officer.unit.name}</option>'
    assertInHTML(chosen, page, count=1)
    assert "BPS tanpa tulisan" not in page


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"state": "withdrawn"}, 410),
        ({"state": "withdrawn", "audience": "staff"}, 404),
        ({"state": "draft"}, 404),
        ({"state": "published", "audience": "staff"}, 404),
    ],
)
def test_who_follows_a_link_to_what_was_taken_back_is_told_so_and_nothing_of_it(client, given, status):
    row = DocumentFactory(title="Rahasia dapur", text="Isinya keliru.", **given)
    page = client.get(row.address)
    client.force_login(UserFactory())
    program = client.get(f"/api/v1/knowledge/texts/{row.pk}")

    assert (page.status_code, program.status_code) == (status, status)
    assert not any(word in one.content for one in (page, program) for word in (b"Rahasia", b"keliru"))
    if status == 410:
        assert f"{row.unit.name} menarik tulisan" in page.content.decode()
        assert f'href="/aida/{row.unit.slug}/"' in page.content.decode()
        assert program.json()["type"] == "urn:halopst:text-taken-back"
        assert row.unit.name in program.json()["title"]
