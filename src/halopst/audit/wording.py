"""What the record calls things, for people: each domain registers its own words in a module `audited`."""

from collections.abc import Mapping

from django.utils.functional import Promise

_actions: dict[str, Promise] = {}
_subjects: dict[str, Promise] = {}


def name_recorded(*, actions: Mapping[str, Promise], subjects: Mapping[str, Promise]) -> None:
    """`actions` by the code given to `audit.services.record`, `subjects` by the model's `app.model`."""
    _actions.update(actions)
    _subjects.update(subjects)


def action_name(code: str) -> str:
    """The code itself for what an older version recorded."""
    return str(_actions.get(code, code))


def subject_name(model: str) -> str:
    return str(_subjects.get(model, model))


def known_actions() -> frozenset[str]:
    return frozenset(_actions)


def known_subjects() -> frozenset[str]:
    return frozenset(_subjects)


def actions_called(text: str) -> list[str]:
    """The codes of all actions whose name, in the reader's language, holds `text`."""
    wanted = text.casefold()
    return [code for code, name in _actions.items() if wanted in str(name).casefold()]
