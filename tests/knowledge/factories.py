from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.knowledge import services
from halopst.knowledge.models import DataRequest, Document, DocumentVersion, Passage, Synonym
from halopst.knowledge.rules.words.synonyms import key_of
from tests.accounts.factories import UserFactory
from tests.knowledge.figure_factories import (  # noqa: F401  # one place to look for every factory
    BreakdownFactory,
    CatalogueItemFactory,
    CellFactory,
    CellRevisionFactory,
    DataSourceFactory,
    FigureImportFactory,
    IndicatorFactory,
    RegionFactory,
    ReleaseDateFactory,
    SyncFactory,
    WebApiAccessFactory,
)
from tests.units.factories import UnitFactory


class DocumentFactory(ModelFactory[Document]):
    """A draft of an office."""

    class Meta:
        model = Document

    unit = factory.SubFactory(UnitFactory)
    external_id = factory.Sequence(lambda n: f"tulisan-{n}")
    title = factory.Sequence(lambda n: f"Tulisan {n}")
    text = "Inflasi adalah kenaikan harga secara umum."
    edited_at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class DocumentVersionFactory(ModelFactory[DocumentVersion]):
    class Meta:
        model = DocumentVersion

    document = factory.SubFactory(DocumentFactory)
    number = 1
    title = "Tulisan"
    text = "Begitu dulu."
    written_at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class PassageFactory(ModelFactory[Passage]):
    class Meta:
        model = Passage

    document = factory.SubFactory(DocumentFactory)
    position = 0
    text = "Inflasi adalah kenaikan harga secara umum."


class SynonymFactory(ModelFactory[Synonym]):
    """Proposed, and waiting for a second person."""

    class Meta:
        model = Synonym

    unit = factory.SubFactory(UnitFactory)
    phrase = factory.Sequence(lambda n: f"angka nganggur {n}")
    key = factory.LazyAttribute(lambda made: key_of(made.phrase))
    means = "tingkat pengangguran terbuka"
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class DataRequestFactory(ModelFactory[DataRequest]):
    class Meta:
        model = DataRequest

    unit = factory.SubFactory(UnitFactory)
    topic = "Produksi padi"
    asked_by = factory.SubFactory(UserFactory)
    asked_at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def publish(title, text, **more):
    """A text of all offices that the search finds."""
    document = DocumentFactory(**{"unit": None, "state": "published", "title": title, "text": text, **more})
    services.reindex([document])
    return document
