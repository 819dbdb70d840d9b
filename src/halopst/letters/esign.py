"""The network's edge of electronic signing: BSrE's eSign Client Service, version 2.

The office's gateway is asked over Basic authentication. Neither passphrase nor file is ever logged, and
what the gateway says of a person goes no further than a sentence.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import httpx
from django.conf import settings
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.core.errors import Invalid, Refused

SECONDS: Final = 30.0
LARGEST: Final = 40 * 1024 * 1024


class EsignUnreachable(Refused):
    message = _("Layanan tanda tangan elektronik tidak dapat dihubungi. Coba lagi beberapa menit lagi.")


class EsignRefused(Refused):
    """The gateway said no; the sentence is its own, shortened."""


class PassphraseWrong(Invalid):
    message = _(
        "Frasa sandi tidak cocok. Periksa lagi; setelah beberapa kali salah, sertifikat dapat terkunci."
    )


class NotCertified(Refused):
    message = _("Sertifikat elektronik orang ini tidak aktif. Hubungi verifikator BSrE instansi.")


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs, and with what only they know; neither is ever shown in a traceback."""

    nik: str = field(repr=False)
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EsignClient:
    address: str
    user: str
    password: str = field(repr=False)

    def sign_pdf(self, content: bytes, person: Person, *, reason: str) -> bytes:
        """The same document with an invisible certified signature."""
        self._must_be_active(person)
        answer = self._post(
            "/api/v2/sign/pdf",
            {
                "nik": person.nik,
                "passphrase": person.passphrase,
                "signatureProperties": [{"tampilan": "INVISIBLE", "reason": reason}],
                "file": [b64encode(content).decode()],
            },
        )
        try:
            signed = b64decode(answer["file"][0], validate=True)
        except (KeyError, IndexError, TypeError, ValueError, NotBase64) as error:
            raise EsignUnreachable from error
        if not signed or len(signed) > LARGEST:
            raise EsignUnreachable
        return signed

    def _must_be_active(self, person: Person) -> None:
        answer = self._post("/api/v2/user/check/status", {"nik": person.nik})
        if answer.get("status") != "ISSUE":
            raise NotCertified

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            response = httpx.post(
                f"{self.address.rstrip('/')}{path}",
                json=body,
                auth=(self.user, self.password),
                timeout=SECONDS,
                trust_env=False,
            )
            answer = response.json()
        except (httpx.HTTPError, ValueError):
            raise EsignUnreachable from None  # the cause holds the request, and that the passphrase
        if not isinstance(answer, dict) or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise EsignUnreachable
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            raise _refusal(str(answer.get("error", "")))
        return answer


def _refusal(said: str) -> Refused:
    if "passphrase" in said.lower():
        return PassphraseWrong()
    return EsignRefused(
        say("Layanan tanda tangan elektronik menolak: %(sebab)s") % {"sebab": said[:150] or "?"}
    )


def configured() -> EsignClient | None:
    """The office's gateway, if the installation has one."""
    address = settings.ESIGN["address"]
    return EsignClient(address, settings.ESIGN["user"], settings.ESIGN["password"]) if address else None
