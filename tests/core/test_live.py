"""What happens is on the open page, and a cut loses nothing. How soon, `bench.live` measures."""

import json
import time
from datetime import timedelta

import httpx
import pytest
from django.db import connection, transaction
from django.utils import timezone

from halopst.core import hub, live
from halopst.core.live import announce, forget_old_events, latest_id, may_hear, missed
from halopst.core.models import LiveEvent
from tests.serving import serving


@pytest.fixture
def uji():
    """A topic anyone may hear with the right token."""
    live.topic("uji")(lambda _actor, _key, token: token == "boleh")
    yield "uji:1"
    del live._topics["uji"]


@pytest.fixture
def server(transactional_db):
    with serving() as address:
        yield address


class Page:
    """A browser's EventSource, as far as we need one."""

    def __init__(self, server, *topics, last=None):
        headers = {"Host": "localhost"} | ({"Last-Event-ID": str(last)} if last is not None else {})
        self.client = httpx.Client(timeout=30)
        params = [("topik", name) for name in topics] + [("tiket", "boleh")]
        request = self.client.build_request("GET", f"{server}/langsung/", params=params, headers=headers)
        self.response = self.client.send(request, stream=True)
        self.lines = self.response.iter_lines()

    def frame(self):
        fields = {}
        for line in self.lines:
            if not line and fields:
                return fields
            name, _, value = line.partition(": ")
            if name:
                fields[name] = value
        return None

    def told(self):
        frame = self.frame()
        return frame.get("event") or (frame["id"], json.loads(frame["data"])["kind"])

    def close(self):
        self.response.close()
        self.client.close()

    def __enter__(self):
        assert self.frame() == {"retry": "3000"}
        return self

    def __exit__(self, *_):
        self.close()


def test_an_event_reaches_an_open_page(server, uji):
    with Page(server, uji) as page:
        announce(uji, "berubah", {"case": 7})
        frame = page.frame()

    assert json.loads(frame["data"]) == {
        "id": int(frame["id"]),
        "topic": uji,
        "kind": "berubah",
        "data": {"case": 7},
    }


def test_after_a_cut_the_page_hears_what_it_missed_once_and_in_order(server, uji):
    with Page(server, uji) as page:
        announce(uji, "pertama", {})
        seen, _ = page.told()
    LiveEvent.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    announce(uji, "kedua", {})
    announce("uji:2", "orang lain", {})
    announce(uji, "ketiga", {})

    with Page(server, uji, last=seen) as page:
        assert [page.told()[1], page.told()[1]] == ["kedua", "ketiga"]
        announce(uji, "keempat", {})
        assert page.told()[1] == "keempat"


def test_the_listener_that_lost_its_database_looks_up_what_it_missed(server, uji, monkeypatch):
    monkeypatch.setattr(hub, "RETRY_AFTER", 0.1)
    with Page(server, uji) as page:
        announce(uji, "pertama", {})
        assert page.told()[1] == "pertama"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
        announce(uji, "saat terputus", {})
        assert page.told()[1] == "saat terputus"


def held_connections():
    """Of others than us, once those of earlier requests have gone; autovacuum's are nobody's."""
    deadline = time.monotonic() + 60
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            found = cursor.fetchone()[0]
        if found <= 1 or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


def test_many_pages_keep_one_database_connection(server, uji):
    pages = [Page(server, uji, "uji:2").__enter__() for _ in range(12)]
    connections = held_connections()
    announce(uji, "untuk semua", {})
    heard = [page.told()[1] for page in pages]
    for page in pages:
        page.close()

    assert connections == 1
    assert heard == ["untuk semua"] * 12


def test_nobody_hears_a_topic_that_is_not_theirs(client, db, uji):
    def status(**params):
        return client.get("/langsung/", params).status_code

    assert status(topik=uji, tiket="salah") == 404
    assert status(topik="tidak-ada:1", tiket="boleh") == 404
    assert status(topik=[uji, "tidak-ada:1"], tiket="boleh") == 404
    assert status() == 400
    assert status(topik=[f"uji:{n}" for n in range(61)], tiket="boleh") == 400
    assert status(topik=uji, tiket="boleh") == 200
    assert client.post("/langsung/").status_code == 405


def test_a_rollback_tells_nobody(transactional_db, uji):
    with transaction.atomic():
        announce(uji, "batal", {})
        transaction.set_rollback(True)
    assert LiveEvent.objects.count() == 0


@pytest.mark.django_db
def test_an_event_that_commits_late_is_replayed_although_its_number_is_lower(uji):
    announce(uji, "lambat", {})
    announce(uji, "cepat", {})

    assert [told.kind for told in missed(frozenset([uji]), latest_id())] == ["lambat"]


@pytest.mark.django_db
def test_what_cannot_be_replayed_is_said_so(uji, monkeypatch):
    assert missed(frozenset([uji]), 12345) is None
    announce(uji, "pertama", {})
    first = latest_id()
    announce(uji, "kedua", {})
    announce(uji, "ketiga", {})
    monkeypatch.setattr(live, "REPLAYED_AT_MOST", 1)
    assert missed(frozenset([uji]), first) is None


@pytest.mark.django_db
def test_events_are_kept_for_a_day(uji):
    announce(uji, "lama", {})
    LiveEvent.objects.update(created_at=timezone.now() - timedelta(hours=25))
    announce(uji, "baru", {})

    assert forget_old_events(now=timezone.now()) == 1
    assert list(LiveEvent.objects.values_list("kind", flat=True)) == ["baru"]


@pytest.mark.django_db
def test_an_event_carries_ids_not_content(uji):
    with pytest.raises(ValueError, match="send ids"):
        announce(uji, "terlalu besar", {"text": "x" * 5000})


def test_an_unknown_topic_is_nobodys():
    assert not may_hear(None, "entah:1", "")
    assert not may_hear(None, "", "")
