"""Coming in: a one-time code to an address we know, and the short session behind it.

Asking does the same work and gives the same answer whether or not an address is anybody's: a worker finds
that out later. A code works only for the browser that asked (which holds the id), ten minutes, five tries.
"""

import secrets
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from halopst.accounts.services import fresh_code
from halopst.audit.services import record
from halopst.core.events import publish
from halopst.notifications.services import NoticeKind, Recipient, tell_alone
from halopst.partners.events import OwnCodeAsked
from halopst.partners.models import OwnCode, OwnLink, OwnSession, Person
from halopst.partners.notices import CODE, SHARED
from halopst.partners.queries.own.page import is_live, people_at, secret_digest
from halopst.partners.rules import own as rules
from halopst.partners.rules.own import Mitra
from halopst.partners.secrecy import fingerprint, seal, unseal
from halopst.partners.services.own.refusals import CodeSpent, TooManyCodes, WrongCode


@transaction.atomic
def ask_code(
    *, address: str = "", link: OwnLink | None = None, client: str, language: str, now: datetime
) -> int:
    """Note that a code is wanted at `address` (as kept in the register), or by the holder of `link`.

    Gives the id that `enter` wants. `client` stands for the network. Refuses with `TooManyCodes`, by the
    address or link and by the network alone, so that refusing tells nothing either.
    """
    key = fingerprint(f"own-link:{link.pk}" if link else f"own-address:{address}")
    _queue(key, client)
    _refuse_floods(key, client, now)
    code = OwnCode.objects.create(
        key=key,
        client=client,
        address_locked="" if link else seal(address),
        link=link,
        language=language,
        asked_at=now,
        expires_at=now + rules.CODE_LASTS,
    )
    publish(OwnCodeAsked(code_id=code.pk))
    return code.pk


def ask_again(code_id: int, *, client: str, language: str, now: datetime) -> int:
    """Another code for whomever `code_id` was for; `CodeSpent` once that is forgotten."""
    row = OwnCode.objects.select_related("link").filter(pk=code_id).first()
    if row is None:
        raise CodeSpent
    address = "" if row.link else unseal(row.address_locked)
    return ask_code(address=address, link=row.link, client=client, language=language, now=now)


@transaction.atomic
def send_code(code_id: int, *, now: datetime) -> bool:
    """Send the code that was asked for, if the address is one mitra's; True when it went out.

    Run twice it sends once: what is sent has its digest.
    """
    row = OwnCode.objects.select_related("link").select_for_update(of=("self",)).filter(pk=code_id).first()
    if row is None or row.digest or row.expires_at <= now:
        return False
    people = _people(row, now)
    if len(people) != 1:
        if people:
            _tell(row, SHARED, {"nama": "mitra"}, now=now)
        return False
    person = Person.objects.locked(people[0].pk)
    sent = OwnCode.objects.filter(person=person, asked_at__gt=now - rules.DAY)
    if sent.count() >= rules.PER_PERSON_A_DAY:
        return False
    code = fresh_code()
    row.person, row.digest = person, _digest(row.pk, code)
    row.save(update_fields=["person", "digest", "updated_at"])
    _tell(row, CODE, {"kode": code}, now=now)
    return True


def enter(code_id: int, *, code: str, now: datetime) -> str:
    """A right code begins a session; gives the secret its browser is to hold.

    Refuses with `WrongCode` (five tries) and `CodeSpent` (used, too old, out of tries, or link revoked).
    """
    person_id = _spend(code_id, code, now)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        session = OwnSession.objects.create(
            person_id=person_id,
            digest=secret_digest(secret),
            began_at=now,
            expires_at=now + rules.SESSION_LASTS,
        )
        mitra = Mitra(session.person_id, session.pk)
        record(mitra.actor, "partners.own-entered", session, person_id=session.person_id)
    return secret


def leave(mitra: Mitra, *, now: datetime) -> None:
    OwnSession.objects.filter(pk=mitra.session_id, ended_at__isnull=True).update(ended_at=now, updated_at=now)


def forget_entries(*, now: datetime) -> int:
    """Drop codes two days after they were asked for and sessions long over; how many."""
    codes = OwnCode.objects.filter(asked_at__lt=now - 2 * rules.DAY).delete()
    sessions = OwnSession.objects.filter(expires_at__lt=now - rules.SESSION_KEPT).delete()
    return codes[0] + sessions[0]


def _queue(*keys: str) -> None:
    """Wait for whoever asks for the same address or from the same network, so that all are counted."""
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"own:{key}"])


def _refuse_floods(key: str, client: str, now: datetime) -> None:
    today = OwnCode.objects.filter(asked_at__gt=now - rules.DAY)
    recent = Q(asked_at__gt=now - rules.WINDOW)
    asked: QuerySet[OwnCode] = today.filter(key=key)
    network: QuerySet[OwnCode] = today.filter(client=client)
    if (
        asked.filter(recent).count() >= rules.PER_ADDRESS
        or asked.count() >= rules.PER_ADDRESS_A_DAY
        or network.filter(recent).count() >= rules.PER_NETWORK
        or _failures(network) >= rules.FAILURES_PER_NETWORK_A_DAY
    ):
        raise TooManyCodes


def _failures(rows: QuerySet[OwnCode]) -> int:
    return rows.aggregate(wrong=Sum("failed_attempts"))["wrong"] or 0


def _people(row: OwnCode, now: datetime) -> list[Person]:
    if row.link is None:
        return people_at(unseal(row.address_locked))
    return [row.link.person] if is_live(row.link, now) else []


def _recipient(row: OwnCode) -> Recipient:
    """Where the code goes: the address asked with; for a link, what the register holds today."""
    if row.link is not None:
        person = row.link.person
        return Recipient(
            user_id=None, name=person.name, email=person.email, phone=person.phone, language=row.language
        )
    address = unseal(row.address_locked)
    is_mail = "@" in address
    return Recipient(
        user_id=None,
        name="",
        email=address if is_mail else "",
        phone="" if is_mail else address,
        language=row.language,
    )


def _tell(row: OwnCode, kind: NoticeKind, said: dict[str, str], *, now: datetime) -> None:
    page = reverse("own:code")
    tell_alone(
        kind=kind.code, to=_recipient(row), context=said, key=f"{kind.code}-{row.pk}", link=page, now=now
    )


def _spend(code_id: int, code: str, now: datetime) -> int:
    """The person of a right code, now used. Committed before any refusal, so that every try counts."""
    with transaction.atomic():
        rows = OwnCode.objects.select_related("link").select_for_update(of=("self",))
        row = rows.filter(pk=code_id).first()
        if row is None or row.used_at or row.expires_at <= now or row.failed_attempts >= rules.ATTEMPTS:
            raise CodeSpent
        right = constant_time_compare(_digest(row.pk, code), row.digest)
        if right and row.link is not None and not is_live(row.link, now):
            raise CodeSpent
        if right:
            row.used_at = now
        else:
            row.failed_attempts += 1
        row.save(update_fields=["used_at", "failed_attempts", "updated_at"])
    if not right or row.person_id is None:
        raise WrongCode if row.failed_attempts < rules.ATTEMPTS else CodeSpent
    return row.person_id


def _digest(row_id: int, code: str) -> str:
    return salted_hmac("halopst.partners.own-code", f"{row_id}:{code}", algorithm="sha256").hexdigest()
