"""Verbs as people speak them, read as texts write them."""

import pytest

from halopst.knowledge.queries.question_terms import asked
from halopst.knowledge.rules.words.spoken_verbs import forms
from tests.knowledge.factories import publish


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("ngutip", "mengutip"),
        ("ngumpulin", "mengumpulkan"),
        ("batalin", "batalkan"),
        ("nyusun", "menyusun"),
        ("nulis", "menulis"),
        ("ngecek", "mengecek"),
    ],
)
def test_the_likeliest_form_comes_first(said, written):
    assert forms(said)[0] == written


@pytest.mark.parametrize("word", ["data", "angka", "izin", "ipm"])
def test_words_that_are_no_spoken_verbs_have_no_other_forms(word):
    assert [one for one in forms(word) if one == word] == []
    assert len(word) > 4 or forms(word) == []


@pytest.mark.django_db
def test_a_spoken_verb_is_read_only_where_a_text_has_it():
    publish("Mengutip data", "Cara mengutip data ditulis di sini, dan janji dapat dibatalkan.")

    assert asked("cara ngutip data").repaired == {"ngutip": "mengutip"}
    assert asked("batalin janji").repaired == {"batalin": "batalkan"}
    assert "ngaduin" not in asked("ngaduin data").repaired
