import tests.knowledge.data_subjects  # noqa: F401  # its rows register themselves
from tests.access.people import subject
from tests.knowledge.factories import (
    DataRequestFactory,
    DocumentFactory,
    DocumentVersionFactory,
    SynonymFactory,
)


def a_draft(world, place, who):
    """Their own where they work in the office, else a colleague's."""
    unit = world.unit_at(place)
    is_self = place == "own" and who is not None and who.memberships.filter(unit=unit).exists()
    return DocumentFactory(unit=unit, owner=who if is_self else world.colleague(unit))


@subject("draft")
def draft(world, place, who):
    return {"kwargs": {"pk": a_draft(world, place, who).pk}}


@subject("written-text")
def written_text(world, place, who):
    return {"data": {"unit": world.unit_at(place).slug, "title": "Judul", "text": "Isi."}}


@subject("old-version")
def old_version(world, place, who):
    then = DocumentVersionFactory(document=a_draft(world, place, who))
    return {"kwargs": {"pk": then.document_id, "number": then.number}}


@subject("synonym")
def a_colleagues_synonym(world, place, who):
    unit = world.unit_at(place)
    return {"kwargs": {"pk": SynonymFactory(unit=unit, proposed_by=world.colleague(unit)).pk}}


@subject("synonym-of-office")
def a_synonym_of_an_office(world, place, who):
    phrase = {"phrase": "angka nganggur", "means": "tingkat pengangguran terbuka"}
    return {"data": {"unit": world.unit_at(place).slug, **phrase}}


@subject("data-request")
def data_request(world, place, who):
    unit = world.unit_at(place)
    return {"kwargs": {"slug": unit.slug, "pk": DataRequestFactory(unit=unit).pk}}
