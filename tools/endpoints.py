"""Writes docs/endpoints.md: every operation of the API with its first sentence, from its own description."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import django

PAGE = Path(__file__).resolve().parent.parent / "docs" / "endpoints.md"
HEAD = """# Every operation of the API

Written by `python -m tools.endpoints` from the API's own description; `tests/test_openapi.py` compares.
Parameters, bodies, answers and examples are at `/api/v1/docs` of a running installation; how they go together
is in [api.md](api.md). All paths begin with `/api/v1`.
"""
BASE = "/api/v1"


def page() -> str:
    """Needs Django set up."""
    return "\n".join([HEAD.rstrip(), *_tables(), ""])


def _tables() -> Iterator[str]:
    part = ""
    for path, verb, said in sorted(_rows(), key=lambda row: row[0].split("/")[1]):
        if path.split("/")[1] != part:
            part = path.split("/")[1]
            yield from ("", f"## {part}", "", "| Verb | Path | What it does |", "|---|---|---|")
        yield f"| {verb} | `{path}` | {said} |"


def _rows() -> Iterator[tuple[str, str, str]]:
    from halopst.config.api import api  # noqa: PLC0415  # its models need Django set up
    from halopst.config.openapi import operations  # noqa: PLC0415

    for path, verb, operation in operations(api.get_openapi_schema()):
        said = operation.get("description") or operation["summary"]
        first = re.split(r"(?<=\.)\s", " ".join(said.split("\n\n")[0].split()))[0]
        yield path.removeprefix(BASE), verb.upper(), first.replace("|", "\\|")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halopst.config.settings")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
