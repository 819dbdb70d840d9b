"""How surely the best of what is found answers: the logistic of `rules/search/confidence.py`, fitted anew.

    python -m bench.confidence

Three sets of questions: over the development passages, over those of an encyclopaedia, and what the
demonstration's texts are asked. Each is asked with its own passage there and taken out, as typed and with
slips, and with its rarest word replaced by one that nobody uses. Prints the weights fitted on all of them,
what they tell of questions left out of the fit (eight parts, those about one subject in one part), what a
fit on the other sets tells of each, and what all weights tell of a fourth set that no fit ever sees: of it,
too, how well a passage taken out and a whole article taken out are told, beside the index's score alone.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from bench.knowledge import FOLDER, Fingers, auroc, bring
from bench.logistic import fit, probability
from bench.scene import database, table

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PARTS = 8
SETS = ("development", "encyclopaedia", "demonstration")
UNSEEN = "articles"
OF_THE_DEMONSTRATION = 3.0  # it is small, and as real texts of an office are
NOBODY = ("Zorvatik", "Qelumbra", "Wixandor", "Vostrelle", "Jaquorim", "Xandepolu", "Fyrroquet", "Ukzembli")
AT = (0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


@dataclass(frozen=True)
class Case:
    """One question asked once.

    `there`, `gone` (its passage was taken out), `strange` (a word was replaced) or `never` (nothing answers).
    """

    of: str
    kind: str
    subject: str
    seen: tuple[float, ...]
    right: bool

    @property
    def part(self) -> int:
        return crc32(self.subject.encode()) % PARTS

    @property
    def weight(self) -> float:
        return OF_THE_DEMONSTRATION if self.of == "demonstration" else 1.0


Best = tuple[tuple[float, ...], str]
Asked = list[tuple[str, str]]


def best(question: str) -> Best | None:
    """What was seen of the first, and which it is."""
    from halopst.core.actors import ANONYMOUS
    from halopst.knowledge.queries import search
    from halopst.knowledge.rules.search.confidence import WEIGHTS

    hits = search(ANONYMOUS, question).hits
    if not hits:
        return None
    document = hits[0].document
    return tuple(hits[0].seen[name] for name in WEIGHTS), document.external_id or document.title


def called(answer: str) -> list[Any]:
    """The text of an answer."""
    from django.db.models import Q

    from halopst.knowledge.models import Document

    return [Document.objects.get(Q(external_id=answer) | Q(title=answer), state=Document.State.PUBLISHED)]


def article_of(answer: str) -> list[Any]:
    """All paragraphs of the article an answer stands in."""
    from halopst.knowledge.models import Document

    return list(Document.objects.filter(external_id__startswith=f"{answer.rpartition('-')[0]}-"))


@contextmanager
def without(rows: Sequence[Any]) -> Iterator[None]:
    """Texts taken out of the index for a moment."""
    from halopst.knowledge.models import Document

    put(rows, Document.State.WITHDRAWN)
    yield
    put(rows, Document.State.PUBLISHED)


def put(rows: Sequence[Any], state: str) -> None:
    from halopst.knowledge.services import reindex

    for row in rows:
        row.state = state
    reindex(rows)


def cases(of: str, asked: Asked, slips: Sequence[Callable[[str], str]]) -> Iterator[Case]:
    for question, answer in asked:
        for slip in slips:
            typed = slip(question)
            subject = answer.rpartition("-")[0] or answer or question
            there = best(typed)
            if there:
                kind = "there" if answer else "never"
                yield Case(of, kind, subject, there[0], bool(answer) and there[1] == answer)
            if answer:
                with without(called(answer)):
                    gone = best(typed)
                if gone:
                    yield Case(of, "gone", subject, gone[0], right=False)
        if answer and (found := best(strange(question))):
            yield Case(of, "strange", subject, found[0], right=False)


def strange(question: str) -> str:
    """The question about something else, which has a name of its own that no text knows."""
    from halopst.core.actors import ANONYMOUS
    from halopst.knowledge.queries import search
    from halopst.knowledge.rules.words.tokens import stemmed, tokens

    told = search(ANONYMOUS, question).asked.sieve.idf
    rarest = max(told, key=lambda stem: told[stem])
    name = NOBODY[crc32(question.encode()) % len(NOBODY)]
    words = [name if rarest in map(stemmed, tokens(word)) else word for word in question.split()]
    return " ".join(words)


def questions_in(folder: Path) -> Asked:
    lines = (folder / "questions.jsonl").read_text().splitlines()
    return [(one["question"], one["answer"] or "") for one in map(json.loads, lines)]


def over(of: str, folder: Path) -> list[Case]:
    with database():
        bring((folder / "passages.jsonl").read_bytes().splitlines())
        return list(cases(of, questions_in(folder), (str, Fingers().type)))


def over_the_demonstration() -> list[Case]:
    """What its texts are asked, and what nothing there answers."""
    with database():
        from halopst.core.reference import load_all
        from halopst.demo.offices import build_offices
        from halopst.demo.texts import build_texts
        from halopst.knowledge.models import Document

        load_all(lambda _line: None)
        build_offices(password="Ukur-saja-9", now=NOW)  # noqa: S106  # of a database that is thrown away
        build_texts(now=NOW)
        known = dict(Document.objects.values_list("title", "external_id"))
        return list(cases("demonstration", list(demonstration_questions(known)), (str,)))


def demonstration_questions(known: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """The exam's questions to texts and to nothing; `known` are external ids by title."""
    for line in (files("halopst.demo") / "soal-aida.jsonl").read_text().splitlines():
        one = json.loads(line)
        if one["expects"] == "refuse":
            yield one["question"], ""
        elif one["expects"] == "text" and (title := one["expected"][0]) in known:
            yield one["question"], known[title] or title


