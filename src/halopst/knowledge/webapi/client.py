"""Ask the WebAPI politely: a pace, time-outs, a few tries again, and errors that never hold the key."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

TIMEOUT = httpx.Timeout(30, connect=5)
LONGEST_WAIT = 60.0
LARGEST_ANSWER = 32 * 1024 * 1024
TRIES = 4
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
AGAIN = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


class WebApiError(Exception):
    """`code`: `unreachable`, `timeout`, `busy`, `server`, `declined`, `malformed`, `too-large`.

    `detail` is what the server said, cut short and without the key.
    """

    def __init__(self, code: str, detail: str = "", *, wait: float = 0) -> None:
        said = "".join(sign if sign.isprintable() else " " for sign in detail[:400])
        self.code, self.detail, self.wait = code, " ".join(said.split())[:200], wait
        super().__init__(f"{code} {self.detail}".strip())


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; an empty list has no rows on page 1 of 1."""

    rows: list[dict[str, Any]]
    number: int
    pages: int
    total: int


class Pace:
    """At most so many requests a second, over all threads that share it."""

    def __init__(
        self,
        per_second: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap = 1 / per_second
        self._clock, self.sleep = clock, sleep
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        with self._lock:
            now = self._clock()
            at = max(now, self._next)
            self._next = at + self._gap
        if at > now:
            self.sleep(at - now)


class WebApi:
    """`address` is up to and including `/api`; `lang` is `ind` or `eng`."""

    def __init__(self, *, address: str, key: str, pace: Pace, lang: str = "ind") -> None:
        self._key, self._pace, self._lang = key, pace, lang
        self._client = httpx.Client(base_url=address.rstrip("/"), timeout=TIMEOUT, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def domains(self) -> list[dict[str, Any]]:
        """Every domain with the address of its site."""
        return _page(self._ask("/domain/type/all"), 1).rows

    def page(self, model: str, *, domain: str, page: int = 1, **filters: object) -> Page:
        path = f"/list/model/{model}/lang/{self._lang}/domain/{domain}/page/{page}{_path(filters)}"
        return _page(self._ask(path), page)

    def table(self, *, domain: str, var: str, th: str) -> dict[str, Any] | None:
        """The dynamic data of one variable and year with all its headings; None when not available."""
        path = f"/list/model/data/lang/{self._lang}/domain/{domain}{_path({'var': var, 'th': th})}"
        answer = self._ask(path)
        return answer if isinstance(answer.get("datacontent"), dict) else None

    def view(self, model: str, *, domain: str, number: str) -> dict[str, Any] | None:
        """One item with all it says; None when not available."""
        path = f"/view/model/{model}/lang/{self._lang}/domain/{domain}{_path({'id': number})}"
        data = self._ask(path).get("data")
        return data if isinstance(data, dict) else None

    def _ask(self, path: str) -> dict[str, Any]:
        for attempt in range(TRIES):
            self._pace.wait()
            try:
                return self._once(f"{path}/key/{quote(self._key, safe='')}/")
            except WebApiError as error:
                last = error
            if last.code not in {"unreachable", "timeout", "busy", "server"} or last.wait > LONGEST_PAUSE:
                raise last
            if attempt < TRIES - 1:
                self._pace.sleep(last.wait or FIRST_PAUSE * 2**attempt)
        raise last

    def _once(self, path: str) -> dict[str, Any]:
        try:
            with self._client.stream("GET", path) as response:
                _check(response)
                content = _content(response)
        except httpx.TimeoutException as error:
            raise WebApiError("timeout") from error
        except httpx.HTTPError as error:
            raise WebApiError("unreachable") from error
        return self._read(content)

    def _read(self, content: bytes) -> dict[str, Any]:
        """The answer. An error comes with status 200, too, and can be told only by its words."""
        try:
            answer = json.loads(content, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            raise WebApiError("malformed") from error
        if not isinstance(answer, dict):
            raise WebApiError("malformed")
        if str(answer.get("status", "")).upper() != "OK":
            said = str(answer.get("message") or answer.get("status") or "")
            raise WebApiError("declined", said.replace(self._key, "***"))
        return answer


def _check(response: httpx.Response) -> None:
    if response.is_success:
        return
    detail = f"HTTP {response.status_code}"
    if response.status_code in AGAIN:
        raise WebApiError("busy", detail, wait=_wait(response.headers.get("Retry-After", "")))
    if response.is_server_error:
        raise WebApiError("server", detail, wait=_wait(response.headers.get("Retry-After", "")))
    raise WebApiError("declined", detail)


def _content(response: httpx.Response) -> bytes:
    """The whole body within a time limit, as a slow server would keep all offices waiting."""
    content, until = bytearray(), time.monotonic() + LONGEST_WAIT
    for piece in response.iter_bytes():
        content += piece
        if time.monotonic() > until:
            raise WebApiError("timeout")
        if len(content) > LARGEST_ANSWER:
            raise WebApiError("too-large")
    return bytes(content)


def _wait(header: str) -> float:
    """Seconds of a Retry-After, which may also be a date; 0 when there is none we can read."""
    if header.isascii() and header.isdigit():
        return min(float(header[:9]), 86_400.0)
    try:
        at = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())


def _path(filters: dict[str, object]) -> str:
    return "".join(f"/{name}/{quote(str(value), safe=':;')}" for name, value in filters.items())


def _page(answer: dict[str, Any], asked: int) -> Page:
    """A page from a pair of counts and rows, or from an empty string; some lists do not say `per_page`."""
    if "data" not in answer:
        raise WebApiError("malformed")
    data = answer["data"]
    if not data:
        return Page([], asked, asked, 0)
    if not (isinstance(data, list) and len(data) == 2 and isinstance(data[0], dict)):  # noqa: PLR2004  # a pair
        raise WebApiError("malformed")
    counts, rows = data
    if not isinstance(rows, list):
        return Page([], asked, asked, 0)
    rows = [row for row in rows if isinstance(row, dict)]
    pages = max(_whole(counts.get("pages")), asked)
    return Page(rows, asked, pages, _whole(counts.get("total")) or len(rows))


def _whole(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004  # no page is that far
