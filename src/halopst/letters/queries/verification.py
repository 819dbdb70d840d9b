"""What anyone who holds a letter may know of it: never the letter itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from halopst.letters.kinds import find_kind
from halopst.letters.models import Letter, Signing
from halopst.letters.rules import State
from halopst.units.models import Unit


class Status(StrEnum):
    VALID = "valid"
    OUTDATED = "outdated"
    REPLACED = "replaced"
    VOID = "void"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """`hashes` are of its file and of its signed and sealed versions; they are compared, never shown."""

    unit: Unit
    number: str
    kind: str
    dated_on: date
    initials: tuple[str, ...]
    status: Status
    signed: bool
    sealed: bool
    replaced_by: str
    hashes: frozenset[str]


_STATUS = {
    State.OUTDATED: Status.OUTDATED,
    State.REPLACED: Status.REPLACED,
    State.VOID: Status.VOID,
}


def verification(token: str) -> Verification | None:
    """The letter a QR code leads to; None when there is none, or it was never final."""
    letter = (
        Letter.objects.filter(token=token)
        .exclude(number=None)
        .exclude(final_at=None)
        .select_related("unit", "number", "replaced_by__number")
        .defer("data")
        .first()
    )
    if letter is None:
        return None
    kind = find_kind(letter.kind)
    versions = dict(letter.signings.values_list("sha256", "method"))
    return Verification(
        unit=letter.unit,
        number=str(letter.number),
        kind=str(kind.label) if kind else letter.kind,
        dated_on=letter.dated_on,
        initials=tuple(letter.parties),
        status=_STATUS.get(State(letter.state), Status.VALID),
        signed=letter.signed_at is not None,
        sealed=Signing.Method.SEAL in versions.values(),
        replaced_by=str(letter.replaced_by.number) if letter.replaced_by else "",
        hashes=frozenset({letter.sha256, *versions}),
    )
