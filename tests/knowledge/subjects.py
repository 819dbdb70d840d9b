import tests.knowledge.data_subjects  # noqa: F401  # its rows register themselves
from tests.access.people import subject
from tests.knowledge.factories import DocumentFactory, DocumentVersionFactory


def a_draft(world, place, who):
    """Their own where they work in the office, else a colleague's."""
    unit = world.unit_at(place)
    is_self = place == "own" and who is not None and who.memberships.filter(unit=unit).exists()
    return DocumentFactory(unit=unit, owner=who if is_self else world.colleague(unit))


@subject("draft")
def draft(world, place, who):
    return {"kwargs": {"pk": a_draft(world, place, who).pk}}


@subject("old-version")
def old_version(world, place, who):
    then = DocumentVersionFactory(document=a_draft(world, place, who))
    return {"kwargs": {"pk": then.document_id, "number": then.number}}
