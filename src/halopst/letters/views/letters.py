"""Surat: the letters of an office, and what is done with one of them."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted, Refused
from halopst.core.forms import plain, posted
from halopst.core.http import Request, respond
from halopst.core.identity import Unreadable
from halopst.core.shapes import Option
from halopst.letters import esign, queries, services
from halopst.letters.addressed import letter_of
from halopst.letters.downloads import editable, printed, signed
from halopst.letters.forms import ReasonForm, ScanForm
from halopst.letters.kinds import DocumentKind, find_kind
from halopst.letters.models import Letter
from halopst.letters.permissions import ISSUE
from halopst.letters.rules import Field, Shape, Verb, shown, verbs, with_private
from halopst.letters.sealing import opened
from halopst.letters.services.papers import verification_address
from halopst.letters.views.frame import kind_label
from halopst.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = 25


@never_cache
@login_required
@require_GET
def letter_list(request: Request) -> HttpResponse:
    """The letters of one of the offices whose letters one may read, newest first."""
    units = list(queries.viewing_units(request.actor))
    if not units:
        raise NotPermitted
    unit = next((each for each in units if each.slug == request.GET.get("satker")), units[0])
    context = {
        **_found(request, unit),
        "unit_shown": unit,
        "may_issue": request.actor.may(ISSUE, unit.pk),
        "units": [Option(each.slug, each.name, checked=each == unit) for each in units],
        "batches": [(row, kind_label(row.kind)) for row in queries.batches_of(unit)[:3]],
        "has_gateway": esign.configured() is not None,
        "states": [("", _("Semua")), *Letter.State.choices],
        "active": "surat",
    }
    return respond(request, "letters/letters.html", context, partial="daftar")


def _found(request: Request, unit: Unit) -> dict[str, Any]:
    """What the address asks for, and the letters it finds."""
    asked = {name: plain(request.GET.get(name, "")) for name in ("q", "keadaan", "jenis", "borongan")}
    choice = plain(request.GET.get("pilihan", ""))
    chosen = queries.chosen_by(unit, choice)
    letters = queries.letters_of(unit)
    found = queries.search_letters(
        letters.filter(pk__in=chosen.letters.values("pk")) if chosen else letters,
        text=asked["q"],
        state=asked["keadaan"],
        kind=asked["jenis"],
        batch=asked["borongan"],
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    newer = queries.continuations(list(page))
    return {
        "page": page,
        "rows": [(row, kind_label(row.kind), newer.get(row.pk)) for row in page],
        "q": asked["q"],
        "state": asked["keadaan"],
        "kind": asked["jenis"],
        "batch_shown": asked["borongan"],
        "choice": choice if chosen else "",
        "chosen": chosen,
    }


@never_cache
@login_required
@require_GET
def letter(request: Request, pk: int) -> HttpResponse:
    row = letter_of(request, pk)
    return respond(request, "letters/letter.html", _page(request.actor, row))


@require_POST
@login_required
def move(request: Request, pk: int) -> HttpResponse:
    """The button pressed says which step: printed, handed over, paid, annulled, replaced."""
    row, now = letter_of(request, pk), timezone.now()
    step, act = request.POST.get("aksi", ""), request.actor
    simple: dict[str, tuple[Callable[..., Letter], str]] = {
        "cetak": (services.mark_printed, _("Surat ditandai sudah dicetak.")),
        "serah": (services.hand_over, _("Surat ditandai sudah diserahterimakan.")),
        "bayar": (services.mark_paid, _("Surat ditandai sudah dibayar.")),
    }
    if step in simple:
        service, said = simple[step]
        service(act, row, now=now)
        messages.success(request, said)
        return redirect("letters:letter", pk)
    return _end(request, row, step)


@require_http_methods(["GET", "POST"])
@login_required
def scan(request: Request, pk: int) -> HttpResponse:
    """Hand in the scan of the signed paper."""
    row = letter_of(request, pk)
    form = ScanForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            signing = services.upload_scan(
                request.actor,
                row,
                content=given["file"].read(),
                signer=given["signer"],
                compared=given["compared"],
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("file", str(refusal.message))
        else:
            read = _("Kode QR cocok. ") if signing.number_was_read else ""
            messages.success(request, read + _("Pindaian tersimpan dan surat ditandai ditandatangani."))
            return redirect("letters:letter", pk)
    context = {"letter": row, "form": form, "active": "surat"}
    return respond(request, "letters/scan.html", context, status=422 if form.is_bound else 200)


@require_GET
@login_required
def pdf(request: Request, pk: int) -> HttpResponse:
    return printed(letter_of(request, pk))


@require_GET
@login_required
def word(request: Request, pk: int) -> HttpResponse:
    return editable(letter_of(request, pk))


@require_GET
@login_required
def signed_file(request: Request, pk: int, signing: int) -> HttpResponse:
    return signed(letter_of(request, pk), signing)


def _end(request: Request, row: Letter, step: str) -> HttpResponse:
    """Annul or replace, each with its reason."""
    form, now = ReasonForm(request.POST), timezone.now()
    if step not in {"batal", "ganti"} or not form.is_valid():
        messages.error(request, _("Tulis alasannya lebih dulu. Tidak ada yang diubah."))
        return redirect("letters:letter", row.pk)
    reason = form.cleaned_data["reason"]
    if step == "batal":
        services.annul(request.actor, row, reason=reason, now=now)
        messages.success(request, _("Surat dibatalkan. Nomornya tetap tercatat sebagai batal."))
        return redirect("letters:letter", row.pk)
    newer = services.replace(request.actor, row, reason=reason, now=now)
    messages.success(request, _("Surat pengganti terbit dengan nomor baru."))
    return redirect("letters:letter", newer.pk)


def _values(kind: DocumentKind, row: Letter) -> list[tuple[Any, str]]:
    """What the letter holds, in the order of its fields; blank where it was sealed with another key."""
    try:
        data = opened(kind, row.data)
    except Unreadable:
        data = with_private(kind.fields, row.data, lambda _sealed: "")
    return [(field.label, _shown(field, data.get(field.name))) for field in kind.fields]


def _shown(field: Field, value: Any) -> str:
    text = shown(field, value)
    if field.shape is not Shape.LINES or not text:
        return text
    return ngettext("%(n)s baris", "%(n)s baris", int(text)) % {"n": text}


def _by_hand(
    kind: DocumentKind | None, open_verbs: frozenset[Verb], newer: queries.Continuation | None
) -> dict[str, bool]:
    """Which moves the page offers: only those that no payment list, other paper or newer letter decides."""
    return {
        Verb.ANNUL.value: Verb.ANNUL in open_verbs and newer is None,
        Verb.PAY.value: Verb.PAY in open_verbs and not (kind and kind.paid_by_owner),
        Verb.HAND_OVER.value: Verb.HAND_OVER in open_verbs and not (kind and kind.handed_over_by),
    }


def _page(actor: Actor, row: Letter) -> dict[str, Any]:
    kind = find_kind(row.kind)
    may = actor.may(ISSUE, row.unit_id)
    open_verbs = verbs(row.state) if may else frozenset[Verb]()
    client, continuation = esign.configured(), queries.continuation_of(row)
    return {
        "letter": row,
        "kind_label": kind_label(row.kind),
        "reason": row.reason.rstrip(". "),
        "continuation": continuation,
        "values": _values(kind, row) if kind else [],
        "signings": row.signings.all(),
        "address": verification_address(row.token),
        "has_word": bool(row.template.word),
        "has_gateway": client is not None,
        "can_seal": may and services.can_seal(row, client),
        "can": {verb.value: verb in open_verbs for verb in Verb} | _by_hand(kind, open_verbs, continuation),
        "handed_over_by": kind.handed_over_by if kind and Verb.HAND_OVER in open_verbs else "",
        "can_replace": may and continuation is None and services.can_replace(row),
        "active": "surat",
    }
