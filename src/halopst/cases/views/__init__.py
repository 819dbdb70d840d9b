from halopst.cases.views.desk import case_detail, inbox
from halopst.cases.views.files import attachment
from halopst.cases.views.moves import assign, cancel, complete, finish, presence, reopen, reply, resume
from halopst.cases.views.policy import policy
from halopst.cases.views.request import new_case
from halopst.cases.views.visitor import (
    my_cancel,
    my_case,
    my_cases,
    my_reopen,
    my_reply,
    track,
)

__all__ = [
    "assign",
    "attachment",
    "cancel",
    "case_detail",
    "complete",
    "finish",
    "inbox",
    "my_cancel",
    "my_case",
    "my_cases",
    "my_reopen",
    "my_reply",
    "new_case",
    "policy",
    "presence",
    "reopen",
    "reply",
    "resume",
    "track",
]
