"""A person may see all we hold about them, and be forgotten."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from halopst.cases import queries, services
from halopst.cases.models import Attachment, Case, Message
from halopst.cases.personal import erase, export
from tests.accounts.factories import UserFactory
from tests.cases.conftest import wib

NOW = wib(16, 9)


def test_the_export_holds_the_whole_conversation(office):
    case = office.open(now=NOW)
    office.open(now=NOW, visitor=UserFactory())
    services.reply(
        office.as_visitor, case, body="Ini", files=[ContentFile(b"%PDF-1.7", name="a.pdf")], now=NOW
    )
    services.finish(office.as_officer, case, result="found", summary="Terlampir", now=NOW)

    (row,) = export(office.visitor.pk)

    assert (row["number"], row["subject"], row["state"], row["files"]) == (
        case.number,
        "Angka kemiskinan",
        "finished",
        ["a.pdf"],
    )
    assert [line["text"] for line in row["messages"]] == ["Mohon data", "Ini", "Permintaan selesai"]


def test_erasure_takes_words_files_and_the_way_to_find_them(office, django_capture_on_commit_callbacks):
    case, other = office.open(now=NOW), office.open(now=NOW, visitor=UserFactory(name="Orang Lain"))
    kept = services.attach(office.as_visitor, case, file=ContentFile(b"%PDF-1.7", name="a.pdf"), now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        erase(office.visitor.pk, NOW)
        erase(office.visitor.pk, NOW)

    case.refresh_from_db()
    assert (case.state, case.subject, case.number) == ("cancelled", "-", "UJI-2611-0001")
    assert not Message.objects.filter(case=case).exclude(body="").exists()
    assert not Attachment.objects.exists()
    assert not default_storage.exists(kept.stored_as)
    assert list(queries.search(Case.objects.all(), "kemiskinan")) == [other]
    assert other.messages.get().body == "Mohon data"
