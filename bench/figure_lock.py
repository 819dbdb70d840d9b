"""How well the checker tells a number in its place from one taken from elsewhere in the same passage.

    python -m bench.figure_lock

Every sentence with a number of the development passages and of an encyclopaedia is held against its passage:
as it stands, with a third of its words left out, with each of its numbers replaced by each other number of
the passage, years and days of dates among them, and with two of its numbers in each other's place. So are
honest sentences in other words than their passage.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from json import loads
from pathlib import Path
from random import Random

from halopst.assistant.rules.checking.sentences import flaw
from halopst.assistant.rules.checking.sources import Sentence, Source, SourceKind
from halopst.knowledge.rules.words.tokens import sentences

TESTS = Path(__file__).parents[1] / "tests"
FOLDER = TESTS / "knowledge" / "questions"
PARAPHRASES = TESTS / "assistant" / "questions" / "paraphrases.toml"
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Passage:
    """A source, and honest sentences about it."""

    source: Source
    said: tuple[str, ...]


@dataclass(slots=True)
class Count:
    """Of how many sentences how many were refused."""

    true: int = 0
    true_refused: int = 0
    short_refused: int = 0
    replaced: int = 0
    replaced_refused: int = 0
    exchanged: int = 0
    exchanged_refused: int = 0

    def __str__(self) -> str:
        return (
            f"{self.true} sentences: {self.true_refused} refused as they stand "
            f"({self.true_refused / self.true:.1%}), {self.short_refused} without a third of their words "
            f"({self.short_refused / self.true:.1%}); refused with a number from elsewhere "
            f"{self.replaced_refused} of {self.replaced} ({self.replaced_refused / self.replaced:.1%}), "
            f"with two exchanged {self.exchanged_refused} of {self.exchanged}"
        )


def passages(path: Path) -> list[Passage]:
    """Each with the sentences of its own that hold a number."""
    rows = (loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    found = [source(row["title"], row["text"]) for row in rows]
    return [Passage(one, tuple(filter(_DIGITS.search, sentences(one.text)))) for one in found]


def paraphrased(*, unseen: bool) -> list[Passage]:
    """Those the rules were made with, or those nothing was changed for."""
    known = {
        row["external_id"]: row
        for path in (FOLDER / "passages.jsonl", FOLDER / "encyclopaedia" / "passages.jsonl")
        for row in map(loads, path.read_text(encoding="utf-8").splitlines())
    }
    rows = tomllib.loads(PARAPHRASES.read_text(encoding="utf-8"))["passage"]
    told = [(known[row["id"]] if "id" in row else row, row) for row in rows]
    return [
        Passage(source(text["title"], text["text"].strip()), tuple(row["said"]))
        for text, row in told
        if row.get("unseen", False) is unseen
    ]


def source(title: str, text: str) -> Source:
    return Source(number=1, kind=SourceKind.TEXT, title=title, text=text)


def measured(found: Sequence[Passage]) -> Count:
    count, chance = Count(), Random(1)
    for one in found:
        for text in one.said:
            count.true += 1
            count.true_refused += refused(text, one.source)
            count.short_refused += refused(shortened(text, chance), one.source)
            for wrong in replaced(text, one.source.text):
                count.replaced += 1
                count.replaced_refused += refused(wrong, one.source)
            for wrong in exchanged(text):
                count.exchanged += 1
                count.exchanged_refused += refused(wrong, one.source)
    return count


def refused(text: str, cited: Source) -> bool:
    return flaw(Sentence(text, (cited.number,)), [cited], "") is not None


def shortened(text: str, chance: Random) -> str:
    """Without a third of its words; the numbers stay."""
    words = text.split()
    loose = [at for at, word in enumerate(words) if not _DIGITS.search(word)]
    gone = set(chance.sample(loose, len(loose) // 3))
    return " ".join(word for at, word in enumerate(words) if at not in gone)


def replaced(text: str, passage: str) -> Iterator[str]:
    for match in _DIGITS.finditer(text):
        for other in dict.fromkeys(_DIGITS.findall(passage)):
            if other != match[0]:
                yield f"{text[: match.start()]}{other}{text[match.end() :]}"


def exchanged(text: str) -> Iterator[str]:
    """Two years, or two other numbers: a year for a number shows by itself."""
    for one, two in combinations(_DIGITS.finditer(text), 2):
        if one[0] != two[0] and bool(_YEAR.fullmatch(one[0])) is bool(_YEAR.fullmatch(two[0])):
            yield f"{text[: one.start()]}{two[0]}{text[one.end() : two.start()]}{one[0]}{text[two.end() :]}"


def main() -> int:
    """1 when under nine in ten replaced numbers are refused, or over one honest sentence in twenty."""
    own = measured(passages(FOLDER / "passages.jsonl"))
    honest = [measured(paraphrased(unseen=unseen)) for unseen in (False, True)]
    print(f"our passages:    {own}")
    print(f"encyclopaedia:   {measured(passages(FOLDER / 'encyclopaedia' / 'passages.jsonl'))}")
    print(f"in other words:  {honest[0]}")
    print(f"never seen:      {honest[1]}")
    kept = own.true_refused == 0 and all(one.true_refused <= one.true / 20 for one in honest)
    return 0 if kept and own.replaced_refused >= 0.9 * own.replaced else 1


if __name__ == "__main__":
    sys.exit(main())
