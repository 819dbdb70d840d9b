"""Idempotency for what takes long: the key is claimed before the work, not held in a transaction during it.

A repeat while the first is at work is told to come back; one after it gets the same answer.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja.decorators import decorate_view

from halopst.core.errors import Invalid, Refused
from halopst.core.idempotency import declined, fitting_row, replayed
from halopst.core.models import IdempotencyKey

Operation = TypeVar("Operation", bound=Callable[..., Any])
View = Callable[..., HttpResponse]

CLAIMED_FOR = timedelta(minutes=5)
"""Longer than any operation takes: after that, whoever claimed a key has died with it."""
COME_BACK = "3"  # seconds


class StillAtWork(Refused):
    message = _("Permintaan dengan kunci ini masih dikerjakan. Kirim lagi beberapa detik lagi.")


def claimed(*, keeps: Callable[[HttpResponse], bool]) -> Callable[[Operation], Operation]:
    """Decorate a ninja operation that may be sent a key; put it below the router's decorator.

    `keeps` says of an answer whether a repeat must get it again; any other is given anew. Without a key
    nothing is kept.
    """

    def decorated(operation: Operation) -> Operation:
        return decorate_view(lambda view: _once(view, keeps))(operation)

    return decorated


def _once(view: View, keeps: Callable[[HttpResponse], bool]) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "Idempotency-Key" not in request.headers:
            return view(request, *args, **kwargs)
        try:
            row = fitting_row(request)
            if not _claim(row, now=timezone.now()):
                return _given_before(row)
        except Invalid as error:
            return declined(error)
        return _kept(row, lambda: view(request, *args, **kwargs), keeps)

    return answer


def _claim(row: IdempotencyKey, *, now: datetime) -> bool:
    """Whether the work is ours: the key is new, or who had it never came to an answer."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        same = IdempotencyKey.objects.filter(scope=row.scope, key=row.key, request_hash=row.request_hash)
        left = same.filter(status=0, created_at__lt=now - CLAIMED_FOR)
        return bool(left.update(created_at=now))
    return True


def _given_before(row: IdempotencyKey) -> HttpResponse:
    first = IdempotencyKey.objects.filter(scope=row.scope, key=row.key).first()
    if first is not None and (first.status or first.request_hash != row.request_hash):
        return replayed(first, row)
    response = declined(StillAtWork())
    response.headers["Retry-After"] = COME_BACK
    return response


def _kept(
    row: IdempotencyKey, act: Callable[[], HttpResponse], keeps: Callable[[HttpResponse], bool]
) -> HttpResponse:
    mine = IdempotencyKey.objects.filter(scope=row.scope, key=row.key)
    is_kept = False
    try:
        response = act()
        if is_kept := keeps(response):
            kept = {"status": response.status_code, "body": response.content.decode()}
            mine.update(**kept, content_type=response.headers.get("Content-Type", ""))
    finally:
        if not is_kept:
            mine.delete()
    return response
