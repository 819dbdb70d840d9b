from halopst.knowledge.services.authority import may_edit, may_keep, may_publish, may_write
from halopst.knowledge.services.data_requests import (
    NotFoundYet,
    ask_for_data,
    close_data_request,
    look_for_data,
)
from halopst.knowledge.services.indexing import reindex
from halopst.knowledge.services.refusals import (
    ABOUT_THE_REVIEW_DATE,
    ReviewDatePast,
    SecondPersonNeeded,
)
from halopst.knowledge.services.synonyms import approve_synonym, propose_synonym, withdraw_synonym
from halopst.knowledge.services.text_export import export_lines
from halopst.knowledge.services.text_import import Report, import_lines, lines_of
from halopst.knowledge.services.uploads import take_in
from halopst.knowledge.services.writing import (
    Content,
    edit,
    edit_and_publish,
    publish,
    take_over,
    withdraw,
    write,
)

__all__ = [
    "ABOUT_THE_REVIEW_DATE",
    "Content",
    "NotFoundYet",
    "Report",
    "ReviewDatePast",
    "SecondPersonNeeded",
    "approve_synonym",
    "ask_for_data",
    "close_data_request",
    "edit",
    "edit_and_publish",
    "export_lines",
    "import_lines",
    "lines_of",
    "look_for_data",
    "may_edit",
    "may_keep",
    "may_publish",
    "may_write",
    "propose_synonym",
    "publish",
    "reindex",
    "take_in",
    "take_over",
    "withdraw",
    "withdraw_synonym",
    "write",
]
