from halopst.accounts.api import router as accounts
from halopst.assistant.api import router as assistant
from halopst.calendars.api import router as calendars
from halopst.cases.api import router as cases
from halopst.config import problems
from halopst.config.authentication import signed_in
from halopst.config.openapi import DESCRIPTION, DescribedAPI
from halopst.config.parsing import StrictParser
from halopst.consultations.api import router as consultations
from halopst.knowledge.api import router as knowledge
from halopst.knowledge.api import search
from halopst.letters.api import router as letters
from halopst.notifications.api import router as notifications
from halopst.partners.api import router as partners
from halopst.satisfaction.api import router as satisfaction
from halopst.scheduling import api as scheduling
from halopst.units.api import router as units

api = DescribedAPI(
    title="HaloPST",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url="/docs",
    auth=signed_in,
    parser=StrictParser(),
)
problems.register(api)

api.add_router("/accounts", accounts)
api.add_router("/assistant", assistant)
api.add_router("/consultations", consultations)
api.add_router("/cases", cases)
api.add_router("/units", units)
api.add_router("/calendars", calendars)
api.add_router("/scheduling", scheduling.router)
api.add_router("/scheduling", scheduling.holds, auth=[*signed_in, scheduling.HolderKey()])
api.add_router("/letters", letters)
api.add_router("/notifications", notifications)
api.add_router("/partners", partners)
api.add_router("/satisfaction", satisfaction)
api.add_router("/knowledge", knowledge)
api.add_router("/search", search)
