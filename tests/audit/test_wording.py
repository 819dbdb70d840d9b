"""Everything the platform records has a name a head of office can read."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

import halopst
from halopst.audit.models import Entry
from halopst.audit.queries import entries
from halopst.audit.services import record
from halopst.audit.wording import action_name, known_actions, known_subjects
from halopst.core.actors import SYSTEM
from tests.units.factories import UnitFactory

SOURCES = sorted(Path(halopst.__file__).parent.rglob("*.py"))


def recorded(source):
    """The codes given to `record` and its kin, as far as they are written out."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        told = node.args[1:2] if name in {"record", "_record"} else []
        told += [each.value for each in node.keywords if each.arg == "action"]
        for value in told:
            choices = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
            yield from (
                each.value for each in choices if isinstance(each, ast.Constant) and "." in str(each.value)
            )


def test_every_recorded_action_has_a_name():
    codes = {code for path in SOURCES for code in recorded(path.read_text(encoding="utf-8"))}
    assert len(codes) > 80
    assert codes - known_actions() == set()


def test_an_action_without_a_name_is_found():
    assert list(recorded('record(actor, "cases.burnt" if late else "cases.lost", case)')) == [
        "cases.burnt",
        "cases.lost",
    ]


@pytest.mark.parametrize("model", sorted(known_subjects()))
def test_every_named_subject_is_a_model(model):
    assert apps.get_model(model)._meta.label_lower == model


@pytest.mark.django_db
def test_the_record_is_searched_by_the_names_people_read():
    unit = UnitFactory()
    record(SYSTEM, "units.maklumat-published", unit, unit_id=unit.pk)
    record(SYSTEM, "units.unit-added", unit, unit_id=unit.pk)

    found = entries(SYSTEM, text="maklumat terb")

    assert [action_name(entry.action) for entry in found] == ["Maklumat terbit"]
    assert Entry.objects.count() == 2


def test_what_an_older_version_recorded_keeps_its_code():
    assert action_name("cases.closed") == "cases.closed"
