"""Signatures: the scan of a signed paper, checked against its letter, or a certified electronic one."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from halopst.core.actors import Actor
from halopst.core.errors import Refused
from halopst.core.files import dropped_on_failure
from halopst.letters.esign import EsignClient, Person
from halopst.letters.models import Letter, Signing
from halopst.letters.rendering.papers import NotAPaper, pages_of, tokens_of_scan
from halopst.letters.rules import SIGNABLE, Verb, same_person
from halopst.letters.services.authority import must_issue
from halopst.letters.services.moving import locked, move
from halopst.letters.services.papers import fetch, store
from halopst.letters.services.refusals import (
    BeingSigned,
    CertificateOfAnother,
    NotAPdf,
    NotYetSigned,
    OutOfTurn,
    ScanIncomplete,
    ScanOfAnother,
    ScanTooLarge,
    ScanUnread,
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
    with _claimed(letter, client, now):
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


@contextmanager
def _claimed(letter: Letter, client: EsignClient, now: datetime) -> Iterator[None]:
    """Nobody else asks for this letter meanwhile; a claim whose process died runs out by itself."""
    rows = Letter.objects.filter(pk=letter.pk)
    free = Q(signing_until__isnull=True) | Q(signing_until__lte=now)
    until = now + timedelta(seconds=client.patience)
    if not rows.filter(free, state__in=SIGNABLE).update(signing_until=until):
        now_is = rows.get()
        raise BeingSigned if now_is.state in SIGNABLE else OutOfTurn(now_is, Verb.SIGN)
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
    signing.file = store(f"surat/{letter.unit_id}/tanda-tangan/{secrets.token_hex(16)}.pdf", content)
    with dropped_on_failure(signing.file), transaction.atomic():
        moved = move(actor, locked(letter), Verb.SIGN, now=now)
        signing.letter, signing.signed_at = moved, now
        signing.sha256 = hashlib.sha256(content).hexdigest()
        signing.given_by_id = actor.user_id
        signing.save()
    return signing


def check_scan(letter: Letter, content: bytes, *, compared: bool) -> bool:
    """Whether the letter's own code was read; refuses what is no scan of this letter, and changes nothing."""
    if len(content) > LARGEST_SCAN:
        raise ScanTooLarge
    try:
        pages, tokens = pages_of(content), tokens_of_scan(content)
    except NotAPaper as error:
        raise NotAPdf from error
    printed = Letter.objects.filter(unit=letter.unit_id, sha256=hashlib.sha256(content).hexdigest()).first()
    if printed is not None:
        raise NotYetSigned if printed == letter else ScanOfAnother
    if pages != letter.pages:
        raise ScanIncomplete(pages, letter.pages)
    if tokens - {letter.token}:
        raise ScanOfAnother
    if not tokens and not compared:
        raise ScanUnread
    return bool(tokens)