def taken_out() -> Iterator[tuple[str, object]]:
    """How well the index's score alone and the confidence tell a passage, and a whole article, taken out."""
    asked = [(question, answer) for question, answer in questions_in(FOLDER / UNSEEN) if answer]
    with database():
        bring((FOLDER / UNSEEN / "passages.jsonl").read_bytes().splitlines())
        there = [scores(question) for question, _answer in asked]
        for words, rows_of in (("passage", called), ("whole article", article_of)):
            gone = []
            for question, answer in asked:
                with without(rows_of(answer)):
                    gone.append(scores(question))
            by = (auroc([one[at] for one in there], [one[at] for one in gone]) for at in (0, 1))
            yield f"{UNSEEN}: AUROC of a {words} taken out", "index {:.3f}, confidence {:.3f}".format(*by)


def scores(question: str) -> tuple[float, float]:
    """The index's score of its best, and how sure the confidence is of the first."""
    from halopst.core.actors import ANONYMOUS
    from halopst.knowledge.queries import search
    from halopst.knowledge.rules.search.ranking import STEM_SHARE

    hits = search(ANONYMOUS, question).hits
    if not hits:
        return 0.0, 0.0
    seen, most = hits[0].seen, (1 + STEM_SHARE) * hits[0].sieve.total
    return most * seen["bm25_to_most"] / seen["bm25_to_top"], hits[0].score


def fitted(chosen: Sequence[Case]) -> tuple[float, ...]:
    return fit([one.seen for one in chosen], [one.right for one in chosen], [one.weight for one in chosen])


def left_out(every: Sequence[Case]) -> list[tuple[Case, float]]:
    """Each case with what a fit says of it that never saw its subject."""
    said = []
    for part in range(PARTS):
        weights = fitted([one for one in every if one.part != part])
        said += [(one, probability(weights, one.seen)) for one in every if one.part == part]
    return said


def set_left_out(every: Sequence[Case]) -> list[tuple[Case, float]]:
    """Each case with what a fit says of it that saw the other sets only."""
    said = []
    for of in SETS:
        weights = fitted([one for one in every if one.of != of])
        said += [(one, probability(weights, one.seen)) for one in every if one.of == of]
    return said


def told(of: str, said: Sequence[tuple[Case, float]]) -> Iterator[tuple[str, object]]:
    """For each threshold: answered | of them rightly | refused without their passage, strange, none knows."""

    def sure(kind: str) -> list[float]:
        return [value for one, value in said if one.of == of and one.kind == kind]

    there, gone, other, never = sure("there"), sure("gone"), sure("strange"), sure("never")
    yield f"{of}: AUROC of a missing passage", f"{auroc(there, gone):.3f}"
    for at in AT:
        answers = [one.right for one, value in said if one.of == of and one.kind == "there" and value >= at]
        right = sum(answers) / max(len(answers), 1)
        refused = ", ".join(below(values, at) for values in (gone, other, never))
        yield f"{of}, from {at}", f"{len(answers) / len(there):.3f} | {right:.3f} | {refused}"


def below(values: Sequence[float], at: float) -> str:
    return f"{sum(value < at for value in values) / len(values):.3f}" if values else "-"


def main() -> int:
    from halopst.knowledge.rules.search.confidence import WEIGHTS

    every = over("development", FOLDER)
    every += over("encyclopaedia", FOLDER / "encyclopaedia")
    every += over_the_demonstration()
    weights = fitted(every)
    rows: list[tuple[str, object]] = [("cases", len(every)), ("bias", f"{weights[0]:.3f}")]
    rows += [(name, f"{weight:.3f}") for name, weight in zip(WEIGHTS, weights[1:], strict=True)]
    for heading, said in (("subjects left out", left_out(every)), ("sets left out", set_left_out(every))):
        rows.append((heading, ""))
        for of in SETS:
            rows += told(of, said)
    rows.append(("never fitted on", ""))
    unseen = over(UNSEEN, FOLDER / UNSEEN)
    rows += told(UNSEEN, [(one, probability(weights, one.seen)) for one in unseen])
    table([*rows, *taken_out()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
