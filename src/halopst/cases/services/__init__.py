from halopst.cases.services.attaching import attach
from halopst.cases.services.checking import check_replies
from halopst.cases.services.lateness import watch_deadlines
from halopst.cases.services.links import ask_for_link, send_link
from halopst.cases.services.opening import index, open_case, submit_request
from halopst.cases.services.policies import set_follow_up
from halopst.cases.services.presence import be_present
from halopst.cases.services.recomputing import recompute_deadlines
from halopst.cases.services.refusals import CaseMoved, NotAnOfficerHere, NotNow
from halopst.cases.services.silence import follow_up_silence
from halopst.cases.services.talking import ask_visitor, note, reply, resume
from halopst.cases.services.working import (
    assign,
    cancel,
    complete_case,
    finish,
    mark_first_reply,
    reopen,
)

__all__ = [
    "CaseMoved",
    "NotAnOfficerHere",
    "NotNow",
    "ask_for_link",
    "ask_visitor",
    "assign",
    "attach",
    "be_present",
    "cancel",
    "check_replies",
    "complete_case",
    "finish",
    "follow_up_silence",
    "index",
    "mark_first_reply",
    "note",
    "open_case",
    "recompute_deadlines",
    "reopen",
    "reply",
    "resume",
    "send_link",
    "set_follow_up",
    "submit_request",
    "watch_deadlines",
]
