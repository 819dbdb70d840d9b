"""Hand a proven person to allauth, which asks for the second factor and starts the session."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse

from halopst.accounts.models import User


def sign_in(request: HttpRequest, user: User, *, method: str, next_url: str) -> HttpResponse:
    """Start the person's session (its key rotates, its contents stay) and go to `next_url`.

    Someone with a second factor goes to its page first and arrives at `next_url` afterwards.
    """
    record_authentication(request, user, method=method)
    response: Any = perform_login(request, user, redirect_url=next_url)
    return response  # type: ignore[no-any-return]  # allauth is untyped
