from halopst.assistant.services.allowances import forget_allowances
from halopst.assistant.services.asking import ask
from halopst.assistant.services.channels import set_channels
from halopst.assistant.services.chatting import sender_key
from halopst.assistant.services.consenting import keep
from halopst.assistant.services.contradictions import Contradiction, contradiction
from halopst.assistant.services.conversing import (
    AlreadyHandedOver,
    ask_first,
    begin,
    forget_conversations,
    hand_over,
    rekey,
    say,
)
from halopst.assistant.services.correcting import correct
from halopst.assistant.services.drafting import Wanted, draft_data_request, draft_synonym, draft_text
from halopst.assistant.services.gathering import gather
from halopst.assistant.services.hearing import hear
from halopst.assistant.services.judging import explain, judge, set_verdict
from halopst.assistant.services.lasting import SourceGone, check_sources, sources_gone
from halopst.assistant.services.likeness import thing_asked
from halopst.assistant.services.proposing import NoLongerOpen, dismiss, propose, settle
from halopst.assistant.services.publishing import draft_public_answer, suggested_answer
from halopst.assistant.services.replies import Answer
from halopst.assistant.services.settling import (
    reopen,
    set_aside,
    try_again,
    try_open_groups,
    try_remedies,
)
from halopst.assistant.services.spending import forget_spending
from halopst.assistant.services.telling import NotKept, wait_for, wait_for_all
from halopst.assistant.services.worded_answers import ask_worded
from halopst.assistant.services.wording import word, worded_by

__all__ = [
    "AlreadyHandedOver",
    "Answer",
    "Contradiction",
    "NoLongerOpen",
    "NotKept",
    "SourceGone",
    "Wanted",
    "ask",
    "ask_first",
    "ask_worded",
    "begin",
    "check_sources",
    "contradiction",
    "correct",
    "dismiss",
    "draft_data_request",
    "draft_public_answer",
    "draft_synonym",
    "draft_text",
    "explain",
    "forget_allowances",
    "forget_conversations",
    "forget_spending",
    "gather",
    "hand_over",
    "hear",
    "judge",
    "keep",
    "propose",
    "rekey",
    "reopen",
    "say",
    "sender_key",
    "set_aside",
    "set_channels",
    "set_verdict",
    "settle",
    "sources_gone",
    "suggested_answer",
    "thing_asked",
    "try_again",
    "try_open_groups",
    "try_remedies",
    "wait_for",
    "wait_for_all",
    "word",
    "worded_by",
]
