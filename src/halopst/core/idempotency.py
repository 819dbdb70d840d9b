"""Idempotency keys: a repeated API request acts once and gets the same answer (R-20).

The key's row is inserted in the transaction that does the work. A parallel repeat waits on the
row's unique index until the first has committed, then finds the stored answer; after a failure
the row is gone with the work, and the repeat simply tries again.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from ninja.decorators import decorate_view
from ninja.utils import contribute_operation_callback

from halopst.core.clients import client_key
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, Refused
from halopst.core.http import problem, refusal_status
from halopst.core.models import IdempotencyKey

Operation = TypeVar("Operation", bound=Callable[..., Any])
View = Callable[..., HttpResponse]

KEPT_FOR = timedelta(days=7)
LENGTH = range(8, 256)
HEADER: Final = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Another for each request; the same again gets the same answer, for seven days.",
    "schema": {"type": "string", "minLength": LENGTH.start, "maxLength": LENGTH.stop - 1},
    "example": "0192f3a4-7c1e-7d3b-9a55-2f6f1f0c8e11",
}


class KeyMissing(Invalid):
    message = _("Sertakan header Idempotency-Key: 8 sampai 255 karakter, berbeda untuk tiap permintaan.")


class KeyReused(Invalid):
    message = _("Idempotency-Key ini sudah dipakai untuk permintaan lain. Buat kunci baru.")


class _AlreadyAnswered(Refused):
    """The key exists; its answer is read back and sent."""


def idempotent(operation: Operation) -> Operation:
    """Decorate a ninja operation that changes something; put it below the router's decorator."""
    contribute_operation_callback(operation, _describe)
    return decorate_view(_once)(operation)


def _describe(operation: Any) -> None:
    """Say in the API's own description that a key is wanted."""
    extra = operation.openapi_extra or {}
    operation.openapi_extra = {**extra, "parameters": [*extra.get("parameters", []), HEADER]}


def forget_old_keys(*, now: datetime) -> int:
    """Drop answers older than seven days; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


def _once(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            row = fitting_row(request)
            return _first_time(row, lambda: view(request, *args, **kwargs))
        except _AlreadyAnswered:
            return replayed(IdempotencyKey.objects.get(scope=row.scope, key=row.key), row)
        except Invalid as error:
            return declined(error)

    return answer


def fitting_row(request: HttpRequest) -> IdempotencyKey:
    """The row of the key that was sent, not saved; raises KeyMissing when there is none or it is not fit."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) not in LENGTH or not key.isprintable():
        raise KeyMissing
    return IdempotencyKey(scope=_scope(request), key=key, request_hash=_fingerprint(request))


def _first_time(row: IdempotencyKey, act: Callable[[], HttpResponse]) -> HttpResponse:
    with transaction.atomic():
        with refuse_on("one_effect_per_idempotency_key", _AlreadyAnswered):
            row.save()
        response = act()
        _remember(row, response)
    return response


def _remember(row: IdempotencyKey, response: HttpResponse) -> None:
    """Keep what was done or refused by a rule; let anything else be tried again."""
    if response.status_code >= HTTPStatus.BAD_REQUEST and response.status_code != HTTPStatus.CONFLICT:
        transaction.set_rollback(True)
        return
    row.status = response.status_code
    row.body = response.content.decode()
    row.content_type = response.headers.get("Content-Type", "")
    row.save()


def replayed(first: IdempotencyKey, repeat: IdempotencyKey) -> HttpResponse:
    if first.request_hash != repeat.request_hash:
        return declined(KeyReused())
    response = HttpResponse(first.body, status=first.status, content_type=first.content_type)
    response.headers["Idempotent-Replay"] = "true"
    return response


def declined(error: Refused) -> HttpResponse:
    return problem(refusal_status(error), code=error.code, title=str(error.message))


def _scope(request: HttpRequest) -> str:
    """Whose key it is: two people may pick the same key without meeting."""
    owner = (
        request.headers.get("Authorization")
        or (request.user.is_authenticated and f"user:{request.user.pk}")
        or (request.session.session_key and f"session:{request.session.session_key}")
        or f"network:{client_key(request)}"
    )
    return salted_hmac("halopst.core.idempotency", owner, algorithm="sha256").hexdigest()


def _fingerprint(request: HttpRequest) -> str:
    """What a form with files holds, not how it was sent: programs part it anew each time they send it."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.method == "POST" and request.content_type == "multipart/form-data":
        for part in _parts(request):
            digest.update(f"{part!r}\n".encode())
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _parts(request: HttpRequest) -> Iterator[tuple[str, ...]]:
    """The values by name, then the files by name, each file by the hash of what it holds."""
    for name, values in sorted(request.POST.lists()):
        yield (name, *map(str, values))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            held = hashlib.sha256()
            for chunk in file.chunks():
                held.update(chunk)
            file.seek(0)
            yield (name, str(file.name), held.hexdigest())
