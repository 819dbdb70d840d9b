"""What the offices know, for programs: the search, the texts, the figures, and what is missing of them."""

from ninja import Router

from halopst.knowledge.api.data_requests import router as data_requests
from halopst.knowledge.api.fetching import router as fetching
from halopst.knowledge.api.figure_files import router as figure_files
from halopst.knowledge.api.figures import router as figures
from halopst.knowledge.api.search import router as search
from halopst.knowledge.api.synonyms import router as synonyms
from halopst.knowledge.api.texts import router as texts

__all__ = ["router", "search"]

router = Router(tags=["knowledge"])
for part in (texts, synonyms, figures, figure_files, data_requests, fetching):
    router.add_router("", part)
