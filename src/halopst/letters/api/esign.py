"""Electronic signing by BSrE, for programs whose owner lends them what only they know.

None of these takes an Idempotency-Key: with it a hash of the request is kept, passphrase and NIK in it.
A letter is signed once all the same: it is claimed while the gateway is asked, and signed no more after that.
"""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.letters import services
from halopst.letters.addressed import gateway, letter_of
from halopst.letters.api.letters import LetterOut
from halopst.letters.api.parameters import Pdf
from halopst.letters.esign import status_in_words
from halopst.letters.forms import EsignForm, SealForm
from halopst.letters.models import Letter
from halopst.letters.services.verifying import Checked

router = Router()
THE_SIGNER: Final[dict[str, Any]] = {
    "signer": "Budi Contoh, S.ST.",
    "identity": "budi@contoh.go.id",
    "passphrase": "…",
    "visible": True,
    "confirmed": False,
}
"""What the description shows."""


class EsignIn(Schema):
    """`identity` is the NIK or e-mail of the certificate; `passphrase`, or the `totp` the gateway asks for.

    `signer` as printed in the letter. Without `visible` the installation decides whether the block is shown.
    `confirmed` says that a certificate of another name is the signer's all the same.
    """

    model_config = example(**THE_SIGNER)

    signer: str = Field(max_length=150)
    identity: str = Field(max_length=150, repr=False)
    passphrase: str = Field("", max_length=200, repr=False)
    totp: str = Field("", max_length=20, repr=False)
    visible: bool | None = None
    confirmed: bool = False


class SignerIn(Schema):
    model_config = example(identity="budi@contoh.go.id")

    identity: str = Field(max_length=150, repr=False)


class SealIn(Schema):
    """`code` activates the seal: whoever holds the seal receives it from BSrE."""

    model_config = example(code="428190")

    code: str = Field(max_length=40, repr=False)


class CertificateOut(Schema):
    """`status` is the gateway's word, `title` a sentence for people where it is not active."""

    model_config = example(active=True, status="ISSUE", title="")

    active: bool
    status: str
    title: str


class SignedByOut(Schema):
    """One signature; null where the gateway does not say."""

    name: str
    at: datetime | None
    is_whole: bool | None
    is_trusted: bool | None
    reason: str


class SignaturesOut(Schema):
    """What BSrE finds in a PDF; `letter` is the one of yours it is byte for byte, `is_whole` may be null."""

    model_config = example(
        conclusion="VALID",
        description="",
        is_whole=True,
        signatures=[
            {
                "name": "Budi Contoh",
                "at": "2026-11-20T02:00:00Z",
                "is_whole": True,
                "is_trusted": True,
                "reason": "B-012/35780/VS.330/2026",
            }
        ],
        letter=31,
    )

    conclusion: str
    description: str
    is_whole: bool | None
    signatures: list[SignedByOut]
    letter: int | None


@router.post("/{int:pk}/esign", response=LetterOut)
def esign_letter(request: Request, pk: int, body: EsignIn) -> Letter:
    """Have the letter signed electronically; 404 in an installation without a gateway."""
    row, client = letter_of(request, pk), gateway()
    visible = settings.ESIGN["is_visible"] if body.visible is None else body.visible
    given = {**body.model_dump(), "visible": visible}
    form = EsignForm(given, asks_code=client.terms.asks_totp, is_signing=True)
    values = cleaned(form)
    services.sign_with_bsre(
        request.actor,
        row,
        person=form.person,
        signer=values["signer"],
        client=client,
        visible=values["visible"],
        confirmed=values["confirmed"],
        now=timezone.now(),
    )
    return letter_of(request, pk)


@router.post("/{int:pk}/esign/code", response={204: None})
def ask_esign_code(request: Request, pk: int, body: SignerIn) -> Status[None]:
    """Have BSrE send the owner of a certificate the one-time code for one letter."""
    _row, client = letter_of(request, pk), gateway()
    client.send_code(_who(body).person)
    return Status(204, None)


@router.post("/{int:pk}/esign/seal", response=LetterOut)
def seal_letter(request: Request, pk: int, body: SealIn) -> Letter:
    """Have BSrE put the office's electronic seal on the file the letter was signed by; its state stays."""
    row, client = letter_of(request, pk), gateway()
    code = cleaned(SealForm(body.model_dump(), is_sealing=True))["code"]
    services.seal_with_bsre(request.actor, row, activation=code, client=client, now=timezone.now())
    return letter_of(request, pk)


@router.post("/{int:pk}/esign/seal/code", response={204: None})
def ask_seal_code(request: Request, pk: int) -> Status[None]:
    """Have BSrE send the code that activates the seal to whoever holds it."""
    row, client = letter_of(request, pk), gateway()
    services.ask_for_seal(request.actor, row, client=client)
    return Status(204, None)


@router.post("/{int:pk}/esign/certificate", response=CertificateOut)
def esign_certificate(request: Request, pk: int, body: SignerIn) -> dict[str, Any]:
    """Tell whether a person's certificate is active; nothing is signed."""
    _row, client = letter_of(request, pk), gateway()
    status = client.status(_who(body).person)
    is_active = status in client.terms.active
    return {"active": is_active, "status": status, "title": "" if is_active else status_in_words(status)}


@router.post("/signatures", response=SignaturesOut)
def check_letter_signatures(request: Request, file: Pdf = None) -> dict[str, Any]:
    """Ask BSrE who signed a PDF of at most 20 MB, when, and whether it is whole; the file is not kept."""
    client, content = gateway(), file.read() if file else b""
    return _found(services.check_signatures(request.actor, content, client=client))


def _who(body: SignerIn) -> EsignForm:
    form = EsignForm(body.model_dump(), asks_code=False, is_signing=False)
    cleaned(form)
    return form


def _found(checked: Checked) -> dict[str, Any]:
    report = checked.report
    return {
        "conclusion": report.conclusion,
        "description": report.description,
        "is_whole": report.is_whole,
        "signatures": report.signatures,
        "letter": checked.letter.pk if checked.letter else None,
    }
