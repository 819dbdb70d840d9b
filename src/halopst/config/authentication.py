"""How the API knows who is asking: a personal token, or the session of someone using the pages."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth

from halopst.accounts.services import actor_from_token
from halopst.core.errors import NotPermitted

READING = {"GET", "HEAD", "OPTIONS"}


class TokenAuth(HttpBearer):
    """`Authorization: Bearer hpst_...`; sets the request's user and its narrowed actor."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        holder = actor_from_token(token, now=timezone.now())
        if holder is None:
            raise AuthenticationError
        if request.method not in READING and not holder.may_write:
            raise NotPermitted(_("Token ini hanya untuk membaca. Buat token dengan cakupan tulis."))
        request.user = holder.user
        request.actor = holder.actor  # type: ignore[attr-defined]  # our middleware made it a Request
        return holder


class PageSession(SessionAuth):
    """The signed-in visitor of a page; anything but reading needs the page's CSRF token as well."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if request.user.is_authenticated else None


signed_in = [TokenAuth(), PageSession()]
