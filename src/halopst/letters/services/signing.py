"""Signatures: the scan of a signed paper, checked against its letter, or a certified electronic one."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from halopst.core.actors import Actor
from halopst.core.files import dropped_on_failure
from halopst.letters.esign import EsignClient, Person
from halopst.letters.models import Letter, Signing
from halopst.letters.rendering.papers import NotAPaper, pages_of, tokens_of_scan
from halopst.letters.rules import MOVES, State, Verb
from halopst.letters.services.authority import must_issue
from halopst.letters.services.moving import locked, move
from halopst.letters.services.papers import fetch, store
from halopst.letters.services.refusals import (
    NotAPdf,
    OutOfTurn,
    ScanIncomplete,
    ScanOfAnother,
    ScanTooLarge,
    ScanUnread,
    SignerMissing,
)

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
    actor: Actor, letter: Letter, *, person: Person, signer: str, client: EsignClient, now: datetime
) -> Signing:
    """Have BSrE sign the letter's file. The passphrase passes through and is kept nowhere."""
    must_issue(actor, letter.unit_id)
    if not signer.strip():
        raise SignerMissing
    if (State(letter.state), Verb.SIGN) not in MOVES:
        raise OutOfTurn
    signed = client.sign_pdf(fetch(letter.file), person, reason=str(letter.number))
    try:
        pages = pages_of(signed)
    except NotAPaper as error:
        raise NotAPdf from error
    made = Signing(
        method=Signing.Method.ELECTRONIC, pages=pages, number_was_read=True, signer=signer.strip()[:150]
    )
    return _sign(actor, letter, signed, made, now=now)


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
    if pages != letter.pages:
        raise ScanIncomplete(pages, letter.pages)
    if tokens - {letter.token}:
        raise ScanOfAnother
    if not tokens and not compared:
        raise ScanUnread
    return bool(tokens)
