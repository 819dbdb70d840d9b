"""Structured logs that say what happened, never to whom: route names, no addresses, no query strings."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from halopst.config.observability.metrics import REQUEST_SECONDS, REQUESTS

log = structlog.get_logger("halopst.request")

STAMPS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
TOLD = {"provider", "reason"}
"""What our own warnings say beside their name; nobody else's, which may hold a whole request."""
JSON = {
    "()": structlog.stdlib.ProcessorFormatter,
    "foreign_pre_chain": [*STAMPS, structlog.stdlib.ExtraAdder(allow=TOLD)],
    "processors": [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
}
QUIET = {
    # These print addresses with their query strings; our own request line replaces them.
    "uvicorn.access": {"level": logging.CRITICAL},
    "django.request": {"level": logging.ERROR},
    "httpx": {"level": logging.WARNING},
    "httpx2": {"level": logging.WARNING},
    "procrastinate.periodic": {"level": logging.WARNING},
    "procrastinate.blueprints": {"level": logging.WARNING},
    "pikepdf": {"level": logging.WARNING},
}


def logging_config(level: str) -> dict[str, Any]:
    """Django's LOGGING: one JSON object a line on standard error, for our own records and everyone else's."""
    structlog.configure(
        processors=[*STAMPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": JSON},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": QUIET,
    }


def request_log_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """One line and one measurement per request, by route name."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = get_response(request)
        seconds = perf_counter() - began
        route = request.resolver_match.view_name if request.resolver_match else "-"
        REQUESTS.labels(request.method or "-", route, str(response.status_code)).inc()
        REQUEST_SECONDS.labels(route).observe(seconds)
        log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000),
        )
        return response

    return middleware
