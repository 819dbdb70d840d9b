"""The people of `bench.turmoil`: signed in, sending page forms and API calls, judging every answer."""

import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import httpx
import pikepdf

from bench.turmoil_office import PASSWORD, Person

PATIENCE = 90
SERVER_FAULT, BUSY = 500, 503
TAKEN, REFUSED = (200, 201, 204, 302), (400, 403, 404, 409, 413, 422)
API = "/api/v1"
PDF = "application/pdf"


@dataclass
class Tally:
    """What all of them saw; `faults` are answers no server may give."""

    answers: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    broken: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Client:
    """One browser of one person; whoever does not answer is asked again, a write with the same key."""

    def __init__(
        self, person: Person, ports: tuple[int, ...], months: list[str], tally: Tally, seed: int
    ) -> None:
        self.slug, self.role, self.months, self.tally = person.slug, person.role, months, tally
        self.chance = random.Random(seed)  # a measurement
        self.addresses = [f"http://127.0.0.1:{port}" for port in ports]
        self.http = httpx.Client(timeout=60, headers={"Accept-Language": "id"}, follow_redirects=False)
        self._sign_in(person.email)

    def _sign_in(self, email: str) -> None:
        door = "/akun/masuk/kata-sandi/"
        self.page("GET", door)
        answer = self.page("POST", door, data={"login": email, "password": PASSWORD})
        assert "sesi" in self.http.cookies, f"{email}: {answer}"

    @property
    def month(self) -> str:
        return self.chance.choice(self.months)

    @property
    def old_month(self) -> str:
        """Mostly the one that is to be paid."""
        return self.chance.choice((*self.months[:1] * 3, *self.months))

    @property
    def new_month(self) -> str:
        """Mostly the one that is still planned."""
        return self.chance.choice((*self.months[1:] * 3, *self.months))

    def get(self, path: str, **asked: Any) -> Any:
        """What the API says, None where it says no."""
        answer = self._ask("GET", API + path, again=True, params=asked)
        return answer.json() if answer is not None and answer.status_code == 200 else None

    def send(self, verb: str, path: str, body: Any = None, **more: Any) -> Any:
        """A write of the API; one broken off is sent again with its key, and must act once."""
        headers = {"Idempotency-Key": uuid.UUID(int=self.chance.getrandbits(128)).hex}
        given = more or {"json": body or {}}
        answer = self._ask(verb, API + path, again=True, headers=headers, **given)
        is_told = answer is not None and answer.status_code in TAKEN and answer.content[:1] in {b"{", b"["}
        return answer.json() if answer is not None and is_told else None

    def page(self, verb: str, path: str, **more: Any) -> httpx.Response | None:
        """A page, or one of its forms; a form broken off is left, as its sender would look first."""
        return self._ask(verb, path, again=verb == "GET", **more)

    def file(self, path: str) -> bytes | None:
        answer = self._ask("GET", path, again=True)
        return answer.content if answer is not None and answer.status_code == 200 else None

    def _ask(self, verb: str, path: str, *, again: bool, **more: Any) -> httpx.Response | None:
        end = time.monotonic() + PATIENCE
        headers = {**more.pop("headers", {}), "X-CSRFToken": self.http.cookies.get("csrftoken", "")}
        while time.monotonic() < end:
            try:
                answer = self.http.request(
                    verb, self.chance.choice(self.addresses) + path, headers=headers, **more
                )
            except httpx.ConnectError:
                time.sleep(0.2)
            except httpx.TransportError:
                self._broken_off()
                if not again:
                    return None
            else:
                self._judge(verb, path, answer)
                return answer
        self.fault(f"{verb} {path}: nobody answered within {PATIENCE} s")
        return None

    def _broken_off(self) -> None:
        with self.tally.lock:
            self.tally.broken += 1

    def fault(self, said: str) -> None:
        with self.tally.lock:
            self.tally.faults.append(said)

    def _judge(self, verb: str, path: str, answer: httpx.Response) -> None:
        status, is_api = answer.status_code, path.startswith(API)
        code = code_of(answer) if is_api and status not in TAKEN else ""
        with self.tally.lock:
            self.tally.answers[f"{'api' if is_api else 'page'} {status}"] += 1
            if code:
                self.tally.codes[code] += 1
        proper = status in TAKEN or (status in REFUSED and (bool(code) if is_api else is_page(answer)))
        if not (proper or (status == BUSY and answer.headers.get("retry-after"))):
            self.fault(f"{verb} {path}: {status} {answer.text[:200]!r}")


def code_of(answer: httpx.Response) -> str:
    """The stable word of a problem that says what is wrong; empty where the answer is none."""
    if answer.headers.get("content-type", "").split(";")[0] != "application/problem+json":
        return ""
    told = answer.json()
    is_whole = told.get("title") and told.get("status") == answer.status_code
    return str(told["type"]).removeprefix("urn:halopst:") if is_whole else ""


def is_page(answer: httpx.Response) -> bool:
    """Whether somebody who reads it sees something, and no traceback."""
    return "text/html" in answer.headers.get("content-type", "") and "Traceback" not in answer.text


def as_if_scanned(*papers: bytes) -> bytes:
    """The same pages in a file of their own, signed with a stroke: what looks untouched is refused."""
    made = BytesIO()
    with pikepdf.new() as scan:
        for paper in papers:
            with pikepdf.open(BytesIO(paper)) as pages:
                pages.pages[0].contents_add(b"q 2 w 60 60 m 130 90 l S Q")
                scan.pages.extend(pages.pages)
        scan.save(made)
    return made.getvalue()
