from halopst.notifications.channels import Attachment
from halopst.notifications.kinds import Group, NoticeKind, declare
from halopst.notifications.services.consent import START_WORDS, STOP_WORDS, opt_in
from halopst.notifications.services.inbound import forget_chat, let_go
from halopst.notifications.services.outbox import Recipient, notify, recipient_of, tell_alone

__all__ = [
    "START_WORDS",
    "STOP_WORDS",
    "Attachment",
    "Group",
    "NoticeKind",
    "Recipient",
    "declare",
    "forget_chat",
    "let_go",
    "notify",
    "opt_in",
    "recipient_of",
    "tell_alone",
]
