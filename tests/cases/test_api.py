"""The same request by programs: same services, same refusals, one effect for each key."""

import json
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from halopst.cases import services
from halopst.cases.models import Attachment, Case
from tests.cases.conftest import wib

NOW = wib(16, 9)


@pytest.fixture
def api(client, office):
    """Calls as one person: `api(office.officer).post("/cases", {...})`."""

    keys = count()

    class Caller:
        def __init__(self, person):
            client.force_login(person)

        def get(self, path):
            return client.get(f"/api/v1/cases{path}")

        def post(self, path, body=None, key=None, **files):
            headers = {"Idempotency-Key": key or f"kunci-uji-{next(keys)}"}
            if files:
                return client.post(f"/api/v1/cases{path}", files, headers=headers)
            return client.post(
                f"/api/v1/cases{path}", json.dumps(body or {}), "application/json", headers=headers
            )

    return Caller


def asked(office, **fields):
    return {
        "unit_code": office.unit.code,
        "service": "konsultasi",
        "subject": "Angka inflasi",
        "body": "Mohon data",
    } | fields


def test_a_visitor_opens_reads_answers_and_cancels(api, office):
    visitor = api(office.visitor)
    opened = visitor.post("", asked(office))
    number = opened.json()["number"]

    assert (opened.status_code, number) == (201, "UJI-" + number[4:8] + "-0001")
    assert visitor.get("").json() == {"items": [opened.json()], "next": ""}
    assert visitor.get(f"/{number}").json() == opened.json()
    assert visitor.post(f"/{number}/reply", {"body": "Tahun 2025"}).json()["version"] == 2
    lines = visitor.get(f"/{number}/messages").json()
    assert [(line["sender"], line["body"]) for line in lines] == [
        ("visitor", "Mohon data"),
        ("visitor", "Tahun 2025"),
    ]
    assert visitor.post(f"/{number}/cancel").json()["state"] == "cancelled"
    refused = visitor.post(f"/{number}/reply", {"body": "Eh"})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:halopst:not-now")


def test_an_officer_works_a_case_from_open_to_reopened(api, office):
    case = office.open(now=NOW)
    officer = api(office.officer)
    path = f"/{case.number}"

    assert officer.post(f"{path}/assign", {"officer_id": office.officer.pk}).json()["officer"] == "Cak Arif"
    assert officer.get("?tab=saya").json()["items"][0]["number"] == case.number
    assert officer.post(f"{path}/ask", {"body": "Tahun?"}).json()["state"] == "waiting_visitor"
    assert officer.post(f"{path}/resume").json()["state"] == "open"
    stale = officer.post(f"{path}/reply", {"body": "Ini", "version": 1})
    assert (stale.status_code, stale.json()["type"]) == (409, "urn:halopst:case-moved")
    done = officer.post(f"{path}/finish", {"result": "found", "summary": "Terlampir"}).json()
    assert (done["state"], done["result"]) == ("finished", "found")
    assert officer.get("?tab=selesai").json()["items"][0]["number"] == case.number
    assert officer.post(f"{path}/reopen", {"reason": "Masih kurang"}).json()["state"] == "open"


def test_the_same_key_is_one_request(api, office):
    visitor = api(office.visitor)
    answers = [visitor.post("", asked(office), key="kunci-yang-sama").json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert Case.objects.count() == 1


def test_staff_register_for_someone_with_an_account_and_visitors_for_nobody_else(api, office):
    for_other = asked(office, visitor_email=office.visitor.email.upper(), channel="phone", complete=False)
    made = api(office.officer).post("", for_other).json()
    assert (made["visitor"], made["channel"], made["due_at"]) == ("Dewi Anggraini", "phone", None)
    assert api(office.officer).post(f"/{made['number']}/complete").json()["due_at"]

    refused = api(office.visitor).post("", asked(office, visitor_email=office.officer.email))
    assert refused.status_code == 404


def test_files_go_in_and_out(api, office):
    case = office.open(now=NOW)
    visitor = api(office.visitor)
    given = visitor.post(f"/{case.number}/files", file=SimpleUploadedFile("a.pdf", b"%PDF-1.7 a"))

    assert given.status_code == 201
    assert visitor.get(f"/{case.number}/files").json() == [given.json()]
    content = visitor.get(f"/files/{given.json()['id']}")
    assert content.content == b"%PDF-1.7 a"
    assert content.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
    bad = visitor.post(f"/{case.number}/files", file=SimpleUploadedFile("a.pdf", b"<html>"))
    assert (bad.status_code, bad.json()["type"]) == (422, "urn:halopst:file-not-what-it-says")
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"subject": ""},
        {"subject": "x" * 201},
        {"subject": "a\x00b"},
        {"channel": "merpati"},
        {"service": "tidak-ada"},
        {"body": "x" * 5001},
    ],
)
def test_bad_input_is_a_sentence_and_nothing_is_kept(api, office, body):
    answer = api(office.visitor).post("", asked(office, **body))
    assert answer.status_code in {400, 409, 422}
    assert answer.json()["title"]
    assert Case.objects.count() == 0


def test_lists_go_on_where_they_stopped(api, office, monkeypatch):
    numbers = [office.open(now=NOW, officer=office.officer).number for _ in range(23)]
    visitor = api(office.visitor)
    first = visitor.get("").json()
    rest = visitor.get(f"?after={first['next']}").json()
    seen = [row["number"] for row in first["items"] + rest["items"]]

    assert seen == numbers[::-1]
    assert rest["next"] == ""
    services.finish(office.as_officer, Case.objects.first(), result="found", summary="Ada", now=NOW)
    assert len(api(office.officer).get("?tab=tim").json()["items"]) == 22
