from halopst.knowledge.models.documents import Document, DocumentVersion
from halopst.knowledge.models.index import Deletion, Posting, Term
from halopst.knowledge.models.passages import Passage

__all__ = ["Deletion", "Document", "DocumentVersion", "Passage", "Posting", "Term"]
