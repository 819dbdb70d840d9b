"""What money rests on, for programs.

A figure is never edited: a new row begins on a later day, with its basis. One that nothing rests on may go.
"""

from ninja import Router

from halopst.partners.api.reference.budget import router as budget
from halopst.partners.api.reference.figures import router as figures
from halopst.partners.api.reference.taxes import router as taxes

__all__ = ["router"]

router = Router()
router.add_router("", figures)
router.add_router("", budget)
router.add_router("", taxes)
