"""The page of one mitra: what they are offered, have signed, earn, and are paid to. Theirs alone."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.errors import Invalid, Refused
from halopst.core.forms import PlainField, attempt, posted
from halopst.core.http import Request, download, respond
from halopst.letters.services.binding import file_name
from halopst.letters.services.papers import fetch
from halopst.partners.forms.own import OwnScanForm
from halopst.partners.queries.own import page as queries
from halopst.partners.queries.own.accounts import open_remarks, settled_remark
from halopst.partners.queries.own.offers import offers, own_assignment
from halopst.partners.queries.own.page import OwnLetter
from halopst.partners.rules.own import Mitra
from halopst.partners.services import own as services
from halopst.partners.views.months import month_name
from halopst.partners.views.own_door import entered

LONGEST_VOLUME = 9


@require_GET
@entered
def home(request: Request, mitra: Mitra) -> HttpResponse:
    return _page(request, mitra)


def _page(
    request: Request, mitra: Mitra, *, typed_note: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """`typed_note` is what was written of the account, where it was refused."""
    now = timezone.now()
    person = queries.own_person(mitra)
    account = getattr(person, "bank_account", None)
    months = queries.own_months(mitra, today=timezone.localdate())
    letters = queries.own_letters(mitra)
    context = {
        "who": person,
        "listed": queries.own_blacklistings(mitra, now=now),
        "offers": offers(mitra, now=now),
        "months": [(month_name(row.month), row) for row in months],
        "payments": [
            (month_name(row.month), row)
            for row in queries.own_payments(mitra, today=timezone.localdate(), letters=letters)
        ],
        "letters": [(_subject(row), row) for row in letters],
        "account": account,
        "remark": open_remarks(mitra.person_id).first(),
        "settled": settled_remark(account) if account else None,
        "typed_note": typed_note,
        "now": now,
    }
    return respond(request, "partners/own/home.html", context, status=status)


@require_POST
@entered
def answer(request: Request, mitra: Mitra, pk: int) -> HttpResponse:
    """`jawab=ya` accepts, anything else declines; `volume` is what was shown."""
    try:
        assignment = own_assignment(mitra, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    accepted = request.POST.get("jawab") == "ya"

    def act() -> None:
        services.answer_offer(
            mitra,
            assignment,
            accepted=accepted,
            reason=_line(request, "alasan"),
            volume=_whole(request, "volume"),
            now=timezone.now(),
        )

    said = _("Terima kasih, kesediaan Anda tercatat.") if accepted else _("Jawaban Anda tercatat.")
    return _done(request, act, said, part="tawaran")


@require_POST
@entered
def account(request: Request, mitra: Mitra) -> HttpResponse:
    """`aksi=benar` confirms the account shown; `aksi=betulkan` asks the office to mend it.

    With `tarik=ya` who confirms takes back what they asked for.
    """
    seen, now = _line(request, "tanda"), timezone.now()
    if request.POST.get("aksi") == "benar":
        withdraws = request.POST.get("tarik") == "ya"
        said = _("Terima kasih, rekening Anda dibenarkan.")
        if withdraws:
            said = _("Permintaan Anda ditarik dan rekening dibenarkan.")
        return _done(
            request,
            lambda: services.confirm_account(mitra, seen=seen, now=now, withdraws=withdraws),
            said,
            part="rekening",
        )
    return _remark(request, mitra, seen)


def _remark(request: Request, mitra: Mitra, seen: str) -> HttpResponse:
    """Ask for the account to be mended; a note that may not be kept comes back to be written anew."""
    note, now = _line(request, "catatan"), timezone.now()
    try:
        services.remark_account(mitra, seen=seen, note=note, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal.message), extra_tags="rekening")
        if isinstance(refusal, Invalid):
            return _page(request, mitra, typed_note=note, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    else:
        said = _("Permintaan tercatat. Satker Anda membetulkannya.")
        messages.success(request, said, extra_tags="rekening")
    return redirect(f"{reverse('own:home')}#rekening")


@require_POST
@entered
def appeal(request: Request, mitra: Mitra, pk: int) -> HttpResponse:
    """What they say against being blacklisted; somebody else of that office decides."""
    rows = queries.own_blacklistings(mitra, now=timezone.now())
    row = get_object_or_404(rows, pk=pk)
    text = PlainField().to_python(request.POST.get("keberatan", ""))
    said = _("Keberatan Anda tercatat. Pimpinan satker memutuskannya.")
    return _done(
        request,
        lambda: services.appeal_blacklisting(mitra, row, text=text, now=timezone.now()),
        said,
        part="daftar-hitam",
    )


@require_GET
@entered
def letter(_request: Request, mitra: Mitra, pk: int) -> HttpResponse:
    """One's own letter as a download; the signed one where there is one."""
    found = _letter(mitra, pk)
    if not found.is_readable:
        raise Http404
    signing = found.letter.signings.last()
    content = fetch(signing.file if signing else found.letter.file)
    return download(content, file_name(found.letter), "application/pdf")


@require_http_methods(["GET", "POST"])
@entered
def scan(request: Request, mitra: Mitra, pk: int) -> HttpResponse:
    """Send the scan of the signed paper; an officer looks at it before it counts."""
    found = _letter(mitra, pk)
    form = OwnScanForm(posted(request), request.FILES or None)

    def act() -> None:
        content = form.cleaned_data["file"].read()
        services.send_scan(mitra, found.letter, content=content, now=timezone.now())

    status = attempt(form, act) if request.method == "POST" else 200
    if request.method == "POST" and status == HTTPStatus.OK:
        said = _("Pindaian terkirim dan menunggu diperiksa petugas.")
        messages.success(request, said, extra_tags="surat")
        return redirect(f"{reverse('own:home')}#surat")
    context = {"row": found, "form": form}
    return respond(request, "partners/own/scan.html", context, status=status)


def _subject(row: OwnLetter) -> str:
    """The month or the activity a letter is about, in words."""
    return month_name(row.month) if row.month else row.activity


def _letter(mitra: Mitra, pk: int) -> OwnLetter:
    try:
        return queries.own_letter(mitra, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _done(request: Request, act: Any, said: str, *, part: str) -> HttpResponse:
    """Act, then go back to that part of the page, which says how it went."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal.message), extra_tags=part)
    else:
        messages.success(request, said, extra_tags=part)
    return redirect(f"{reverse('own:home')}#{part}")


def _line(request: Request, name: str) -> str:
    """One typed line without control characters."""
    return "".join(c for c in str(request.POST.get(name, ""))[:300] if c.isprintable()).strip()


def _whole(request: Request, name: str) -> int:
    text = str(request.POST.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_VOLUME else -1
