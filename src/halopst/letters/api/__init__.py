"""Letters for programs: the same services as the pages, the same refusals."""

from halopst.letters.api.batches import router as batches
from halopst.letters.api.classifications import router as classifications
from halopst.letters.api.esign import router as esign
from halopst.letters.api.files import router as files
from halopst.letters.api.letters import router
from halopst.letters.api.numbers import router as numbers
from halopst.letters.api.signatories import router as signatories
from halopst.letters.api.stacks import router as stacks
from halopst.letters.api.templates import router as templates

__all__ = ["router"]

router.add_router("", files)
router.add_router("", esign)
router.add_router("", batches)
router.add_router("", stacks)
router.add_router("", templates)
router.add_router("", numbers)
router.add_router("", signatories)
router.add_router("", classifications)
