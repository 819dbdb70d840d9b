"""The demonstration's questions: asked, gathered and drafted through the services, once."""

from datetime import UTC, datetime

import pytest

from halopst.assistant.models import Correction, QuestionGroup, Remedy
from halopst.assistant.queries import groups as queries
from halopst.assistant.queries.groups import Choice
from halopst.core.reference import load_all
from halopst.demo.figures import build_figures
from halopst.demo.offices import build_offices
from halopst.demo.questions import build_questions_once
from halopst.demo.texts import build_texts
from halopst.units.models import Unit

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_queue_has_something_to_show_and_nothing_is_approved():
    load_all(lambda _line: None)
    build_offices(password="Kata-sandi-uji-9", now=NOW)
    build_figures(now=NOW)
    build_texts(now=NOW)
    assert build_questions_once(now=NOW) is True
    assert build_questions_once(now=NOW) is False

    groups = queries.groups(Unit.objects.get(code="3500"), Choice(), state="open", now=NOW)
    assert [(group.times, group.question) for group in groups[:2]] == [
        (4, "syarat mahasiswa magang"),
        (3, "jumlah produksi jagung di Jawa Timur 2024 berapa ya?"),
    ]
    assert sorted(Remedy.objects.values_list("kind", flat=True)) == ["data", "faq", "synonym"]
    assert Correction.objects.count() == 1
    assert not QuestionGroup.objects.exclude(state="open").exists()
