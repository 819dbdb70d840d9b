"""Files come from strangers: judged by content, kept out of reach, given back as downloads only."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from halopst.accounts.actors import actor_for
from halopst.cases import services
from halopst.cases.links import token_for
from halopst.cases.models import Attachment, Message
from halopst.cases.services import attaching
from halopst.cases.services.refusals import (
    FileEmpty,
    FileNotAccepted,
    FileNotWhatItSays,
    FileTooLarge,
    TooManyFiles,
)
from halopst.core.errors import NotPermitted
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.cases.conftest import wib

NOW = wib(16, 9)
PDF = b"%PDF-1.7\n%contoh\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(1)</script>"


def archive(*names, **texts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in names:
            made.writestr(name, "x")
        for name, text in texts.items():
            made.writestr(name, text)
    return held.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
ODS = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")


def stored():
    try:
        months = default_storage.listdir("lampiran/2026")[0]
    except FileNotFoundError:
        return []
    return [name for month in months for name in default_storage.listdir(f"lampiran/2026/{month}")[1]]


@pytest.fixture(autouse=True)
def empty_storage():
    for name in stored():
        default_storage.delete(f"lampiran/2026/11/{name}")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Tabel.PDF", PDF, "application/pdf"),
        ("foto.png", PNG, "image/png"),
        ("surat.docx", DOCX, attaching.CONTENT["docx"]),
        ("data.xlsx", XLSX, attaching.CONTENT["xlsx"]),
        ("data.ods", ODS, attaching.CONTENT["ods"]),
        ("data.csv", b"kode;nama\n3578;Surabaya\n", "text/plain"),
        ("catatan.txt", "Terima kasih, ya – salam".encode("cp1252"), "text/plain"),
    ],
)
def test_what_people_work_with_is_accepted(office, name, content, kind):
    case = office.open(now=NOW)
    kept = services.attach(office.as_visitor, case, file=ContentFile(content, name=name), now=NOW)

    assert (kept.content_type, kept.size, kept.given_by) == (kind, len(content), office.visitor)
    assert default_storage.open(kept.stored_as).read() == content
    assert name.lower() not in kept.stored_as
    assert "." not in kept.stored_as.rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("gambar.svg", SVG, FileNotAccepted),
        ("gambar.png", SVG, FileNotWhatItSays),
        ("laporan.pdf", HTML, FileNotWhatItSays),
        ("laporan.pdf", b"MZ\x90\x00", FileNotWhatItSays),
        ("catatan.txt", HTML, FileNotWhatItSays),
        ("catatan.csv", b"  \n\xef\xbb\xbf<html>", FileNotWhatItSays),
        ("catatan.txt", PDF, FileNotWhatItSays),
        ("catatan.txt", b"a\0b", FileNotWhatItSays),
        ("surat.docx", archive("[Content_Types].xml", "xl/workbook.xml"), FileNotWhatItSays),
        ("surat.docx", archive("evil.exe"), FileNotWhatItSays),
        ("surat.docx", DOCX[:40], FileNotWhatItSays),
        ("data.ods", archive(mimetype="text/html"), FileNotWhatItSays),
        ("data.ods", archive("lain"), FileNotWhatItSays),
        ("makro.docm", DOCX, FileNotAccepted),
        ("arsip.zip", archive("a"), FileNotAccepted),
        ("jalan.exe", b"MZ", FileNotAccepted),
        ("tanpaakhiran", PDF, FileNotAccepted),
        ("", PDF, FileNotAccepted),
        ("ganda.pdf.html", PDF, FileNotAccepted),
        ("kosong.pdf", b"", FileEmpty),
    ],
)
def test_what_is_not_what_it_says_leaves_nothing_behind(office, name, content, refusal):
    case = office.open(now=NOW)
    with pytest.raises(refusal):
        services.attach(office.as_visitor, case, file=ContentFile(content, name=name), now=NOW)
    assert (Attachment.objects.count(), stored()) == (0, [])


def test_size_and_number_have_limits(office, settings):
    settings.ATTACHMENT_MEGABYTES = 1
    case = office.open(now=NOW)
    large = ContentFile(PDF + b"x" * 1024 * 1024, name="besar.pdf")
    with pytest.raises(FileTooLarge, match="1 MB"):
        services.attach(office.as_visitor, case, file=large, now=NOW)

    for _ in range(attaching.FILES_PER_CASE):
        services.attach(office.as_visitor, case, file=ContentFile(PDF, name="a.pdf"), now=NOW)
    with pytest.raises(TooManyFiles):
        services.attach(office.as_visitor, case, file=ContentFile(PDF, name="a.pdf"), now=NOW)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\fakepath\\Data 2025.pdf", "Data 2025.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "a b Set-Cookie: x.pdf"),
        ("gaji\u202efdp.pdf", "gaji fdp.pdf"),
        ("n" * 300 + ".pdf", "n" * 146 + ".pdf"),
    ],
)
def test_names_are_shown_plainly(office, given, shown):
    file = ContentFile(PDF)
    file.name = given
    kept = services.attach(office.as_visitor, office.open(now=NOW), file=file, now=NOW)
    assert kept.name == shown


def test_only_the_visitor_and_the_office_give_files(office):
    case = office.open(now=NOW)
    for person in (UserFactory(), MembershipFactory().user):
        with pytest.raises(NotPermitted):
            services.attach(actor_for(person), case, file=ContentFile(PDF, name="a.pdf"), now=NOW)


def test_a_failure_after_storing_takes_the_file_away(office, monkeypatch):
    case = office.open(now=NOW)
    monkeypatch.setattr(attaching, "record", lambda *_args, **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.attach(office.as_visitor, case, file=ContentFile(PDF, name="a.pdf"), now=NOW)
    assert stored() == []


def test_a_bad_file_takes_its_message_back_and_keeps_the_words(client, office):
    case = office.open(now=NOW)
    client.force_login(office.visitor)
    page = client.post(
        reverse("cases:my-reply", kwargs={"number": case.number}),
        {
            "body": "Ini tabelnya",
            "files": [
                SimpleUploadedFile("baik.pdf", PDF),
                SimpleUploadedFile("jahat.pdf", HTML),
            ],
        },
    )

    assert page.status_code == 422
    assert "Isi berkas tidak sesuai dengan namanya" in page.content.decode()
    assert "Ini tabelnya</textarea>" in page.content.decode()
    assert (Message.objects.count(), Attachment.objects.count()) == (1, 0)


def test_a_file_comes_back_as_a_download_and_nothing_else(client, office):
    case = office.open(now=NOW)
    message = services.reply(
        office.as_visitor, case, body="", files=[ContentFile(PDF, name='ta"bel;é.pdf')], now=NOW
    )
    kept = message.attachments.get()
    client.force_login(office.officer)

    response = client.get(reverse("cases:attachment", kwargs={"pk": kept.pk}))

    assert response.content == PDF
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Content-Type"] == "application/pdf"


def test_the_link_of_one_case_opens_no_file_of_another(client, office):
    mine, other = office.open(now=NOW), office.open(now=NOW)
    files = [
        services.attach(office.as_visitor, case, file=ContentFile(PDF, name="a.pdf"), now=NOW)
        for case in (mine, other)
    ]

    def status(file):
        address = reverse("cases:linked-attachment", kwargs={"token": token_for(mine), "pk": file.pk})
        return client.get(address).status_code

    assert [status(file) for file in files] == [200, 404]


def test_a_file_lost_from_storage_is_not_found(client, office):
    case = office.open(now=NOW)
    kept = services.attach(office.as_visitor, case, file=ContentFile(PDF, name="a.pdf"), now=NOW)
    default_storage.delete(kept.stored_as)
    client.force_login(office.visitor)
    assert client.get(reverse("cases:attachment", kwargs={"pk": kept.pk})).status_code == 404
