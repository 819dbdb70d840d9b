"""What takes long is done once for a key, without a transaction held while it is at work."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import path
from django.utils import timezone
from ninja import NinjaAPI, Schema

from halopst.core.claimed import CLAIMED_FOR, claimed
from halopst.core.models import IdempotencyKey
from tests.races import PATIENCE

api = NinjaAPI(urls_namespace="claimed-test")
worked: list[str] = []
gate = threading.Event()


class Note(Schema):
    text: str


@api.post("/notes")
@claimed(keeps=lambda response: response.status_code == 200 and b"mahal" in response.content)
def work(request: HttpRequest, note: Note):
    worked.append(note.text)
    if note.text == "rusak":
        raise ZeroDivisionError
    if note.text == "mahal lama":
        gate.wait(PATIENCE)
    return {"text": note.text, "times": len(worked)}


urlpatterns = [path("api/", api.urls)]
pytestmark = [pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def nothing_done_yet():
    worked.clear()
    gate.clear()


def post(text="mahal", key="kunci-pertama", client=None, **more):
    headers = {"Idempotency-Key": key} if key is not None else {}
    return (client or Client()).post(
        "/api/notes", json.dumps({"text": text}), content_type="application/json", headers=headers, **more
    )


@pytest.mark.django_db
def test_a_repeat_gets_the_first_answer_and_the_work_is_not_done_again():
    first, second = post(), post()

    assert (second.status_code, second.content) == (200, first.content)
    assert (second.headers["Idempotent-Replay"], worked) == ("true", ["mahal"])


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "key"), [("murah", "kunci-pertama"), ("mahal", None)])
def test_what_cost_nothing_or_came_without_a_key_is_done_anew_and_nothing_is_kept(text, key):
    post(text, key), post(text, key)

    assert (worked, IdempotencyKey.objects.exists()) == ([text, text], False)


@pytest.mark.django_db
def test_a_failure_gives_the_key_back(client):
    client.raise_request_exception = False

    assert (post("rusak", client=client).status_code, IdempotencyKey.objects.exists()) == (500, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "key", "status"), [("mahal 2", "kunci-pertama", 422), ("mahal", "pendek", 422)]
)
def test_another_body_or_an_unfit_key_is_declined_and_nothing_is_done(text, key, status):
    post()

    assert (post(text, key).status_code, worked) == (status, ["mahal"])


@pytest.mark.django_db
def test_the_same_key_from_another_network_is_another_key():
    post(), post(REMOTE_ADDR="198.51.100.7")

    assert len(worked) == 2


@pytest.mark.django_db
def test_who_claimed_a_key_and_died_does_not_hold_it_for_ever():
    post()
    IdempotencyKey.objects.update(status=0, body="", created_at=timezone.now() - CLAIMED_FOR / 2)
    still = post()
    IdempotencyKey.objects.update(created_at=timezone.now() - CLAIMED_FOR - timedelta(seconds=1))

    assert (still.status_code, still.headers["Retry-After"], post().status_code) == (409, "3", 200)
    assert len(worked) == 2


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_one_works_and_the_others_come_back_for_its_answer():
    answers = []

    def one():
        try:
            answers.append(post("mahal lama").status_code)
        finally:
            connection.close()
            if answers.count(409) == 19:
                gate.set()

    threads = [threading.Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(answers), len(worked)) == ([200] + [409] * 19, 1)
    assert post("mahal lama").headers["Idempotent-Replay"] == "true"
