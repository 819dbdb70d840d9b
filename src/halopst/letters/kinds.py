"""The kinds of letters the platform can make, declared by the domain that makes them.

A kind is code, its template and its number pattern are data: what stands here is what an office gets that has
neither published its own nor inherits one (see `models.templates`, `models.numbers`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise

from halopst.letters.rules import Field, Resets

USUAL_PATTERN: Final = "{derajat}-{urut:03}{sisip}/{unit}/{klasifikasi}/{tahun}"


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """One kind of letter.

    `fields` are what its data hold: the editor lists them, a preview is filled with their examples, and a
    letter that lacks one is refused. `body` is the Typst source every office starts from, `word` makes the
    same letter's Word template (docx bytes), if there is one. Kinds of one `counter` share one sequence.
    What is `paid_by_owner` is paid when its domain records the payment (`services.settle`), never by hand.
    Where `handed_over_by` says in a sentence what hands a letter over, its domain does (`services.deliver`).
    """

    code: str
    label: str | Promise
    title: str
    fields: tuple[Field, ...]
    body: str
    word: Callable[[], bytes] = bytes
    counter: str = "B"
    pattern: str = USUAL_PATTERN
    grade: str = "B"
    classification: str = ""
    resets: Resets = Resets.YEARLY
    keeps_dates: bool = True
    paid_by_owner: bool = False
    handed_over_by: str | Promise = ""
    basis: str = "Peraturan BPS Nomor 1 Tahun 2023 tentang Tata Naskah Dinas"

    @property
    def example(self) -> dict[str, Any]:
        """Data for a preview."""
        return {field.name: field.example for field in self.fields}


_kinds: dict[str, DocumentKind] = {}


def declare(kind: DocumentKind) -> DocumentKind:
    if _kinds.get(kind.code, kind) != kind:
        raise ValueError(f"{kind.code} is declared twice")
    _kinds[kind.code] = kind
    return kind


def kind_named(code: str) -> DocumentKind:
    return _kinds[code]


def find_kind(code: str) -> DocumentKind | None:
    """Like `kind_named`, for codes that come from outside."""
    return _kinds.get(code)


def all_kinds() -> list[DocumentKind]:
    return [_kinds[code] for code in sorted(_kinds)]


def kind_choices() -> list[tuple[str, str]]:
    """Code and label of each, for a form."""
    return [(kind.code, str(kind.label)) for kind in all_kinds()]
