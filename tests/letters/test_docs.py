"""docs/letters.md tells the table of moves and the guards as they are."""

import re
from pathlib import Path

from django.apps import apps

from halopst.letters.rules import MOVES

PAGE = (Path(__file__).parents[2] / "docs" / "letters.md").read_text(encoding="utf-8")
MIGRATION = "\n".join(
    path.read_text() for path in Path(apps.get_app_config("letters").path, "migrations").glob("0*.py")
)


def test_the_page_tells_every_move_and_no_other():
    told = re.findall(r"^\| `(\w+)` \| `(\w+)` \| `(\w+)` \|$", PAGE, re.MULTILINE)
    assert sorted(told) == sorted((at.value, verb.value, move.to.value) for (at, verb), move in MOVES.items())


def test_every_guard_it_names_is_there():
    promises = PAGE.split("## What the database promises")[1].split("##")[0]
    names = re.findall(r"`(\w+)`", promises)
    assert names
    assert [name for name in names if name not in MIGRATION] == []
