"""Templates ask a model only for what it has: Django prints nothing for the rest, so that nobody notices."""

from django.db.models import Model
from django.template.base import Variable, VariableDoesNotExist

_look_up = Variable._resolve_lookup


def _look_up_strictly(variable, context):
    """As Django does, but a name that a model does not have fails the test that drew the page."""
    try:
        return _look_up(variable, context)
    except VariableDoesNotExist as missing:
        holder = missing.params[1] if len(missing.params) > 1 else None
        assert not isinstance(holder, Model), f"{type(holder).__name__} has no {variable.var}"
        raise


def fail_on_names_no_model_has():
    Variable._resolve_lookup = _look_up_strictly
