"""Which setup (model and instructions) words the answers of an office."""

from django.conf import settings
from django.db.models import F, Q

from halopst.assistant.language_models import provided
from halopst.assistant.language_models.prompt import VERSIONS
from halopst.assistant.models import Setup
from halopst.assistant.rules.evaluation.setups import NO_MODEL, Using
from halopst.units.models import Unit

LONGEST = 120


def configured() -> Using:
    """The setup of the installation: its models in the order they are asked, with the newest instructions."""
    return next(iter(_with_models()), NO_MODEL)


def _with_models() -> list[Using]:
    """The models of the installation with each version of our instructions, the newest first."""
    models = ", ".join(one.label for one in provided(settings.MODELS))[:LONGEST]
    return [Using(models, version) for version in VERSIONS] if models else []


def in_use(unit: Unit | None) -> Using:
    """The setup the office uses, else the national one, else none.

    A setup that the installation no longer has is not in use: it is not the one that was evaluated.
    """
    rows = Setup.objects.filter(Q(unit=unit) | Q(unit=None), is_active=True)
    found = rows.order_by(F("unit").asc(nulls_last=True)).first()
    using = Using(found.model, found.prompt) if found else NO_MODEL
    return using if using in _with_models() else NO_MODEL


def choices() -> list[Using]:
    """What an admin may evaluate and put to use."""
    return [NO_MODEL, *_with_models()]
