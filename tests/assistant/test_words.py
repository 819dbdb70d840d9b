"""The tables of words: nothing stands there twice, and nothing that no question can reach."""

from collections import Counter
from importlib.resources import files

import pytest

from halopst.assistant.rules.language.word_tables import table
from halopst.core.spelling import words

TABLES = sorted(
    one.name.removesuffix(".toml")
    for one in files("halopst.assistant.rules.language").joinpath("words").iterdir()
)


def lists(part):
    """Every list of a table, however deep it stands."""
    if isinstance(part, dict):
        return [found for one in part.values() for found in lists(one)]
    if isinstance(part, list) and part and not isinstance(part[0], str):
        return [found for one in part for found in lists(one)]
    return [part] if isinstance(part, list) else []


def holds(phrase, other):
    return phrase != other and f" {other} " in f" {phrase} "


@pytest.mark.parametrize("name", TABLES)
def test_no_word_stands_twice_in_a_list(name):
    said = table(name)
    if name == "names":
        said = {kind: names.split() for kind, names in said.items()}

    twice = [word for one in lists(said) for word, times in Counter(one).items() if times > 1]
    assert twice == []


def test_every_filler_word_is_a_single_word_as_questions_are_read():
    said = table("intents")["words"]
    singles = [one for name in ("filler", "filler_english", "beside", "purposes") for one in said[name]]

    assert [one for one in singles if words(one) != (one,)] == []


@pytest.mark.parametrize("intent", table("intents")["intent"], ids=lambda intent: intent["kind"])
def test_no_phrase_of_an_intent_comes_after_a_shorter_one_within_it(intent):
    phrases = intent["phrases"]

    assert [one for one in phrases if any(holds(one, other) for other in phrases)] == []


def test_no_phrase_for_bounds_repeats_one_that_asks_for_all_regions():
    regions = table("regions")
    spread = [phrase for phrases in regions["spread"].values() for phrase in phrases]
    counted = [phrase for phrases in regions["counted"].values() for phrase in phrases]

    assert [one for one in counted if any(holds(one, other) or one == other for other in spread)] == []
