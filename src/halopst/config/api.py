from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from halopst.core.errors import Refused
from halopst.core.http import problem, refusal_status

api = NinjaAPI(title="HaloPST", version="1", urls_namespace="api", docs_url="/docs")


@api.exception_handler(Refused)
def refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(refusal_status(error), code=error.code, title=str(error.message))
