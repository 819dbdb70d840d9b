"""Signatures: the scan of a signed paper, checked against its letter, or a certified electronic one."""

import hashlib
import secrets
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Refused
from halopst.core.files import dropped_on_failure
from halopst.letters.esign import EsignClient, Person
from halopst.letters.models import Letter, Signing
from halopst.letters.rendering.papers import NotAPaper, is_untouched, pages_of, tokens_of_scan
from halopst.letters.rendering.press import Drawer
from halopst.letters.rules import SIGNABLE, SIGNED, State, Verb, same_person
from halopst.letters.services.authority import must_issue
from halopst.letters.services.moving import locked, move
from halopst.letters.services.papers import fetch, store
from halopst.letters.services.refusals import (
    BeingSigned,
    CertificateOfAnother,
    NoSeal,
    NotAPdf,
    NotToBeSealed,
    NotYetSigned,
    OutOfTurn,
    ScanIncomplete,
    ScanOfAnother,
    ScanTooLarge,
    ScanUnread,
    SealedAlready,
    SignatureNotWhole,
    SignerMissing,
)
from halopst.letters.services.stamping import stamp_for

LARGEST_SCAN = 10 * 1024 * 1024


def upload_scan(
    actor: Actor, letter: Letter, *, content: bytes, signer: str, compared: bool, now: datetime
) -> Signing:
    """Keep the scan of the signed paper. Its pages are counted and its QR codes read.

    Where no code can be read, `compared` is the officer's word that the number on the paper is this one's.
    """
    must_issue(actor, letter.unit_id)
    if not signer.strip():
        raise SignerMissing
    was_read = check_scan(letter, content, compared=compared)
    return sign_on_paper(actor, letter, content, signer=signer, was_read=was_read, now=now)


def sign_with_bsre(
    actor: Actor,
    letter: Letter,
    *,
    person: Person,
    signer: str,
    client: EsignClient,
    visible: bool,
    confirmed: bool = False,
    now: datetime,
) -> Signing:
    """Have BSrE sign the letter's file, and check what comes back; passphrase and code are kept nowhere.

    One signing of a letter is under way at a time. What failed may be tried again: it begins with the
    letter's own file, and only a whole one of a letter that still waits for its signature is kept. A
    certificate of another name than `signer` is refused, unless the officer `confirmed` who owns it.
    """
    must_issue(actor, letter.unit_id)
    signer = signer.strip()[:150]
    if not signer:
        raise SignerMissing
    with _claimed(letter, client, now, SIGNABLE):
        paper = fetch(letter.file)
        stamp = stamp_for(letter, paper, signer=signer, now=now) if visible else None
        signed = client.sign_pdf(
            paper, person, reason=str(letter.number), location=letter.unit.seat, stamp=stamp
        )
        made = Signing(
            method=Signing.Method.ELECTRONIC, pages=_pages_of(signed), number_was_read=True, signer=signer
        )
        _check(made, signed, client, confirmed=confirmed, now=now)
        return _sign(actor, letter, signed, made, now=now)


def can_seal(letter: Letter, client: EsignClient | None) -> bool:
    """Whether the office has a seal, and this letter may still be put under it."""
    if client is None or not client.terms.subscriber or letter.state not in SIGNED:
        return False
    return not letter.signings.filter(method=Signing.Method.SEAL).exists()


def ask_for_seal(actor: Actor, letter: Letter, *, client: EsignClient) -> None:
    """Have the code that activates the office's seal sent to whoever holds the seal."""
    must_issue(actor, letter.unit_id)
    _to_seal(letter, client)
    client.send_seal_code()


def seal_with_bsre(
    actor: Actor, letter: Letter, *, activation: str, client: EsignClient, now: datetime
) -> Signing:
    """Have BSrE put the office's seal on the file the letter was signed by; its state stays as it is."""
    must_issue(actor, letter.unit_id)
    _to_seal(letter, client)
    with _claimed(letter, client, now, SIGNED):
        signed = _to_seal(letter, client)
        whole = fetch(signed.file)
        sealed = client.seal_pdf(whole, activation, reason=str(letter.number), location=letter.unit.seat)
        if sealed == whole:
            raise SignatureNotWhole
        made = Signing(method=Signing.Method.SEAL, pages=_pages_of(sealed), signer=letter.unit.name[:150])
        made.number_was_read = signed.number_was_read
        _check(made, sealed, client, confirmed=True, now=now)
        with _stored(made, letter, sealed), refuse_on("a_letter_is_sealed_once", SealedAlready):
            row = locked(letter)
            if row.state not in SIGNED:
                raise NotToBeSealed
            _keep(actor, made, row, sealed, now=now)
            record(actor, "letters.sealed", row, number=str(row.number))
    return made


