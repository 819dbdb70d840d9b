"""Mitra for programs: the register, and what they are assigned."""

from ninja import Router

from halopst.partners.api.activities import router as activities
from halopst.partners.api.agreements import router as agreements
from halopst.partners.api.allocation import router as allocation
from halopst.partners.api.approvals import router as approvals
from halopst.partners.api.blacklistings import router as blacklistings
from halopst.partners.api.documents import router as documents
from halopst.partners.api.evaluations import router as evaluations
from halopst.partners.api.exceptions import router as exceptions
from halopst.partners.api.files import router as files
from halopst.partners.api.handovers import router as handovers
from halopst.partners.api.imports import router as imports
from halopst.partners.api.monitoring import router as monitoring
from halopst.partners.api.own import router as own
from halopst.partners.api.papers import router as papers
from halopst.partners.api.payments import router as payments
from halopst.partners.api.people import router as people
from halopst.partners.api.reference import router as reference
from halopst.partners.api.register import router as register
from halopst.partners.api.room import router as room
from halopst.partners.api.surplus import router as surplus

__all__ = ["router"]

router = Router(tags=["partners"])
router.add_router("", register)
router.add_router("", people)
router.add_router("", documents)
router.add_router("", blacklistings)
router.add_router("", imports)
router.add_router("", reference)
router.add_router("", activities)
router.add_router("", allocation)
router.add_router("", approvals)
router.add_router("", room)
router.add_router("", surplus)
router.add_router("", exceptions)
router.add_router("", agreements)
router.add_router("", papers)
router.add_router("", handovers)
router.add_router("", payments)
router.add_router("", files)
router.add_router("", monitoring)
router.add_router("", evaluations)
router.add_router("", own)
