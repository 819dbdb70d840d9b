"""Keys with which a program acts for a person."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from halopst.accounts.actors import actor_for
from halopst.accounts.models import ApiToken, User
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.core.idempotency import KeyReused

LONGEST = 366  # days
AT_MOST = 20
LAST_USE_PRECISION = timedelta(minutes=1)


class TooManyTokens(Refused):
    message = _("Anda sudah punya 20 token. Cabut yang tidak dipakai, lalu buat yang baru.")


class TokenShape(Invalid):
    message = _("Isi nama token, pilih sedikitnya satu cakupan, dan masa berlaku 1 sampai 366 hari.")


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenHolder:
    """Who a request's token speaks for."""

    user: User
    actor: Actor
    may_write: bool


def fresh_secret() -> str:
    return f"hpst_{secrets.token_urlsafe(32)}"


def secret_from(actor: Actor, key: str) -> str:
    """The secret that belongs to an API request's Idempotency-Key: the same for the same person and key."""
    digest = salted_hmac("halopst.api-token", f"{actor.user_id}:{key}", algorithm="sha256").digest()
    return f"hpst_{urlsafe_b64encode(digest).rstrip(b'=').decode()}"


@transaction.atomic
def create_token(
    actor: Actor, *, name: str, scopes: Iterable[str], days: int, secret: str, now: datetime
) -> ApiToken:
    """A token for the actor itself; the caller shows `secret` (from `fresh_secret`) once.

    The same secret with the same wishes gives the token it already made; with others, `KeyReused`.
    """
    if actor.user_id is None:
        raise NotPermitted
    chosen = sorted(set(scopes) & set(ApiToken.Scope.values))
    if not name.strip() or not chosen or not 1 <= days <= LONGEST:
        raise TokenShape
    wanted = ApiToken(
        user_id=actor.user_id,
        name=name.strip()[:80],
        prefix=secret[:9],
        digest=_digest(secret),
        scopes=chosen,
        expires_at=now + timedelta(days=days),
    )
    made = _already_made(wanted, now)
    if made is not None:
        return made
    wanted.save()
    record(actor, "accounts.token-created", wanted, scopes=chosen, days=days)
    return wanted


@transaction.atomic
def revoke_token(actor: Actor, token: ApiToken, *, now: datetime) -> None:
    """End a token at once. Revoking it again changes nothing."""
    if not actor.is_system and token.user_id != actor.user_id:
        raise NotPermitted
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at", "updated_at"])
        record(actor, "accounts.token-revoked", token)


def actor_from_token(secret: str, *, now: datetime) -> TokenHolder | None:
    """Who `secret` speaks for now, holding what the person holds and the token's scopes allow."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=_digest(secret), revoked_at=None, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token is None:
        return None
    if token.last_used_at is None or token.last_used_at < now - LAST_USE_PRECISION:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    actor = actor_for(token.user)
    may_write = ApiToken.Scope.WRITE in token.scopes
    kept = actor.grants if may_write else {p: ids for p, ids in actor.grants.items() if p.endswith(".view")}
    return TokenHolder(
        user=token.user,
        actor=Actor(user_id=actor.user_id, label=f"{actor.label} token:{token.pk}", grants=kept),
        may_write=may_write,
    )


def _already_made(wanted: ApiToken, now: datetime) -> ApiToken | None:
    """The token this secret made before; refuses another one with it, and a twenty-first token."""
    User.objects.select_for_update().get(pk=wanted.user_id)
    made: ApiToken | None = ApiToken.objects.filter(digest=wanted.digest).first()
    if made is not None and (made.name, made.scopes) != (wanted.name, wanted.scopes):
        raise KeyReused
    held = ApiToken.objects.filter(user=wanted.user_id, revoked_at=None, expires_at__gt=now)
    if made is None and held.count() >= AT_MOST:
        raise TooManyTokens
    return made


def _digest(secret: str) -> str:
    """The secret has 256 random bits: a plain hash cannot be searched."""
    return sha256(secret.encode()).hexdigest()