def _to_seal(letter: Letter, client: EsignClient) -> Signing:
    """The signing whose file is to be put under the seal."""
    if not client.terms.subscriber:
        raise NoSeal
    signed = letter.signings.last()
    if signed is None or letter.state not in SIGNED:
        raise NotToBeSealed
    if signed.method == Signing.Method.SEAL:
        raise SealedAlready
    return signed


@contextmanager
def _claimed(letter: Letter, client: EsignClient, now: datetime, states: Collection[State]) -> Iterator[None]:
    """Claim the letter while the gateway is asked; a claim whose process died runs out by itself."""
    rows = Letter.objects.filter(pk=letter.pk)
    free = Q(signing_until__isnull=True) | Q(signing_until__lte=now)
    until = now + timedelta(seconds=client.patience)
    if not rows.filter(free, state__in=states).update(signing_until=until):
        now_is = rows.get()
        if now_is.state in states:
            raise BeingSigned
        raise OutOfTurn(now_is, Verb.SIGN) if states is SIGNABLE else NotToBeSealed
    try:
        yield
    finally:
        rows.filter(signing_until=until).update(signing_until=None)


def _pages_of(signed: bytes) -> int:
    try:
        return pages_of(signed)
    except NotAPaper as error:
        raise SignatureNotWhole from error


def _check(made: Signing, signed: bytes, client: EsignClient, *, confirmed: bool, now: datetime) -> None:
    """Note whose certificate it bears. A gateway that cannot be asked leaves the signing unchecked."""
    try:
        report = client.verify_pdf(signed)
    except Refused:
        return
    if report.is_whole is False:
        raise SignatureNotWhole
    made.checked_at, made.certified_name = now, report.signatures[-1].name[:150]
    if made.certified_name and not confirmed and not same_person(made.certified_name, made.signer):
        raise CertificateOfAnother(made.certified_name, made.signer)


def sign_on_paper(
    actor: Actor, letter: Letter, content: bytes, *, signer: str, was_read: bool, now: datetime
) -> Signing:
    """Keep a scan that has been checked; `was_read` says whether the letter's own code was on it."""
    made = Signing(
        method=Signing.Method.WET,
        pages=pages_of(content),
        number_was_read=was_read,
        signer=signer.strip()[:150],
    )
    return _sign(actor, letter, content, made, now=now)


def _sign(actor: Actor, letter: Letter, content: bytes, signing: Signing, *, now: datetime) -> Signing:
    with _stored(signing, letter, content):
        _keep(actor, signing, move(actor, locked(letter), Verb.SIGN, now=now), content, now=now)
    return signing


@contextmanager
def _stored(signing: Signing, letter: Letter, content: bytes) -> Iterator[None]:
    """Store the file, and the rows written in the block: both or neither."""
    signing.file = store(f"surat/{letter.unit_id}/tanda-tangan/{secrets.token_hex(16)}.pdf", content)
    with dropped_on_failure(signing.file), transaction.atomic():
        yield


def _keep(actor: Actor, signing: Signing, letter: Letter, content: bytes, *, now: datetime) -> None:
    signing.letter, signing.signed_at = letter, now
    signing.sha256 = hashlib.sha256(content).hexdigest()
    signing.given_by_id = actor.user_id
    signing.save()


def check_scan(letter: Letter, content: bytes, *, compared: bool) -> bool:
    """Whether the letter's own code was read; refuses what is no scan of this letter, and changes nothing."""
    if len(content) > LARGEST_SCAN:
        raise ScanTooLarge
    try:
        return _was_read(letter, content, compared=compared)
    except NotAPaper as error:
        raise NotAPdf from error


def _was_read(letter: Letter, content: bytes, *, compared: bool) -> bool:
    pages = pages_of(content)
    printed = Letter.objects.filter(unit=letter.unit_id, sha256=hashlib.sha256(content).hexdigest()).first()
    if printed is not None:
        raise NotYetSigned if printed == letter else ScanOfAnother
    if pages != letter.pages:
        raise ScanIncomplete(pages, letter.pages)
    with closing(Drawer()) as drawer:
        tokens = tokens_of_scan(content, drawer)
        if tokens - {letter.token}:
            raise ScanOfAnother
        if not tokens and not compared:
            raise ScanUnread
        if tokens and is_untouched(content, fetch(letter.file), drawer):
            raise NotYetSigned
    return bool(tokens)
