"""The requests of version 2, and what is believed of their answers."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import httpx
from django.conf import settings

from halopst.letters.esign.refusals import (
    CodeWrong,
    EsignSilent,
    EsignUnreachable,
    NotCertified,
    SealCodeMissing,
    SealCodeWrong,
    SignerUnknown,
    SubscriberUnknown,
    refusal_of,
)
from halopst.letters.esign.reports import Report, report_of

LARGEST: Final = 40 * 1024 * 1024
CONNECTING: Final = 5.0
TRIES_TO_CONNECT: Final = 2  # before anything was sent, so that nothing is signed twice


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs, by NIK or e-mail, and with what only they know; none of it is ever shown in a traceback."""

    nik: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    totp: str = field(default="", repr=False)

    @property
    def identity(self) -> dict[str, str]:
        return {"nik": self.nik} if self.nik else {"email": self.email}

    @property
    def proof(self) -> dict[str, str]:
        return {"totp": self.totp} if self.totp else {"passphrase": self.passphrase}

    def unsaid(self, text: str) -> str:
        """`text` without what only this person knows, should the gateway have repeated it."""
        for secret in filter(None, (self.passphrase, self.totp, self.nik, self.email)):
            text = text.replace(secret, "•••")
        return text


@dataclass(frozen=True, slots=True)
class Stamp:
    """The picture of a visible signature and where it goes, in points from the foot of the page."""

    image: bytes = field(repr=False)
    page: int
    page_height: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What differs between gateways, and is no more than likely of any of them: set by the installation."""

    seconds: float = 30.0
    asks_totp: bool = False
    active: frozenset[str] = frozenset({"ISSUE"})
    tag: str = ""
    from_top: bool = False
    subscriber: str = ""


@dataclass(frozen=True, slots=True)
class EsignClient:
    address: str
    user: str
    password: str = field(repr=False)
    terms: Terms = Terms()

    def sign_pdf(
        self, content: bytes, person: Person, *, reason: str, location: str, stamp: Stamp | None
    ) -> bytes:
        """The same document with a certified signature, visible where there is a stamp."""
        self.must_be_active(person)
        shown = {"tampilan": "INVISIBLE"} if stamp is None else self._shown(stamp)
        body = {
            **person.identity,
            **person.proof,
            "signatureProperties": [{**shown, "location": location, "reason": reason}],
            "file": [b64encode(content).decode()],
        }
        return _file_of(self._post("/api/v2/sign/pdf", body, person))

    def send_seal_code(self) -> None:
        """Have the code that activates the office's seal sent to whoever holds the seal."""
        self._seal("get/activation", {}, Person())

    def seal_pdf(self, content: bytes, activation: str, *, reason: str, location: str) -> bytes:
        """The same document under the office's seal, invisible.

        The activation is exchanged for a code of one document, which is used at once; neither is kept.
        """
        answer = self._seal("get/totp", {"totp": activation, "data": 1}, Person(totp=activation))
        code = answer.get("totp")
        if not isinstance(code, str) or not code:
            raise SealCodeMissing
        shown = {"tampilan": "INVISIBLE", "location": location, "reason": reason}
        body = {"totp": code, "signatureProperties": [shown], "file": [b64encode(content).decode()]}
        return _file_of(self._seal("pdf", body, Person(totp=code)))

    def status(self, person: Person) -> str:
        """The status of the person's certificate, in the gateway's word."""
        answer = self._post("/api/v2/user/check/status", person.identity, person)
        return str(answer.get("status", ""))[:40]

    def must_be_active(self, person: Person) -> None:
        status = self.status(person)
        if status not in self.terms.active:
            raise NotCertified(status)

    def send_code(self, person: Person) -> None:
        """Have a one-time code for one document sent to the person."""
        self._post("/api/v2/sign/get/totp", {**person.identity, "data": 1}, person)

    def verify_pdf(self, content: bytes) -> Report:
        answer = self._post("/api/v2/verify/pdf", {"file": b64encode(content).decode()}, Person())
        return report_of(answer)

    @property
    def patience(self) -> float:
        """Seconds after which nothing of one signing is still under way."""
        return 4 * (self.terms.seconds + CONNECTING * (TRIES_TO_CONNECT + 1))

    def _shown(self, stamp: Stamp) -> dict[str, Any]:
        shown = {
            "tampilan": "VISIBLE",
            "imageBase64": b64encode(stamp.image).decode(),
            "width": round(stamp.width, 1),
            "height": round(stamp.height, 1),
        }
        if self.terms.tag:
            return {**shown, "tag": self.terms.tag}
        down = stamp.page_height - stamp.y - stamp.height
        y = down if self.terms.from_top else stamp.y
        return {**shown, "page": stamp.page, "originX": round(stamp.x, 1), "originY": round(y, 1)}

    def _seal(self, path: str, body: Mapping[str, Any], person: Person) -> dict[str, Any]:
        """A request about the office's seal; a refusal may come with status 200, too."""
        asked = {"idSubscriber": self.terms.subscriber, **body}
        try:
            answer = self._post(f"/api/v2/seal/{path}", asked, person)
            if False in (answer.get("success"), answer.get("result")):
                raise refusal_of(HTTPStatus.BAD_REQUEST, person.unsaid(str(answer.get("message") or "")))
        except CodeWrong:
            raise SealCodeWrong from None
        except SignerUnknown:
            raise SubscriberUnknown from None
        return answer

    def _post(self, path: str, body: Mapping[str, Any], person: Person) -> dict[str, Any]:
        try:
            response = self._ask(path, body)
            answer = response.json()
        except httpx.ConnectTimeout:
            raise EsignUnreachable from None
        except httpx.TimeoutException:
            raise EsignSilent from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise EsignUnreachable from None  # the cause holds the request, and that the passphrase
        if not isinstance(answer, dict):
            raise EsignUnreachable
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            raise refusal_of(response.status_code, person.unsaid(str(answer.get("error", ""))))
        return answer

    def _ask(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        transport = httpx.HTTPTransport(retries=TRIES_TO_CONNECT, trust_env=False)
        limits = httpx.Timeout(self.terms.seconds, connect=CONNECTING)
        with httpx.Client(transport=transport, timeout=limits, trust_env=False) as http:
            return http.post(
                f"{self.address.rstrip('/')}{path}", json=dict(body), auth=(self.user, self.password)
            )


def _file_of(answer: Mapping[str, Any]) -> bytes:
    """The document that came back."""
    try:
        content = b64decode(answer["file"][0], validate=True)
    except (KeyError, IndexError, TypeError, ValueError, NotBase64):
        raise EsignUnreachable from None
    if not content or len(content) > LARGEST:
        raise EsignUnreachable
    return content


def configured() -> EsignClient | None:
    """The office's gateway, if the installation has one."""
    given = settings.ESIGN
    if not given["address"]:
        return None
    return EsignClient(given["address"], given["user"], given["password"], Terms(**given.get("terms", {})))
