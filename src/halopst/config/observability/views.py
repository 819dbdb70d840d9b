from hmac import compare_digest

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from prometheus_client import REGISTRY
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from halopst.core.errors import NotPermitted


@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether it can serve: the database answers and its tables are those of this version."""
    problems = _problems()
    return JsonResponse({"ready": not problems, "problems": problems}, status=503 if problems else 200)


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """For whoever carries the administrator's metrics token; without a token set, for no one."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not compare_digest(given.encode(), token.encode()):
        raise NotPermitted
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _problems() -> list[str]:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return ["database"]
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return ["migrations"] if plan else []
