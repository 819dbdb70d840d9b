"""Hand a proven person to allauth, which asks for the second factor and starts the session."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from halopst.accounts.models import Membership, User
from halopst.audit.services import record
from halopst.core.actors import ANONYMOUS, Actor


def sign_in(request: HttpRequest, user: User, *, method: str, next_url: str) -> HttpResponse:
    """Start the person's session (its key rotates, its contents stay) and go to `next_url`.

    Someone with a second factor goes to its page first and arrives at `next_url` afterwards. Whoever
    else was signed in here is signed out before, and takes their session with them.
    """
    if request.user.is_authenticated and request.user.pk != user.pk:
        logout(request)
    record_authentication(request, user, method=method)
    response: Any = perform_login(request, user, redirect_url=next_url)
    return response  # type: ignore[no-any-return]  # allauth is untyped


def note_sign_in(user: User, *, way: str) -> None:
    """Put a colleague's sign-in on their office's record; visitors' comings and goings are their own."""
    unit_id = _office(user.email)
    if unit_id is not None:
        person = Actor(user_id=user.pk, label=f"user:{user.pk}")
        record(person, "accounts.signed-in", user, unit_id=unit_id, way=way)


def note_failed_sign_in(email: str) -> None:
    """Put a wrong password for a colleague's account on their office's record."""
    unit_id = _office(email)
    if unit_id is not None:
        record(ANONYMOUS, "accounts.sign-in-failed", User.objects.get(email__iexact=email), unit_id=unit_id)


def _office(email: str) -> int | None:
    """The first office where the person of that address works."""
    held = Membership.objects.filter(user__email__iexact=email).order_by("pk")
    return held.values_list("unit", flat=True).first()
