from datetime import timedelta

import pytest

from halopst.core import links


def test_a_link_opens_what_it_was_made_for():
    assert links.read("case", links.sign("case", {"id": 7})) == {"id": 7}


@pytest.mark.parametrize("spoil", [lambda t: t + "x", lambda t: t[:-3], lambda _: "", lambda _: "a:b:c"])
def test_an_altered_link_opens_nothing(spoil):
    with pytest.raises(links.BadLink):
        links.read("case", spoil(links.sign("case", {"id": 7})))


def test_a_link_for_one_purpose_does_not_serve_another():
    with pytest.raises(links.BadLink):
        links.read("rating", links.sign("case", {"id": 7}))


def test_an_old_link_says_so():
    with pytest.raises(links.BadLink, match="tidak berlaku lagi"):
        links.read("case", links.sign("case", {"id": 7}), max_age=timedelta(seconds=-1))
