"""Programs write, publish, change and withdraw texts as the pages do, and lose nobody's words."""

import sys
from datetime import date, timedelta
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT
from django.utils import timezone

from halopst.audit.models import Entry
from halopst.knowledge.api import parameters
from halopst.knowledge.models import Document
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.knowledge.factories import DocumentFactory
from tests.programs import sender
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
BASE = "/api/v1/knowledge"
LATER = (timezone.localdate() + timedelta(days=90)).isoformat()
PAST = "2020-01-01"


@pytest.fixture
def officer(client):
    membership = MembershipFactory(role="petugas")
    client.force_login(membership.user)
    return membership


@pytest.fixture
def sends(client):
    return sender(client, BASE)


def found(client, words):
    return [one["title"] for one in client.get(f"/api/v1/search?q={words}").json()["items"]]


def test_a_text_is_written_published_changed_and_withdrawn(client, officer, sends):
    given = {"unit": officer.unit.code, "title": "Membaca inflasi", "text": "Bandingkan dengan tahun lalu."}
    made = sends("post", "/texts", {**given, "review_by": LATER})
    one = made.json()
    assert made.status_code == 201
    assert (one["unit"], one["state"], one["version"], one["owner"], one["stale"]) == (
        officer.unit.code, "draft", 1, str(officer.user), False,
    )  # fmt: skip
    assert found(client, "tahun") == []

    published = sends("post", f"/texts/{one['id']}/publish", {"version": 1}).json()
    assert (published["state"], published["version"]) == ("published", 1)
    assert found(client, "tahun") == ["Membaca inflasi"]

    changed = sends("patch", f"/texts/{one['id']}", {"version": 1, "text": "Bandingkan dengan bulan lalu."})
    assert changed.json() == {**published, "version": 2, "text": "Bandingkan dengan bulan lalu.",
                              "edited_at": changed.json()["edited_at"]}  # fmt: skip
    assert (found(client, "tahun"), found(client, "bulan")) == ([], ["Membaca inflasi"])
    versions = client.get(f"{BASE}/texts/{one['id']}/versions").json()
    assert [(row["number"], row["written_by"]) for row in versions] == [(1, str(officer.user))]
    then = client.get(f"{BASE}/texts/{one['id']}/versions/1").json()
    assert then["text"] == "Bandingkan dengan tahun lalu."

    assert sends("post", f"/texts/{one['id']}/withdraw").json()["state"] == "withdrawn"
    assert found(client, "bulan") == []
    assert client.get(f"{BASE}/texts/{one['id']}").json()["state"] == "withdrawn"
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        f"knowledge.{step}" for step in ("written", "published", "edited", "withdrawn")
    ]


def test_programs_are_offered_the_kinds_and_readers_there_are():
    offered = [get_args(parameters.Kind), get_args(parameters.Audience)]

    assert offered == [tuple(Document.Kind.values), tuple(Document.Audience.values)]


def test_of_two_programs_with_the_same_version_the_second_is_refused_and_nothing_is_lost(officer, sends):
    text = DocumentFactory(unit=officer.unit, owner=officer.user, review_by=LATER)
    sends("patch", f"/texts/{text.pk}", {"version": 1, "text": "Yang pertama."})

    late = sends("patch", f"/texts/{text.pk}", {"version": 1, "text": "Yang kedua."})
    unread = sends("post", f"/texts/{text.pk}/publish", {"version": 1})

    for answer in (late, unread):
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:halopst:changed-meanwhile")
    text.refresh_from_db()
    assert (text.text, text.version, text.state) == ("Yang pertama.", 2, "draft")


def test_a_change_without_the_version_that_was_read_is_told_what_it_lacks(officer, sends):
    text = DocumentFactory(unit=officer.unit, owner=officer.user)
    answer = sends("patch", f"/texts/{text.pk}", {"text": "Tanpa membaca."})

    assert (answer.status_code, answer.json()["errors"][0]["at"]) == (422, ["body", "version"])


def test_what_a_change_leaves_out_stays_as_it_is(officer, sends):
    given = {"language": "en", "kind": "faq", "audience": "staff", "published_on": date(2025, 5, 1)}
    text = DocumentFactory(unit=officer.unit, owner=officer.user, url="https://contoh.example/a", **given)

    sends("patch", f"/texts/{text.pk}", {"version": 1, "title": "Judul baru"})

    kept = (text.text, text.url)
    text.refresh_from_db()
    assert (text.title, {name: getattr(text, name) for name in given}) == ("Judul baru", given)
    assert (text.text, text.url) == kept


