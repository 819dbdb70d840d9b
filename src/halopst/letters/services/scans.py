"""A scan of many signed letters: each page knows its letter by the code at its foot."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as say

from halopst.audit.services import record
from halopst.core.actors import SYSTEM, Actor
from halopst.core.errors import Refused
from halopst.core.events import publish
from halopst.core.files import dropped_on_failure
from halopst.letters.events import StackGiven
from halopst.letters.models import Letter, ScanFinding, ScanStack
from halopst.letters.rendering.papers import NotAPaper, Scan
from halopst.letters.services.authority import must_issue
from halopst.letters.services.papers import fetch, store
from halopst.letters.services.refusals import NotAPdf, ScanIncomplete, SignerMissing, StackTooLarge
from halopst.letters.services.signing import sign_on_paper
from halopst.units.models import Unit

LARGEST_STACK, MOST_PAGES = 60 * 1024 * 1024, 1_500


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Pages that go together, from `at` (counted from 0); without a `fault` they are all of `letter`."""

    at: int
    count: int
    letter: Letter | None
    fault: str


def give_stack(actor: Actor, *, unit: Unit, content: bytes, signer: str, now: datetime) -> ScanStack:
    """Keep the scan and have it sorted in the background."""
    must_issue(actor, unit.pk)
    if not signer.strip():
        raise SignerMissing
    try:
        pages = 0 if len(content) > LARGEST_STACK else Scan(content).pages
    except NotAPaper as error:
        raise NotAPdf from error
    if not 0 < pages <= MOST_PAGES:
        raise StackTooLarge
    file = store(f"surat/{unit.pk}/tumpukan/{secrets.token_hex(16)}.pdf", content)
    with dropped_on_failure(file), transaction.atomic():
        stack = ScanStack.objects.create(
            unit=unit,
            signer=signer.strip()[:150],
            file=file,
            pages=pages,
            given_by_id=actor.user_id,
            given_at=now,
        )
        record(actor, "letters.stack-given", stack, pages=pages)
        publish(StackGiven(stack_id=stack.pk))
    return stack


def read_stack(stack_id: int, *, now: datetime, goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Settle letter after letter, each in its own transaction; False when nothing is left to settle.

    Safe to call again, and by two at once: whose pages have been settled meanwhile leaves the rest to them.
    """
    stack = ScanStack.objects.select_related("unit", "given_by").filter(pk=stack_id).first()
    if stack is None or stack.state != ScanStack.State.READING:
        return False
    scan = Scan(fetch(stack.file))
    while stack.settled < stack.pages:
        if not goes_on():
            return True
        if not _settle(stack, scan, _next_sheaf(stack, scan), now=now):
            return False
    _close(stack)
    return False


def _next_sheaf(stack: ScanStack, scan: Scan) -> Sheaf:
    """The pages that go together from the first unsettled one on, and what is wrong with them."""
    at, token = stack.settled, scan.token(stack.settled)
    letter = Letter.objects.filter(unit=stack.unit_id, token=token).first() if token else None
    count = 1
    while at + count < stack.pages and _belongs(scan.token(at + count), token, letter, count):
        count += 1
    fault = ""
    if not token:
        fault = say("Kode QR tidak terbaca. Pindai ulang, atau unggah di halaman suratnya.")
    elif letter is None:
        fault = say("Kode QR bukan milik surat satker ini.")
    elif count != letter.pages:
        fault = str(ScanIncomplete(count, letter.pages).message)
    return Sheaf(at, count, letter, fault)


def _belongs(token: str, first: str, letter: Letter | None, count: int) -> bool:
    """Whether a page goes with those before it: the same code, or none where its letter still lacks pages."""
    if token == first:
        return True
    return not token and letter is not None and count < letter.pages


@transaction.atomic
def _settle(stack: ScanStack, scan: Scan, sheaf: Sheaf, *, now: datetime) -> bool:
    """Sign the letter, or note why not; False when somebody else has settled these pages."""
    row = ScanStack.objects.locked(stack.pk)
    if row.settled != sheaf.at or row.state != ScanStack.State.READING:
        return False
    fault = sheaf.fault
    if sheaf.letter is not None and not fault:
        fault = _signed(stack, sheaf.letter, scan.cut(sheaf.at, sheaf.count), now=now)
    ScanFinding.objects.create(
        stack=row,
        first_page=sheaf.at + 1,
        page_count=sheaf.count,
        letter=sheaf.letter,
        fault=fault[:300],
    )
    row.settled = stack.settled = sheaf.at + sheaf.count
    row.save(update_fields=["settled", "updated_at"])
    return True


def _signed(stack: ScanStack, letter: Letter, content: bytes, *, now: datetime) -> str:
    """Nothing where the letter is signed now, else the sentence that says why not."""
    giver = stack.given_by
    actor = Actor(user_id=giver.pk, label=str(giver)) if giver else SYSTEM
    try:
        with transaction.atomic():
            sign_on_paper(actor, letter, content, signer=stack.signer, was_read=True, now=now)
    except Refused as refusal:
        return str(refusal.message)
    return ""


@transaction.atomic
def _close(stack: ScanStack) -> None:
    row = ScanStack.objects.locked(stack.pk)
    if row.state == ScanStack.State.READING:
        file, row.file, row.state = row.file, "", ScanStack.State.DONE
        row.save(update_fields=["file", "state", "updated_at"])
        transaction.on_commit(lambda: default_storage.delete(file))
