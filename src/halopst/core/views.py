"""The stream of live events, as Server-Sent Events; and the component gallery for developers."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from halopst.core import live
from halopst.core.gallery import samples
from halopst.core.http import Request
from halopst.core.hub import Queue, hub

HEARTBEAT = 15.0
# The browser reconnects by itself, and what it may hear is then judged anew.
LIFETIME = 600.0
TOPICS_AT_MOST = 60
LONGEST_ID = 18
LOOK_AGAIN = "event: ulang\ndata: {}\n\n"


@require_GET
async def stream(request: Request) -> StreamingHttpResponse | HttpResponse:
    """Events of the topics `?topik=case:17&topik=...`, from `Last-Event-ID` on.

    `?tiket=` carries the signed token of a page opened without signing in. The event `ulang` means that
    something cannot be replayed: load the page's parts again.
    """
    topics = frozenset(request.GET.getlist("topik"))
    if not topics or len(topics) > TOPICS_AT_MOST:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if not await sync_to_async(_may_hear_all)(request, topics):
        raise Http404
    response = StreamingHttpResponse(
        _events(topics, _last_id(request)), content_type="text/event-stream; charset=utf-8"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _may_hear_all(request: Request, topics: frozenset[str]) -> bool:
    token = request.GET.get("tiket", "")
    try:
        return all(live.may_hear(request.actor, name, token) for name in topics)
    finally:
        _let_go()


def _last_id(request: Request) -> int | None:
    given = request.headers.get("Last-Event-ID", request.GET.get("sejak", ""))
    plain = given.isascii() and given.isdigit() and len(given) <= LONGEST_ID
    return int(given) if plain else None


async def _events(topics: frozenset[str], last_id: int | None) -> AsyncIterator[str]:
    end = asyncio.get_running_loop().time() + LIFETIME
    try:
        async with hub().subscribe(topics) as queue:
            yield "retry: 3000\n\n"  # whoever has read this misses nothing
            async for text in _follow(queue, topics, last_id, end):
                yield text
    except TimeoutError:
        return  # the database cannot be heard: the page falls back to asking now and then


async def _follow(
    queue: Queue, topics: frozenset[str], last_id: int | None, end: float
) -> AsyncIterator[str]:
    clock = asyncio.get_running_loop()
    sent: set[int] = set()
    if last_id is not None:
        for text in await _replay(topics, last_id, sent):
            yield text
    while clock.time() < end:
        try:
            told = await asyncio.wait_for(queue.get(), HEARTBEAT)
        except TimeoutError:
            yield ": masih tersambung\n\n"
            continue
        if told is None:
            for text in await _replay(topics, max(sent, default=last_id), sent):
                yield text
        elif told.id not in sent:
            sent.add(told.id)
            yield _frame(told)


async def _replay(topics: frozenset[str], last_id: int | None, sent: set[int]) -> list[str]:
    told = None if last_id is None else await sync_to_async(_missed)(topics, last_id)
    if told is None:
        return [LOOK_AGAIN]
    fresh = [event for event in told if event.id not in sent]
    sent.update(event.id for event in fresh)
    return [_frame(event) for event in fresh]


def _frame(told: live.Told) -> str:
    return f"id: {told.id}\ndata: {told.as_json()}\n\n"


def _missed(topics: frozenset[str], last_id: int) -> list[live.Told] | None:
    try:
        return live.missed(topics, last_id)
    finally:
        _let_go()


def _let_go() -> None:
    """Give the connection back: a page that only listens must not keep one."""
    if not connection.in_atomic_block:
        connection.close()


@require_GET
def components(request: Request) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    return render(request, "core/komponen.html", samples())
