from halopst.notifications.channels import Attachment
from halopst.notifications.kinds import Group, NoticeKind, declare
from halopst.notifications.services.outbox import Recipient, notify, recipient_of, tell_alone

__all__ = [
    "Attachment",
    "Group",
    "NoticeKind",
    "Recipient",
    "declare",
    "notify",
    "recipient_of",
    "tell_alone",
]
