"""The instructions every model gets. Each version is a file and stays, so that answers can be replayed."""

from functools import lru_cache
from importlib.resources import files

VERSIONS = ("jawaban-2", "jawaban-1")
"""The newest first; each is a setup of its own, which can be evaluated and put to use."""
VERSION = VERSIONS[0]
OF_BOTH_LANGUAGES = frozenset({"jawaban-2"})
"""Versions that say which language to write in; the others are for Indonesian alone."""


@lru_cache(maxsize=len(VERSIONS))
def prompt(version: str = VERSION) -> str:
    return files(__package__).joinpath(f"prompts/{version}.md").read_text(encoding="utf-8")
