"""Which setup words an office's answers."""

from django.db.models import F, Q

from halopst.assistant.models import Setup
from halopst.assistant.rules.setups import NO_MODEL, Using
from halopst.units.models import Unit


def in_use(unit: Unit | None) -> Using:
    """The one the office has in use, else the national one, else no model."""
    rows = Setup.objects.filter(Q(unit=unit) | Q(unit=None), is_active=True)
    found = rows.order_by(F("unit").asc(nulls_last=True)).first()
    return Using(found.model, found.prompt) if found else NO_MODEL


def choices(unit: Unit | None) -> list[Using]:
    """What an admin may evaluate and put to use: no model, and what was listed before."""
    rows = Setup.objects.filter(Q(unit=unit) | Q(unit=None)).values_list("model", "prompt")
    listed = dict.fromkeys(Using(*row) for row in rows.order_by("model", "prompt"))
    return list(dict.fromkeys([NO_MODEL, *listed]))
