"""What a person was sending when their session ended, kept in the next session until they send or drop it."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

KEY = "draft"
LARGEST = 200_000  # characters; sessions live in the database
SECRET_FIELD = re.compile(r"csrf|password|sandi|code|kode|token", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    path: str
    fields: list[tuple[str, str]]
    lost_files: bool


def keep_draft(request: HttpRequest, user_id: int | None) -> bool:
    """Put the posted fields (no files, no secrets) into the session; False when there is nothing to keep."""
    if request.content_type not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return False
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if not SECRET_FIELD.search(name)
    ]
    if not fields or sum(len(str(value)) for _name, value in fields) > LARGEST:
        return False
    request.session[KEY] = {
        "user_id": user_id,
        "path": request.get_full_path(),
        "fields": fields,
        "lost_files": bool(request.FILES),
    }
    return True


def draft_of(request: HttpRequest, user_id: int | None) -> Draft | None:
    """The draft waiting in this session, if it is this person's own; someone else's is dropped."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None:
        return None
    if kept["user_id"] != user_id:
        drop_draft(request)
        return None
    return Draft(
        path=kept["path"],
        fields=[(name, value) for name, value in kept["fields"]],
        lost_files=kept["lost_files"],
    )


def drop_draft(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