def test_a_review_date_that_is_over_is_refused_where_it_is_set_and_left_where_it_was(officer, sends):
    given = {"unit": officer.unit.slug, "title": "Judul", "text": "Isi."}
    refused = sends("post", "/texts", {**given, "review_by": PAST})
    assert (refused.status_code, refused.json()["title"]) == (
        422, "Tanggal tinjau ulang ini sudah lewat. Isi hari ini atau hari sesudahnya.",
    )  # fmt: skip
    assert not Document.objects.exists()

    text = DocumentFactory(unit=officer.unit, owner=officer.user, review_by=date(2020, 1, 1))
    kept = sends("patch", f"/texts/{text.pk}", {"version": 1, "text": "Kata lain."})
    assert (kept.status_code, kept.json()["review_by"]) == (200, PAST)
    other = sends("patch", f"/texts/{text.pk}", {"version": 2, "review_by": "2021-01-01"})
    assert (other.status_code, other.json()["type"]) == (422, "urn:halopst:review-date-past")
    late = sends("post", f"/texts/{text.pk}/publish", {"version": 2})
    assert (late.status_code, late.json()["type"]) == (422, "urn:halopst:review-date-missing")


def test_the_list_goes_on_where_it_ended_and_is_narrowed(client, officer, monkeypatch):
    monkeypatch.setitem(vars(sys.modules["halopst.knowledge.api.texts"]), "MOST", 2)
    mine = [DocumentFactory(unit=officer.unit, title=f"Inflasi {n}") for n in range(3)]
    stale = DocumentFactory(unit=officer.unit, state="published", review_by=date(2020, 1, 1), kind="faq")
    DocumentFactory(unit=UnitFactory(), title="Inflasi lain")

    def listed(query=""):
        return [one["id"] for one in client.get(f"{BASE}/texts{query}").json()]

    newest = listed()
    assert newest == [stale.pk, mine[2].pk]
    assert listed(f"?before={newest[-1]}") == [mine[1].pk, mine[0].pk]
    assert listed("?state=stale") == listed("?kind=faq") == [stale.pk]
    assert listed(f"?q=inflasi%200&unit={officer.unit.code}&state=draft") == [mine[0].pk]
    assert listed("?unit=semua") == []
    assert client.get(f"{BASE}/texts?unit=9999").json()["type"] == "urn:halopst:unknown-unit"


def test_who_only_reads_gets_the_published_text_and_not_who_answers_for_it(client):
    client.force_login(UserFactory())
    text = DocumentFactory(state="published", owner=UserFactory(), unit=UnitFactory())

    assert client.get(f"{BASE}/texts/{text.pk}").json()["owner"] == ""
    assert client.get(f"{BASE}/texts/{text.pk}/versions").status_code == 403


def test_texts_of_all_offices_are_the_head_offices(officer, sends):
    answer = sends("post", "/texts", {"unit": "semua", "title": "Judul"})

    assert (answer.status_code, Document.objects.count()) == (403, 0)


def test_a_file_becomes_a_draft_and_a_bad_one_is_told(officer, sends):
    page = b"<html><body><h1>Cara kerja</h1><p>Isi tentang survei rumah tangga.</p></body></html>"
    unit = officer.unit.slug

    def give(**given):
        return sends("post", "/text-files", given, content_type=MULTIPART_CONTENT)

    made = give(unit=unit, file=SimpleUploadedFile("cara_kerja.html", page))
    assert (made.status_code, made.json()["title"], made.json()["state"]) == (201, "Cara kerja", "draft")
    assert "survei rumah tangga" in made.json()["text"]

    none = give(unit=unit)
    assert (none.status_code, none.json()["errors"][0]["at"]) == (422, ["body", "file"])
    bad = give(unit=unit, file=SimpleUploadedFile("a.html", b"bukan apa-apa"))
    assert (bad.status_code, bad.json()["type"]) == (422, "urn:halopst:not-readable")
    assert give(file=SimpleUploadedFile("a.html", page)).json()["type"] == "urn:halopst:unknown-unit"
    assert Document.objects.count() == 1


def test_a_repeat_with_the_same_key_writes_one_text(client, officer):
    body, headers = {"unit": officer.unit.slug, "title": "Sekali"}, {"Idempotency-Key": "kunci-yang-sama"}
    both = [
        client.post(f"{BASE}/texts", body, content_type="application/json", headers=headers).json()
        for _again in range(2)
    ]

    assert (both[0] == both[1], Document.objects.count()) == (True, 1)
