"""How surely something answers, and how the weights behind that are found."""

import random

import pytest

from bench.logistic import fit, probability
from halopst.knowledge.rules.search.answer_kinds import Sought
from halopst.knowledge.rules.search.confidence import WEIGHTS, confidence
from halopst.knowledge.rules.search.definitions import defines
from halopst.knowledge.rules.search.ranking import Sieve, read
from halopst.knowledge.rules.words.tokens import stemmed

NOTHING = dict.fromkeys(WEIGHTS, 0.0)
ALL = {
    **NOTHING,
    "covered": 1.0,
    "bm25_to_top": 1.0,
    "lead": 1.0,
    "first_hit": 1.0,
    "words": 4,
    "beyond_title": 1.0,
}


def test_the_confidence_never_rises_down_the_order_and_is_a_share():
    sure = confidence([(3.0, ALL), (2.5, NOTHING), (2.5, ALL), (-4.0, ALL)])

    assert sure == sorted(sure, reverse=True)
    assert 0 < sure[-1] < sure[0] < 1
    assert sure[1] == sure[2]
    assert confidence([]) == []


@pytest.mark.parametrize(
    "missing", [{"names_apart": 1.0}, {"numbers_missing": 1.0}, {"covered": 0.4}, {"beyond_title": 0.0}]
)
def test_words_missing_in_a_text_lower_its_confidence(missing):
    assert confidence([(1.0, {**ALL, **missing})])[0] < confidence([(1.0, ALL)])[0] * 0.7


def test_a_definition_need_not_repeat_who_gives_it():
    passage = read("Pengangguran", "Penganggur adalah penduduk yang mencari pekerjaan.")

    assert defines(Sieve({"anggur": 2.4, "bps": 0.5}, 5.0, frozenset(), frozenset(), Sought.MEANING), passage)
    assert not defines(
        Sieve({"anggur": 2.4, "kota": 2.0}, 5.0, frozenset(), frozenset(), Sought.MEANING), passage
    )


@pytest.mark.parametrize(
    ("sentence", "is_said"),
    [
        ("Kebalikannya, penurunan harga secara umum, disebut deflasi.", True),
        ("Deflasi mengukur penurunan harga.", True),
        ("Deflasi bulan ini menunjukkan harga cabai turun.", False),
        ("Harga disebut turun bila deflasi terjadi.", False),
        ("Deflasi terjadi lagi.", False),
        ("Harga dikategorikan deflasi bila indeksnya turun.", True),
        ("Harga dikategorikan deflasi.", False),
    ],
)
def test_a_definition_may_name_what_it_defines_last(sentence, is_said):
    asked = Sieve({stemmed("deflasi"): 2.4}, 5.0, frozenset(), frozenset(), Sought.MEANING)

    assert defines(asked, read("Inflasi", sentence)) is is_said


def test_the_fit_finds_the_weights_eight_thousand_cases_were_drawn_with():
    chance = random.Random(7)  # noqa: S311  # nothing secret
    drawn = (-1.0, 2.0, -3.0)
    seen = [(chance.random() * 2, chance.random()) for _ in range(8_000)]
    right = [chance.random() < probability(drawn, one) for one in seen]

    assert fit(seen, right, [1.0] * len(seen)) == pytest.approx(drawn, abs=0.2)
