from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from halopst.core.errors import Refused

api = NinjaAPI(title="HaloPST", version="1", urls_namespace="api", docs_url="/docs")


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    problem = {"type": error.code, "title": str(error.message), "status": 409}
    return api.create_response(request, problem, status=409)
