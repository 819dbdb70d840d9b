"""What every model is told first. Each version is a file and stays, so that answers can be replayed."""

from functools import lru_cache
from importlib.resources import files

VERSION = "jawaban-1"


@lru_cache(maxsize=1)
def prompt() -> str:
    return files(__package__).joinpath(f"prompts/{VERSION}.md").read_text(encoding="utf-8")
