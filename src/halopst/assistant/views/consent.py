"""Whether this browser's conversations may be kept: asked once, remembered a year, changed at any time."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from halopst.accounts.models import ConsentText
from halopst.accounts.queries import consents
from halopst.core.http import Request

ALLOWED, YES, NO = "aida_izin", "ya", "tidak"
REMEMBERED_FOR = 60 * 60 * 24 * 365  # seconds


def allowed(request: Request) -> bool | None:
    """What this browser, else the signed-in account, said to being kept; None when it was not asked yet."""
    said = {YES: True, NO: False}.get(request.COOKIES.get(ALLOWED, ""))
    if said is None and request.actor.user_id is not None:
        standing = consents(request.actor, on=timezone.localdate())
        given = [one.given for one in standing if one.text.subject == ConsentText.Subject.ASSISTANT]
        return True if any(given) else None
    return said


def remember(response: HttpResponse, *, kept: bool) -> None:
    response.set_cookie(
        ALLOWED,
        YES if kept else NO,
        max_age=REMEMBERED_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
