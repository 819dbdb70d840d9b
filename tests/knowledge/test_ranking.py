"""What the reranker looks at, worked out a second time in the plainest way, from the texts alone."""

import json
import math
from datetime import UTC, datetime
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from halopst.core.actors import ANONYMOUS, SYSTEM
from halopst.knowledge import services
from halopst.knowledge.queries import search
from halopst.knowledge.rules.search.answer_kinds import holds, sought
from halopst.knowledge.rules.words.stopwords import STOP
from halopst.knowledge.rules.words.tokens import question, sentences, stemmed, tokens
from tests.units.factories import HeadOfficeFactory

HERE = Path(__file__).parent / "questions"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
EVERY, MOST = 11, 30


def stems(text):
    return [stemmed(token) for token in tokens(text)]


def groups():
    text = files("halopst.knowledge.rules.words").joinpath("thesaurus.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines()]


def said_alike(asked):
    """For the stem of each word that may stand for one of `asked`, that one: four words for each."""
    same = {}
    for stem in sorted(asked):
        others = [word for group in groups() if stem in map(stemmed, group) for word in group]
        fit = [word for word in dict.fromkeys(others) if stemmed(word) not in asked]
        for word in fit[:4]:
            same.setdefault(stemmed(word), stem)
    return same


class Plain:
    """One question over all passages, each a title and a text."""

    def __init__(self, asked, passages):
        self.words = question(asked).words
        self.asked = list(dict.fromkeys(stemmed(word) for word in self.words))
        self.numbers = {word for word in self.words if word[0].isdigit()}
        self.kind = sought(asked)
        self.whole = {name: stems(f"{title}\n{text}") for name, (title, text) in passages.items()}
        said = {name: set(tokens(f"{title}\n{text}")) - STOP for name, (title, text) in passages.items()}
        self.told = {stem: self.idf(self.df(stem, said.values())) for stem in self.asked}
        self.passages = passages
        self.same = said_alike(self.asked)

    def df(self, stem, passages):
        """A passage with the stem as a word and with words made of it counts as two."""
        made = [any(word != stem and stemmed(word) == stem for word in words) for words in passages]
        return min(len(made), sum(made) + sum(stem in words for words in passages))

    def idf(self, df):
        count = len(self.whole)
        return math.log(1 + (count - df + 0.5) / (df + 0.5))

    def share(self, found):
        return sum(self.told[stem] for stem in self.asked if stem in found) / sum(self.told.values())

    def beyond_title(self, name):
        """Of the first only; words that mean nearly the same count here all the same."""
        title, text = self.passages[name]
        named = {self.same.get(stem, stem) for stem in stems(title)}
        rest = [stem for stem in self.asked if stem not in named]
        best = 0
        for one in sentences(text):
            said = {self.same.get(stem, stem) for stem in stems(one)}
            told = sum(self.told[stem] for stem in rest if stem in said)
            share = told / sum(self.told[stem] for stem in rest) if rest else 1
            best = max(best, share if holds(self.kind, one) else 0)
        return best

    def features(self, name, *, to_the_letter):
        same = {} if to_the_letter else self.same
        said = [same.get(stem, stem) for stem in self.whole[name]]
        each = [
            ([same.get(stem, stem) for stem in stems(one)], one) for one in sentences(self.passages[name][1])
        ]
        covers = [(self.share(read), holds(self.kind, one)) for read, one in each]
        places = [at for at, stem in enumerate(said) if stem in self.told]
        heaviest = max(self.told.values())
        missing = [self.told[stem] for stem in self.asked if stem not in said]
        pairs = list(pairwise(self.asked))
        beside = set(pairwise(said))
        return {
            "covered": self.share(said),
            "heaviest_missing": max(missing, default=0) / heaviest,
            "best_sentence": max((cover for cover, _fits in covers), default=0),
            "best_sentence_of_kind": max((cover for cover, fits in covers if fits), default=0),
            **({"beyond_title": self.beyond_title(name)} if to_the_letter else {}),
            "of_kind": float(any(fits for _cover, fits in covers)),
            "bigrams": sum(pair in beside for pair in pairs) / len(pairs) if pairs else 0,
            "first_hit": 1 / (1 + places[0] / 10) if places else 0,
            "window": max((self.share(said[at : at + 15]) for at in places), default=0),
            "lead": max((self.told[stem] for stem in said[:8] if stem in self.told), default=0) / heaviest,
            "length": math.log(1 + len(said)),
            "rarest_missed": (
                heaviest - max((told for stem, told in self.told.items() if stem in said), default=0)
            )
            / self.idf(0),
            "words": min(len(self.asked), 10),
            "numbers_missing": sum(one not in said for one in self.numbers) / len(self.numbers)
            if self.numbers
            else 0,
        }


@pytest.fixture
def passages(db):
    HeadOfficeFactory()
    lines = (HERE / "passages.jsonl").read_bytes().splitlines()
    services.import_lines(SYSTEM, lines, now=NOW, progress=lambda _report: None)
    read = [json.loads(line) for line in lines]
    return {one["external_id"]: (one["title"], one["text"]) for one in read}


def test_every_feature_is_what_its_definition_says(passages):
    asked = [json.loads(line) for line in (HERE / "questions.jsonl").read_text().splitlines()][::EVERY]
    for one in asked:
        found = search(ANONYMOUS, one["question"], limit=MOST)
        if found.asked.repaired:
            continue
        plain = Plain(one["question"], passages)
        for rank, hit in enumerate(sorted(found.hits, key=lambda hit: -hit.seen["reciprocal_rank"])):
            expected = plain.features(hit.document.external_id, to_the_letter=hit is found.hits[0])
            assert {name: hit.seen[name] for name in expected} == pytest.approx(expected), one["question"]
            assert hit.seen["reciprocal_rank"] == pytest.approx(1 / (rank + 1))
            assert 0 < hit.seen["bm25_to_most"] < 2  # of a word and its stem both may count
        top = max(found.hits, key=lambda hit: hit.seen["bm25_to_top"])
        assert (top.seen["bm25_to_top"], top.seen["reciprocal_rank"]) == (1, 1)
