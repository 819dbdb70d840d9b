"""The texts in `naskah/`: what each kind prints, and the Word template made from it."""

from collections.abc import Callable
from pathlib import Path

NASKAH = Path(__file__).parent / "naskah"


def naskah(*names: str) -> str:
    """The content of the files of these names, joined."""
    return "".join((NASKAH / f"{name}.typ").read_text(encoding="utf-8") for name in names)


def word(*names: str) -> Callable[[], bytes]:
    """Makes the Word template when reference data is loaded: no other process needs what builds it."""

    def made() -> bytes:
        from halopst.partners.letter_kinds.word.templates import word_template  # noqa: PLC0415  # see above

        return word_template(naskah(*names))

    return made
