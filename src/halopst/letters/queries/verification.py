"""What anyone who holds a letter may know of it: never the letter itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from halopst.letters.kinds import find_kind
from halopst.letters.models import Letter, Signing
from halopst.letters.queries.continuing import continuation_of
from halopst.letters.rules import State
from halopst.units.models import Unit


class Status(StrEnum):
    VALID = "valid"
    AMENDED = "amended"
    TERMINATED = "terminated"
    OUTDATED = "outdated"
    REPLACED = "replaced"
    VOID = "void"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """`continued_by` is the number of the letter that changed or ended it, once that is signed.

    `hashes` are of its file and of its signed and sealed versions; they are compared, never shown.
    """

    unit: Unit
    number: str
    kind: str
    dated_on: date
    initials: tuple[str, ...]
    status: Status
    signed: bool
    sealed: bool
    replaced_by: str
    continued_by: str
    hashes: frozenset[str]


_STATUS = {
    State.OUTDATED: Status.OUTDATED,
    State.REPLACED: Status.REPLACED,
    State.VOID: Status.VOID,
}


def verification(token: str) -> Verification | None:
    """The letter a QR code leads to; None when there is none, or it was never final."""
    rows = Letter.objects.filter(token=token).exclude(number=None).exclude(final_at=None)
    letter = rows.select_related("unit", "number", "replaced_by__number").defer("data").first()
    if letter is None:
        return None
    kind = find_kind(letter.kind)
    status, continued_by = _standing(letter)
    versions = dict(letter.signings.values_list("sha256", "method"))
    return Verification(
        unit=letter.unit,
        number=str(letter.number),
        kind=str(kind.label) if kind else letter.kind,
        dated_on=letter.dated_on,
        initials=tuple(letter.parties),
        status=status,
        signed=letter.signed_at is not None,
        sealed=Signing.Method.SEAL in versions.values(),
        replaced_by=str(letter.replaced_by.number) if letter.replaced_by else "",
        continued_by=continued_by,
        hashes=frozenset({letter.sha256, *versions}),
    )


def _standing(letter: Letter) -> tuple[Status, str]:
    """Its status, and the number of what it goes on with; what nobody has signed yet changes nothing."""
    found = continuation_of(letter)
    if found is None or not found.is_signed:
        return _STATUS.get(State(letter.state), Status.VALID), ""
    return Status.TERMINATED if found.ends else Status.AMENDED, str(found.letter.number)
