"""The guard over names in templates: it fails where Django would print nothing."""

import pytest
from django.template import Context, Template

from halopst.units.models import Unit


def drawn(text, **values):
    return Template(text).render(Context(values))


def test_a_name_no_model_has_fails_the_page():
    with pytest.raises(AssertionError, match=r"Unit has no unit\.motto"):
        drawn("{{ unit.motto }}", unit=Unit(name="BPS Contoh"))
    with pytest.raises(AssertionError, match=r"Unit has no unit\.motto"):
        drawn("{% if unit.motto %}a{% endif %}", unit=Unit(name="BPS Contoh"))


def test_what_is_not_there_for_another_reason_is_left_to_the_page():
    assert drawn("{{ unit.name }}{{ nobody.name }}{{ typed.title }}", unit=Unit(name="A"), typed={}) == "A"
