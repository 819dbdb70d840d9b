from halopst.knowledge.models.catalogue import CatalogueItem, ReleaseDate
from halopst.knowledge.models.data_requests import DataRequest
from halopst.knowledge.models.documents import Document, DocumentVersion
from halopst.knowledge.models.figure_imports import FigureImport
from halopst.knowledge.models.figures import Breakdown, Cell, CellRevision, DataSource, Indicator, Region
from halopst.knowledge.models.index import Deletion, Posting, Term
from halopst.knowledge.models.passages import Passage
from halopst.knowledge.models.synonyms import Synonym
from halopst.knowledge.models.webapi import Sync, WebApiAccess

__all__ = [
    "Breakdown",
    "CatalogueItem",
    "Cell",
    "CellRevision",
    "DataRequest",
    "DataSource",
    "Deletion",
    "Document",
    "DocumentVersion",
    "FigureImport",
    "Indicator",
    "Passage",
    "Posting",
    "Region",
    "ReleaseDate",
    "Sync",
    "Synonym",
    "Term",
    "WebApiAccess",
]
