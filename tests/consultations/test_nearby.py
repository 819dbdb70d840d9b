"""Whoever writes a topic is shown what may answer it already."""

from datetime import date

import pytest
from django.urls import reverse

from halopst.knowledge import services
from tests.knowledge.factories import DocumentFactory
from tests.scheduling.factories import NOW
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    office = UnitFactory()
    told = {"unit": office, "state": "published"}
    read = DocumentFactory(
        **told, title="Garis kemiskinan", text="Garis kemiskinan antarkabupaten dapat dibandingkan."
    )
    old = DocumentFactory(
        **told,
        title="Garis kemiskinan lama",
        text="Garis kemiskinan antarkabupaten.",
        review_by=date(2026, 1, 1),
    )
    other = DocumentFactory(
        unit=UnitFactory(),
        state="published",
        title="Garis kemiskinan di tempat lain",
        text="Garis kemiskinan antarkabupaten.",
    )
    services.reindex([read, old, other])
    return office


def nearby(client, office, topic):
    return client.get(reverse("consultations:nearby", args=[office.slug]), {"topic": topic}).content.decode()


def test_texts_on_the_topic_are_offered_but_none_due_for_review_nor_of_another_office(client, office):
    page = nearby(client, office, "Garis kemiskinan antarkabupaten")
    assert "1 tulisan yang mungkin sudah menjawab" in page
    assert page.count("<li>") == 1
    assert ">Garis kemiskinan<" in page


@pytest.mark.parametrize("topic", ["", "  ", "Harga satuan pokok kegiatan", "\0"])
def test_nothing_is_offered_where_nothing_comes_near(client, office, topic):
    assert nearby(client, office, topic).strip() == ""
