"""The navigation that the staff's pages of this package need."""

from typing import Any

from halopst.core.errors import NotPermitted
from halopst.core.http import Request
from halopst.knowledge.queries import is_of_head_office, offices_to_write_for


def writing_for(request: Request) -> dict[str, Any]:
    """The offices the person may write for, for the forms; refuses who may for none."""
    offices = offices_to_write_for(request.actor)
    if not offices:
        raise NotPermitted
    return {"offices": offices, "shared": is_of_head_office(offices)}
