"""No row leaks between units: proven for every model that has an owner, present and future."""

import importlib

import pytest
from django.apps import apps

from halopst.accounts.roles import ROLES
from halopst.core.actors import ANONYMOUS, SYSTEM, Actor
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
OWNED = [
    m for m in apps.get_models() if m.__module__.startswith("halopst.") and getattr(m, "unit_path", None)
]
EVERY_PERMISSION = frozenset().union(*ROLES.values())


def factory_for(model):
    module = importlib.import_module(f"tests.{model._meta.app_label}.factories")
    return getattr(module, f"{model.__name__}Factory")


@pytest.mark.parametrize("model", OWNED, ids=lambda m: m._meta.label)
def test_staff_see_only_their_units(model):
    ours, theirs = UnitFactory.create_batch(2)
    own = factory_for(model)(**{model.unit_path: ours})
    factory_for(model)(**{model.unit_path: theirs})
    staff = Actor(user_id=-1, grants={permission: frozenset({ours.pk}) for permission in EVERY_PERMISSION})

    assert own in model._default_manager.visible_to(staff)
    if not getattr(model, "public", False):
        assert not model._default_manager.visible_to(staff).filter(**{model.unit_path: theirs}).exists()


@pytest.mark.parametrize("model", OWNED, ids=lambda m: m._meta.label)
def test_the_system_sees_everything_and_strangers_nothing(model):
    row = factory_for(model)()

    assert row in model._default_manager.visible_to(SYSTEM)
    if not getattr(model, "public", False):
        assert list(model._default_manager.visible_to(ANONYMOUS)) == []
