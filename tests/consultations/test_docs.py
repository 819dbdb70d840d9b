"""The page of the docs tells the table as it is."""

from pathlib import Path

from halopst.consultations.rules import MOVES, Side

PAGE = Path(__file__).parents[2] / "docs" / "consultations.md"


def test_the_documented_moves_are_the_moves():
    said = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.count("|") == 6 and line.startswith("| `")
    ]
    real = [
        [at, verb, move.to, ", ".join(side for side in Side if side in move.by), move.stamps]
        for (at, verb), move in MOVES.items()
    ]
    assert said == real
