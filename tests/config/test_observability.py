import json
import logging

import pytest
from django.db import connection

from halopst.config.observability.logs import logging_config
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_process_that_answers_is_healthy(client):
    assert client.get("/healthz").content == b"ok\n"


def test_a_process_with_its_tables_is_ready(client):
    assert client.get("/readyz").json() == {"ready": True, "problems": []}


def test_a_process_whose_tables_are_behind_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")

    response = client.get("/readyz")

    assert (response.status_code, response.json()["problems"]) == (503, ["migrations"])


def test_metrics_open_to_the_token_alone(client, settings):
    settings.METRICS_TOKEN = "rahasia"
    client.get("/healthz")

    page = client.get("/metrics", headers={"Authorization": "Bearer rahasia"}).content.decode()

    assert 'halopst_requests_total{method="GET",route="healthz",status="200"}' in page
    assert client.get("/metrics", headers={"Authorization": "Bearer salah"}).status_code == 403
    assert client.get("/metrics").status_code == 403


def test_without_a_token_set_no_one_reads_metrics(client, settings):
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 403


def test_a_warning_tells_why_and_nothing_else(capsys):
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    logging.config.dictConfig(logging_config("INFO"))
    try:
        logging.getLogger("halopst.x").warning(
            "model.failed", extra={"provider": "P", "reason": "dead", "request": "Nama Rahasia"}
        )
        logging.getLogger("httpx2").info("HTTP Request: POST https://contoh.example/?key=rahasia")
    finally:
        root.handlers[:], _ = kept[0], root.setLevel(kept[1])

    [line] = capsys.readouterr().err.strip().splitlines()
    assert (json.loads(line)["provider"], json.loads(line)["reason"]) == ("P", "dead")
    assert "rahasia" not in line.lower()


def test_a_request_line_names_the_route_and_no_person(client, capsys):
    person = UserFactory(email="rahasia@contoh.id", name="Nama Rahasia")
    client.force_login(person)
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    logging.config.dictConfig(logging_config("INFO"))
    try:
        client.get("/healthz?q=nama%20rahasia")
    finally:
        root.handlers[:], _ = kept[0], root.setLevel(kept[1])

    line = json.loads(capsys.readouterr().err.strip().splitlines()[-1])
    assert (line["event"], line["route"], line["status"]) == ("request", "healthz", 200)
    assert "rahasia" not in json.dumps(line).lower()
