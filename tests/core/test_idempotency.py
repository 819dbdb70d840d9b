"""A repeated API request acts once and gets the same answer (R-20)."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import path
from django.utils import timezone
from ninja import File, Form, NinjaAPI, Schema, UploadedFile

from halopst.audit.models import Entry
from halopst.audit.services import record
from halopst.core.actors import SYSTEM
from halopst.core.errors import Refused
from halopst.core.idempotency import forget_old_keys, idempotent
from halopst.core.models import IdempotencyKey
from tests.units.factories import HeadOfficeFactory

api = NinjaAPI(urls_namespace="idempotency-test")


class Note(Schema):
    text: str


@api.exception_handler(Refused)
def refused(request, error):
    return api.create_response(request, {"title": str(error.message)}, status=409)


def write(text):
    record(SYSTEM, "test.note", HeadOfficeFactory(), text=text)
    if text == "ditolak":
        raise Refused("Tidak bisa.")
    if text == "rusak":
        raise ZeroDivisionError
    return {"id": Entry.objects.latest("pk").pk}


@api.post("/notes")
@idempotent
def guarded(request: HttpRequest, note: Note):
    return write(note.text)


@api.post("/files")
@idempotent
def with_file(request: HttpRequest, text: Form[str], file: File[UploadedFile]):
    return {**write(text), "size": len(file.read())}


@api.post("/unguarded")
def unguarded(request: HttpRequest, note: Note):
    return write(note.text)


urlpatterns = [path("api/", api.urls)]
pytestmark = [pytest.mark.urls(__name__)]


def post(text="halo", key="kunci-pertama", url="/api/notes", client=None):
    headers = {"Idempotency-Key": key} if key else {}
    return (client or Client()).post(
        url, json.dumps({"text": text}), content_type="application/json", headers=headers
    )


@pytest.mark.django_db
def test_a_repeat_gets_the_first_answer_and_changes_nothing():
    first, second = post(), post()

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert second.headers["Idempotent-Replay"] == "true"
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_declined():
    post()
    other = post(text="lain")

    assert other.status_code == 422
    assert other.headers["Content-Type"] == "application/problem+json"
    assert other.json()["type"] == "urn:halopst:key-reused"
    assert Entry.objects.count() == 1


def form(boundary, content="isi", text="halo"):
    """A form with a file as a program sends it, its parts held apart by `boundary`."""
    parts = [
        f'name="text"\r\n\r\n{text}',
        f'name="file"; filename="surat.pdf"\r\nContent-Type: application/pdf\r\n\r\n{content}',
    ]
    said = "".join(f"--{boundary}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    return Client().post(
        "/api/files",
        f"{said}--{boundary}--\r\n",
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Idempotency-Key": "kunci-berkas"},
    )


@pytest.mark.django_db
def test_a_form_with_a_file_is_the_same_however_its_parts_are_held_apart():
    first, again = form("satu"), form("dua")
    others = [form("tiga", content="lain"), form("empat", text="lain")]

    assert (first.json()["size"], again.content, again.headers["Idempotent-Replay"]) == (
        3,
        first.content,
        "true",
    )
    assert [answer.json()["type"] for answer in others] == ["urn:halopst:key-reused"] * 2
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_file_may_be_larger_than_a_body(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000

    assert form("satu", content="x" * 5_000).json()["size"] == 5_000


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "pendek", "x" * 256, "baris\u0085baru-tak-tercetak"])
def test_a_request_without_a_fit_key_is_told_what_to_send(key):
    response = post(key=key)

    assert response.status_code == 422
    assert "Idempotency-Key" in response.json()["title"]
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_refusal_is_an_answer_too():
    first, second = post(text="ditolak"), post(text="ditolak")

    assert (first.status_code, second.status_code) == (409, 409)
    assert first.content == second.content


@pytest.mark.django_db
def test_a_failure_keeps_nothing_so_the_repeat_may_succeed(client):
    client.raise_request_exception = False
    assert post(text="rusak", client=client).status_code == 500

    assert not Entry.objects.exists()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
def test_answers_are_forgotten_after_a_week():
    post()
    assert forget_old_keys(now=timezone.now() + timedelta(days=6)) == 0
    assert forget_old_keys(now=timezone.now() + timedelta(days=8)) == 1


def rush(url, times):
    answers = []
    gate = threading.Barrier(times)

    def one():
        client = Client()
        gate.wait()
        try:
            answers.append(post(url=url, client=client).content)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_a_hundred_repeats_in_parallel_waves_have_one_effect_and_one_answer():
    HeadOfficeFactory()
    answers = [answer for _ in range(5) for answer in rush("/api/notes", 20)]

    assert len(answers) == 100
    assert len(set(answers)) == 1
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_the_same_rush_acts_many_times():
    """The negative control: the race above can be lost."""
    HeadOfficeFactory()

    rush("/api/unguarded", 20)

    assert Entry.objects.count() == 20
