"""Whom a stopping server leaves without an answer is told so, and to ask again: never a bare 500."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

API = "/api/"
AGAIN_IN = "5"  # seconds: about as long as the next server takes
# Nobody's language is known here: the request ends before anything read it.
SAID = (
    "Server sedang dimulai ulang, jadi belum tentu perubahan Anda tersimpan. "
    "Lihat dahulu, lalu ulangi bila perlu."
)
IN_ENGLISH = (
    "The server is restarting, so your change may not have been saved. Look first, then repeat it if need be."
)


def told_when_stopped(app: App) -> App:
    """`app`, but a request the server breaks off before its answer began is answered 503 with `Retry-After`.

    uvicorn breaks off whatever is still under way some seconds after it was asked to stop. What the request
    wrote may stand or not: a program sends it again with the same `Idempotency-Key`.
    """

    async def answering(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await app(scope, receive, watched)
        except asyncio.CancelledError:
            if scope["type"] != "http" or has_begun:
                raise
            await _tell(scope, send)

    return answering


async def _tell(scope: Message, send: Send) -> None:
    kind, body = _problem() if scope["path"].startswith(API) else _page()
    headers = [
        (b"content-type", kind),
        (b"retry-after", AGAIN_IN.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": HTTPStatus.SERVICE_UNAVAILABLE, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _problem() -> tuple[bytes, bytes]:
    told = {"type": "urn:halopst:stopping", "title": SAID, "status": HTTPStatus.SERVICE_UNAVAILABLE.value}
    return b"application/problem+json", json.dumps(told).encode()


def _page() -> tuple[bytes, bytes]:
    said = f'<p>{SAID}</p><p lang="en">{IN_ENGLISH}</p>'
    page = f'<!doctype html><html lang="id"><meta charset="utf-8"><title>HaloPST</title>{said}</html>'
    return b"text/html; charset=utf-8", page.encode()
