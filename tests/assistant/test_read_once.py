"""Whether anything has changed is asked of the database once for a question, however long it is."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.assistant.services.answering.asking import ask
from halopst.core.actors import ANONYMOUS
from halopst.knowledge.models import Indicator
from tests.assistant.factories import NOW, surabaya


def asked(office, question):
    return ask(ANONYMOUS, question=question, unit=office, client="", now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    ["ipm surabaya dan gresik 2025", "5 kabupaten termiskin di jatim", "berapa tpt sidoarjo, dan trennya?"],
)
def test_one_question_asks_the_database_once_whether_anything_changed(question):
    office = surabaya()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        asked(office, question)

    stamps = Counter(one["sql"] for one in seen.captured_queries if re.search(r"COUNT\(.*MAX\(", one["sql"]))
    assert stamps
    assert [sql for sql, times in stamps.items() if times > 1] == []


@pytest.mark.django_db
def test_the_next_question_knows_a_name_that_was_changed_since():
    office = surabaya()
    assert not asked(office, "indeks keceriaan surabaya").figures

    one = Indicator.objects.get(unit__code="3500", name="Indeks Pembangunan Manusia")
    one.name = "Indeks Keceriaan"
    one.save()

    assert asked(office, "indeks keceriaan surabaya").title == "Indeks Keceriaan"
