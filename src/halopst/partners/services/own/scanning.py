"""The scan of a signed contract: checked when its mitra sends it, a signature once an officer takes it."""

from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from halopst.audit.services import record
from halopst.core.actors import SYSTEM, Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted
from halopst.core.files import dropped_on_failure
from halopst.letters import permissions as letters_permissions
from halopst.letters import services as letters
from halopst.letters.models import Letter
from halopst.partners.models import SentScan
from halopst.partners.queries.own.page import is_signable, owner_of, unneeded_scans
from halopst.partners.rules.own import Mitra
from halopst.partners.secrecy import seal_bytes, unseal_bytes
from halopst.partners.services.own.refusals import (
    ReturnNeedsReason,
    ScanAlreadySent,
    ScanDecided,
    ScanNotNow,
)
from halopst.partners.services.own.telling import tell_scan_returned

LONGEST_REASON = 300
RECORDED = {
    SentScan.State.TAKEN: "partners.scan-taken",
    SentScan.State.RETURNED: "partners.scan-returned",
    SentScan.State.UNNEEDED: "partners.scan-unneeded",
}


def send_scan(mitra: Mitra, letter: Letter, *, content: bytes, now: datetime) -> SentScan:
    """Keep the scan until an officer looks at it. Refuses what is no scan of this letter, page by page.

    A code that cannot be read is no reason to refuse: the officer compares the number then.
    """
    if owner_of(letter) != mitra.person_id:
        raise NotPermitted
    if not is_signable(letter):
        raise ScanNotNow
    was_read = letters.check_scan(letter, content, compared=True)
    stored_as = default_storage.save(f"mitra/pindaian/{uuid4().hex}", ContentFile(seal_bytes(content)))
    with dropped_on_failure(stored_as), transaction.atomic():
        if not is_signable(Letter.objects.locked(letter.pk)):
            raise ScanNotNow
        with refuse_on("one_waiting_scan_per_letter", ScanAlreadySent):
            scan = SentScan.objects.create(
                letter=letter,
                person_id=mitra.person_id,
                stored_as=stored_as,
                pages=letter.pages,
                code_was_read=was_read,
                sent_at=now,
            )
        record(mitra.actor, "partners.scan-sent", scan, unit_id=letter.unit_id, letter_id=letter.pk)
    return scan


@transaction.atomic
def take_scan(actor: Actor, scan: SentScan, *, compared: bool, now: datetime) -> SentScan:
    """Accept the scan as the letter, which is signed from now on. `compared` as in `letters.upload_scan`."""
    row = _waiting(actor, scan)
    letter = Letter.objects.select_related("number").get(pk=row.letter_id)
    letters.upload_scan(
        actor, letter, content=read_scan(row), signer=row.person.name, compared=compared, now=now
    )
    return _decided(actor, row, SentScan.State.TAKEN, now=now)


@transaction.atomic
def return_scan(actor: Actor, scan: SentScan, *, reason: str, now: datetime) -> SentScan:
    """Return a scan that will not do; its mitra reads why and may send another."""
    row = _waiting(actor, scan)
    row.reason = reason.strip()[:LONGEST_REASON]
    if not row.reason:
        raise ReturnNeedsReason
    tell_scan_returned(row, now=now)
    return _decided(actor, row, SentScan.State.RETURNED, now=now)


def drop_unneeded_scans(*, now: datetime, **which: int) -> int:
    """Settle scans whose letters wait for no signature any more, each in its own transaction; how many.

    The page says so at once; here the file goes. `which` may name one letter.
    """
    dropped = 0
    for pk in list(unneeded_scans(**which).values_list("pk", flat=True)):
        with transaction.atomic():
            row = unneeded_scans(pk=pk).select_related("letter").select_for_update(of=("self",)).first()
            if row is not None:
                _decided(SYSTEM, row, SentScan.State.UNNEEDED, now=now)
                dropped += 1
    return dropped


def read_scan(scan: SentScan) -> bytes:
    """The file of a scan; `FileNotFoundError` once the scan is decided."""
    with default_storage.open(scan.stored_as) as file:
        return unseal_bytes(file.read())


def _waiting(actor: Actor, scan: SentScan) -> SentScan:
    row = SentScan.objects.select_related("letter__unit", "letter__number", "person").locked(scan.pk)
    if not actor.may(letters_permissions.ISSUE, row.letter.unit_id):
        raise NotPermitted
    if row.state != SentScan.State.WAITING or not is_signable(row.letter):
        raise ScanDecided
    return row


def _decided(actor: Actor, row: SentScan, state: SentScan.State, *, now: datetime) -> SentScan:
    row.state, row.decided_at, row.decided_by_id = state, now, actor.user_id
    row.save(update_fields=["state", "reason", "decided_at", "decided_by", "updated_at"])
    record(actor, RECORDED[state], row, unit_id=row.letter.unit_id, letter_id=row.letter_id)
    stored_as = row.stored_as
    transaction.on_commit(lambda: default_storage.delete(stored_as))
    return row
