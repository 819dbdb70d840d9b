"""Text and index never disagree: not after any change, not with two writers at once, not after a failure."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from halopst.core.actors import SYSTEM
from halopst.knowledge import services
from halopst.knowledge.models import Document, Passage, Posting, Term
from halopst.knowledge.rules.search.index_entries import entries
from halopst.knowledge.services import Content
from tests.knowledge.factories import DocumentFactory
from tests.races import all_at_once
from tests.units.factories import HeadOfficeFactory

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SOON = date(2027, 5, 1)


def what_the_texts_say():
    """The index as it should be: every term with the passages it stands in, worked out anew."""
    expected = set()
    for document in Document.objects.filter(state="published"):
        for passage in document.passages.all():
            found = entries(f"{document.title}\n{passage.heading}", passage.text)
            expected |= {(1, word, passage.pk) for word in found.words}
            expected |= {(2, stem, passage.pk) for stem in found.stems}
    return expected


def check_index():
    expected = what_the_texts_say()
    assert set(Posting.objects.values_list("term__kind", "term__text", "passage_id")) == expected
    counted = Counter((kind, text) for kind, text, _passage in expected) + Counter(
        {(0, ""): Passage.objects.count()}
    )
    assert {
        (kind, text): df for kind, text, df in Term.objects.values_list("kind", "text", "df") if df
    } == counted


def a_text(text="Inflasi adalah kenaikan harga.", **more):
    return Content(title="Inflasi", text=text, review_by=SOON, **more)


@pytest.mark.django_db
def test_the_index_follows_a_text_through_its_life():
    HeadOfficeFactory()
    document = services.write(SYSTEM, unit=None, content=a_text(), now=NOW)
    assert Posting.objects.count() == 0

    services.publish(SYSTEM, document, now=NOW)
    other = services.write(SYSTEM, unit=None, content=a_text("Kemiskinan dan inflasi."), now=NOW)
    services.publish(SYSTEM, other, now=NOW)
    check_index()
    assert Term.objects.get(kind=1, text="inflasi").df == 2

    longer = a_text("Harga naik.\n\n## Cara membaca\n\nBandingkan dengan tahun lalu.")
    services.edit(SYSTEM, document, content=longer, expected_version=1, now=NOW)
    check_index()
    assert document.passages.count() == 2

    services.withdraw(SYSTEM, document)
    check_index()
    assert (Term.objects.get(kind=1, text="bandingkan").df, document.passages.count()) == (0, 0)


@pytest.mark.django_db
def test_a_change_that_fails_leaves_neither_text_nor_index_behind():
    HeadOfficeFactory()
    document = services.write(SYSTEM, unit=None, content=a_text(), now=NOW)

    def fail_afterwards():
        with transaction.atomic():
            services.publish(SYSTEM, document, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_afterwards()
    assert Document.objects.get().state == "draft"
    assert (Passage.objects.count(), Posting.objects.count(), Term.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_neither_lock_each_other_out_nor_miscount():
    texts = [
        "alpha beta gamma delta",
        "delta gamma beta alpha",
        "gamma alpha delta beta",
        "beta delta alpha gamma",
    ]
    documents = [DocumentFactory(state="published", text=text, title="") for text in texts]

    def write(document):
        for _round in range(3):
            services.reindex([document])

    assert all_at_once(*[lambda one=one: write(one) for one in documents]) == [None] * 4
    check_index()
    assert Term.objects.get(kind=1, text="alpha").df == 4


@pytest.mark.django_db
def test_the_database_refuses_a_count_below_none():
    Term.objects.create(kind=1, text="inflasi", df=0)
    with connection.cursor() as cursor, pytest.raises(Exception, match="a_term_stands_in_no_fewer_than_none"):
        cursor.execute("UPDATE knowledge_term SET df = -1")
