"""Two who wait for each other: the one the database breaks off is told to try again, and nothing else is."""

import json

import psycopg
import pytest
from django.db import OperationalError

from halopst.config.problems import _broken
from halopst.core.refusals import RefusalMiddleware

pytestmark = pytest.mark.django_db
SENTENCE = "Orang lain sedang mengubah data yang sama"


def raised(cause):
    error = OperationalError("...")
    error.__cause__ = cause
    return error


@pytest.fixture
def page(rf):
    request = rf.post("/mitra/", headers={"hx-request": "true"})
    request.htmx = True
    return request


def test_a_page_says_that_somebody_else_was_at_it(page):
    answer = RefusalMiddleware(None).process_exception(page, raised(psycopg.errors.DeadlockDetected()))

    assert answer.status_code == 503
    assert SENTENCE in answer.content.decode()


def test_a_program_may_send_the_same_again(rf):
    answer = _broken(rf.post("/api/v1/x"), raised(psycopg.errors.DeadlockDetected()))

    told = json.loads(answer.content)
    assert (answer.status_code, told["type"]) == (503, "urn:halopst:busy")
    assert told["title"].startswith(SENTENCE)


def test_any_other_failure_of_the_database_stays_one(page):
    assert RefusalMiddleware(None).process_exception(page, raised(psycopg.OperationalError())) is None
