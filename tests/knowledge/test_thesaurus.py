"""Words that say nearly the same."""

from importlib.resources import files

import pytest

from halopst.core.actors import ANONYMOUS
from halopst.knowledge.queries import search
from halopst.knowledge.rules.words.stopwords import STOP
from halopst.knowledge.rules.words.thesaurus import MOST, beside
from halopst.knowledge.services import reindex
from tests.knowledge.factories import DocumentFactory


def test_other_words_stand_for_the_stem_that_was_asked():
    found = beside(["biaya"])

    assert {"ongkos", "tarif"} <= found.keys()
    assert set(found.values()) == {"biaya"}
    assert len(beside(["penduduk"])) <= MOST


def test_what_was_asked_itself_stands_for_nothing_else():
    assert "tarif" not in beside(["biaya", "tarif"])
    assert beside(["zzz", "2024"]) == {}


def test_every_group_is_of_words_of_its_own():
    lines = (
        files("halopst.knowledge.rules.words")
        .joinpath("thesaurus.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )

    assert lines == sorted(set(lines))
    for words in (line.split() for line in lines):
        assert len(words) == len(set(words)) > 1
        assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
        assert STOP.isdisjoint(words)


@pytest.mark.django_db
def test_a_text_is_found_by_another_word_but_less_surely_than_by_its_own():
    texts = ("Ongkos kirim publikasi cetak ditanggung pemohon.", "Jam buka ruang baca.", "Peta desa.")
    reindex([DocumentFactory(state="published", title=text.split()[0], text=text) for text in texts])

    by_another, by_its_own = (search(ANONYMOUS, f"{word} kirim").hits for word in ("biaya", "ongkos"))

    assert [hit.document.title for hit in by_another] == ["Ongkos"]
    assert by_another[0].score < by_its_own[0].score
    assert [hit.document.title for hit in search(ANONYMOUS, "tarif").hits] == ["Ongkos"]
