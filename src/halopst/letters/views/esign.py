"""Tanda tangan elektronik: having a letter signed or sealed by BSrE, and asking BSrE who signed a PDF."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from halopst.core.errors import NotPermitted, Refused
from halopst.core.forms import posted
from halopst.core.http import Request, refusal_status, respond
from halopst.letters import esign, queries, services
from halopst.letters.addressed import gateway, letter_of
from halopst.letters.forms import CheckForm, EsignForm, SealForm
from halopst.letters.models import Letter
from halopst.letters.services.refusals import CertificateOfAnother, SignerNotOnPaper
from halopst.letters.views.frame import official_of

ASK_CODE, ASK_STATUS = "kode", "periksa"
# The field that mends a refusal; the others concern the whole form.
AT_FAULT: dict[type[Refused], str] = {
    esign.PassphraseWrong: "passphrase",
    esign.CodeWrong: "totp",
    esign.SignerUnknown: "identity",
    SignerNotOnPaper: "signer",
    CertificateOfAnother: "confirmed",
}


@never_cache
@sensitive_post_parameters("passphrase", "totp", "identity")
@require_http_methods(["GET", "POST"])
@login_required
def sign(request: Request, pk: int) -> HttpResponse:
    """Have the letter signed, where the installation has a gateway; or ask it for a code, or a status."""
    row, client = letter_of(request, pk), gateway()
    shown = {"signer": official_of(row), "visible": settings.ESIGN["is_visible"]}
    step = request.POST.get("aksi", "")
    asks_code = client.terms.asks_totp
    form = EsignForm(posted(request), initial=shown, asks_code=asks_code, is_signing=not step)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            if step not in {ASK_CODE, ASK_STATUS}:
                return _signed(request, row, form, client)
            _ask(request, client, form.person, step)
            form = EsignForm(initial=form.cleaned_data, asks_code=asks_code, is_signing=True)
        except Refused as refusal:
            form.add_error(AT_FAULT.get(type(refusal)), str(refusal.message))
            status = HTTPStatus(refusal_status(refusal))
    context = {"letter": row, "form": form, "asks_code": asks_code, "active": "surat"}
    return respond(request, "letters/esign.html", context, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@login_required
def seal(request: Request, pk: int) -> HttpResponse:
    """Put the signed letter under the office's seal; or have the code sent that activates the seal."""
    row, client = letter_of(request, pk), gateway()
    asks = request.POST.get("aksi") == ASK_CODE
    form = SealForm(posted(request), is_sealing=not asks)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            if not asks:
                return _sealed(request, row, form, client)
            services.ask_for_seal(request.actor, row, client=client)
            messages.info(
                request, _("Kode segel dikirim BSrE kepada pemegang segel. Tulis kode itu di bawah.")
            )
            form = SealForm(is_sealing=True)
        except Refused as refusal:
            form.add_error("code" if isinstance(refusal, esign.SealCodeWrong) else None, str(refusal.message))
            status = HTTPStatus(refusal_status(refusal))
    context = {"letter": row, "form": form, "active": "surat"}
    return respond(request, "letters/seal.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def check(request: Request) -> HttpResponse:
    """Upload a signed PDF: who signed, when, and whether it is whole or changed."""
    client = gateway()
    if not queries.viewing_units(request.actor).exists():
        raise NotPermitted
    form = CheckForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"form": form, "zone": timezone.get_current_timezone_name(), "active": "surat"}
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["file"].read()
            context["found"] = services.check_signatures(request.actor, content, client=client)
        except Refused as refusal:
            form.add_error("file", str(refusal.message))
    return respond(request, "letters/check.html", context, status=422 if form.errors else 200)


def _signed(request: Request, row: Letter, form: EsignForm, client: esign.EsignClient) -> HttpResponse:
    signing = services.sign_with_bsre(
        request.actor,
        row,
        person=form.person,
        signer=form.cleaned_data["signer"],
        client=client,
        visible=form.cleaned_data["visible"],
        confirmed=form.cleaned_data["confirmed"],
        now=timezone.now(),
    )
    if signing.checked_at:
        messages.success(request, _("Surat ditandatangani secara elektronik dan tanda tangannya sah."))
    else:
        messages.warning(
            request,
            _("Surat ditandatangani secara elektronik, tetapi tanda tangannya belum dapat diperiksa."),
        )
    return redirect("letters:letter", row.pk)


def _sealed(request: Request, row: Letter, form: SealForm, client: esign.EsignClient) -> HttpResponse:
    code = form.cleaned_data["code"]
    made = services.seal_with_bsre(request.actor, row, activation=code, client=client, now=timezone.now())
    if made.checked_at:
        messages.success(request, _("Surat diberi segel elektronik dan segelnya sah."))
    else:
        messages.warning(request, _("Surat diberi segel elektronik, tetapi segelnya belum dapat diperiksa."))
    return redirect("letters:letter", row.pk)


def _ask(request: Request, client: esign.EsignClient, person: esign.Person, step: str) -> None:
    if step == ASK_CODE:
        client.send_code(person)
        messages.info(request, _("Kode TOTP dikirim oleh BSrE. Tulis kode itu di bawah, lalu tanda tangani."))
    elif (status := client.status(person)) in client.terms.active:
        messages.success(request, _("Sertifikat elektronik orang ini aktif."))
    else:
        messages.warning(request, esign.status_in_words(status))
