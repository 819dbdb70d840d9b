"""The demonstration's texts: written by its people, found at once; one is overdue, one not yet published."""

from datetime import UTC, datetime

import pytest

from halopst.core.actors import ANONYMOUS
from halopst.core.reference import load_all
from halopst.demo.offices import build_offices
from halopst.demo.texts import build_texts
from halopst.knowledge.models import Document
from halopst.knowledge.queries import search

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_texts_are_published_by_their_offices_but_for_a_draft_and_one_is_overdue():
    load_all(lambda _line: None)
    build_offices(password="Kata-sandi-uji-9", now=NOW)
    build_texts(now=NOW)

    shared = Document.objects.filter(unit=None)
    assert (shared.filter(state="published").count(), shared.filter(state="draft").count()) == (31, 1)
    assert Document.objects.exclude(unit=None).filter(state="published").count() == 14
    assert [row.title for row in shared if row.is_stale(NOW.date())] == [
        "Panduan memakai tabel dinamis versi lama"
    ]
    found = search(ANONYMOUS, "Apa bedanya harga berlaku dan harga konstan?").hits[0]
    assert (found.document.title, found.heading) == (
        "Produk Domestik Regional Bruto (PDRB)",
        "Harga berlaku dan harga konstan",
    )
