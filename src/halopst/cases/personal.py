"""What the cases domain holds about a person, and how it forgets (UU 27/2022)."""

from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from halopst.accounts.services import register_erasure, register_export
from halopst.audit.services import record
from halopst.cases.models import Attachment, Case, Message
from halopst.cases.models.case import LIVING
from halopst.cases.services import cancel, index
from halopst.core.actors import SYSTEM

ERASED = "-"


def export(user_id: int) -> list[dict[str, Any]]:
    """Every request of the person with its conversation and the names of its files."""
    cases = Case.objects.filter(visitor=user_id).select_related("unit", "service").order_by("pk")
    return [
        {
            "number": case.number,
            "unit": case.unit.name,
            "service": case.service.name,
            "channel": case.channel,
            "subject": case.subject,
            "state": case.state,
            "submitted_at": case.submitted_at.isoformat(),
            "finished_at": case.finished_at.isoformat() if case.finished_at else None,
            "messages": [
                {"at": line.sent_at.isoformat(), "from": line.sender, "text": line.happened or line.body}
                for line in case.messages.all()
            ],
            "files": [file.name for file in case.attachments.all()],
        }
        for case in cases.prefetch_related("messages", "attachments")
    ]


def erase(user_id: int, now: datetime) -> None:
    """The words and files go; that a request was made, when and with what result stays."""
    own = Case.objects.filter(visitor=user_id)
    for living in own.filter(LIVING):
        cancel(SYSTEM, living, reason="", now=now)
    files = Attachment.objects.filter(case__in=own)
    for stored_as in files.values_list("stored_as", flat=True):
        transaction.on_commit(partial(default_storage.delete, stored_as))
    files.delete()
    Message.objects.filter(case__in=own).exclude(verb="assign").update(body="")
    for case in own.exclude(subject=ERASED).select_related("visitor"):
        case.subject = ERASED
        case.save(update_fields=["subject", "updated_at"])
        index(case)
        record(SYSTEM, "case.erased", case)


register_export("permintaan", export)
register_erasure("cases", erase)
