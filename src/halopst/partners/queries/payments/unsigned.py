"""Which letter keeps a mitra from being paid, because nobody has signed it yet."""

from collections.abc import Iterable, Sequence

from halopst.letters.models import Letter
from halopst.letters.rules import SIGNABLE
from halopst.partners.letter_kinds.receipts import about_handover
from halopst.partners.queries.contracts.covering import contracts_of, letters_about
from halopst.partners.queries.payments.payable import PayRow
from halopst.partners.rules.payment import Lack


def unsigned_letters(rows: Sequence[PayRow]) -> dict[tuple[int, Lack], int]:
    """By approval and what it lacks, the letter that is there and waits for its signature.

    Nothing of one that has yet to be made, or made anew because it is outdated: that is done elsewhere.
    """
    contracts = contracts_of([row.approval for row in rows if Lack.CONTRACT in row.lacks])
    papers = {
        row.approval.pk: about_handover(row.approval.registration_id, row.approval.month)
        for row in rows
        if Lack.RECEIPT in row.lacks
    }
    receipts = letters_about(set(papers.values()))
    waiting = {(pk, Lack.CONTRACT): _waiting(letters) for pk, letters in contracts.items()}
    waiting |= {
        (pk, Lack.RECEIPT): _waiting([receipts[about]] if about in receipts else [])
        for pk, about in papers.items()
    }
    return {key: pk for key, pk in waiting.items() if pk is not None}


def _waiting(letters: Iterable[Letter]) -> int | None:
    return next((letter.pk for letter in letters if letter.state in SIGNABLE), None)
