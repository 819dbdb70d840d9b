from halopst.knowledge.services.authority import may_edit, may_keep, may_publish, may_write
from halopst.knowledge.services.exporting import export_lines
from halopst.knowledge.services.importing import Report, import_lines
from halopst.knowledge.services.indexing import reindex
from halopst.knowledge.services.refusals import (
    EditedMeanwhile,
    NoTextInside,
    NotInThisState,
    NotReadable,
    ReviewDateMissing,
    SaysNothing,
    TooLarge,
)
from halopst.knowledge.services.uploads import take_in
from halopst.knowledge.services.writing import Content, edit, publish, take_over, withdraw, write

__all__ = [
    "Content",
    "EditedMeanwhile",
    "NoTextInside",
    "NotInThisState",
    "NotReadable",
    "Report",
    "ReviewDateMissing",
    "SaysNothing",
    "TooLarge",
    "edit",
    "export_lines",
    "import_lines",
    "may_edit",
    "may_keep",
    "may_publish",
    "may_write",
    "publish",
    "reindex",
    "take_in",
    "take_over",
    "withdraw",
    "write",
]
