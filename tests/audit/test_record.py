import pytest
from django.db import DatabaseError, transaction

from halopst.audit.models import Entry
from halopst.audit.services import record
from halopst.core.actors import SYSTEM
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def test_a_record_keeps_who_did_what_to_which_row():
    unit = UnitFactory()
    record(SYSTEM, "unit.renamed", unit, before="A", after="B")

    entry = Entry.objects.get()
    assert (entry.action, entry.actor_label, entry.subject_type, entry.subject_id) == (
        "unit.renamed",
        "sistem",
        "units.unit",
        unit.pk,
    )
    assert entry.details == {"before": "A", "after": "B"}


@pytest.mark.parametrize("change", [lambda rows: rows.update(action="x"), lambda rows: rows.delete()])
def test_the_record_cannot_be_rewritten(change):
    record(SYSTEM, "unit.renamed", UnitFactory())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Entry.objects.all())
    assert Entry.objects.get().action == "unit.renamed"
