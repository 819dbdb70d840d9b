"""What the offices know, for programs: the search, the texts, the figures."""

from ninja import Router

from halopst.knowledge.api.figure_files import router as figure_files
from halopst.knowledge.api.figures import router as figures
from halopst.knowledge.api.search import router as search
from halopst.knowledge.api.texts import router as texts

__all__ = ["router", "search"]

router = Router(tags=["knowledge"])
router.add_router("", texts)
router.add_router("", figures)
router.add_router("", figure_files)
