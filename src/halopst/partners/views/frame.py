"""What every page of this domain starts with."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from halopst.core.errors import Refused
from halopst.core.forms import plain
from halopst.core.http import Request, respond
from halopst.core.shapes import NavItem
from halopst.letters.models import Batch
from halopst.letters.services import BeingMade, Preview
from halopst.partners import permissions
from halopst.units.models import Unit

PER_PAGE = 50
LONGEST_ID = 18
MOST_CHOSEN = 5000
YEARS = range(2000, 2101)


def frame(request: Request, unit: Unit, tab: str) -> dict[str, Any]:
    """The office and its parts, for `partners/frame.html`."""
    return {
        "office": unit,
        "tabs": _tabs(unit),
        "tab": tab,
        "manages": request.actor.may(permissions.MANAGE, unit.pk),
        "active": "mitra",
    }


def to_batch(request: Request, begin: Callable[[], Batch]) -> HttpResponse:
    """Lead to the batch that `begin` starts, or to the one that makes these letters already.

    Where there is nothing to make, the page it was asked on says so.
    """
    try:
        batch = begin().pk
    except BeingMade as refusal:
        messages.info(request, str(refusal.message))
        batch = refusal.batch
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(request.get_full_path())
    return redirect("letters:batch", batch)


def looked_at(
    request: Request, unit: Unit, tab: str, look: Callable[[], Preview], *, of: str, back: str
) -> HttpResponse:
    """The pages of a letter that takes no number yet; what it lacks is said on the page it is made on."""
    try:
        shown = look()
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(back)
    context = {**frame(request, unit, tab), "of": of, "of_url": back, "preview": shown}
    return respond(request, "partners/look.html", context)


def _tabs(unit: Unit) -> list[NavItem]:
    """The parts of an office's work with mitra: who may see the office's mitra may open each."""
    at = [unit.slug]
    return [
        NavItem("daftar", _("Mitra"), reverse("partners:register", args=at)),
        NavItem("alokasi", _("Alokasi"), reverse("partners:sheet", args=at)),
        NavItem("persetujuan", _("Persetujuan"), reverse("partners:approvals", args=at)),
        NavItem("serah-terima", _("Serah terima"), reverse("partners:handovers", args=at)),
        NavItem("pembayaran", _("Pembayaran"), reverse("partners:payments", args=at)),
        NavItem("pantauan", _("Pantauan"), reverse("partners:monitoring", args=at)),
        NavItem("kegiatan", _("Kegiatan"), reverse("partners:activities", args=at)),
        NavItem("naskah", _("Surat tugas dan SK"), reverse("partners:papers", args=at)),
        NavItem("acuan", _("Acuan"), reverse("partners:shelf", args=[unit.slug, "batas"])),
    ]


def typed(request: Request) -> str:
    return plain(request.GET.get("q", ""))


def ticked(request: Request) -> list[int] | None:
    """The rows ticked in a list; None is all of it."""
    if "semua" in request.POST:
        return None
    given = request.POST.getlist("pilih")[:MOST_CHOSEN]
    return [int(n) for n in given if n.isascii() and n.isdigit() and len(n) <= LONGEST_ID]


Chip: TypeAlias = tuple[NavItem, bool]


def chips(request: Request, states: Iterable[tuple[str, str, int]], chosen: str) -> list[Chip]:
    """One filter (`?saring=`) per state, named and counted, and whether it is the one chosen."""
    kept = request.GET.copy()
    kept.pop("page", None)
    items = []
    for key, label, count in states:
        kept["saring"] = key
        items.append((NavItem(key, f"{label} {count}", f"?{kept.urlencode()}"), key == chosen))
    return items


def asked_year(query: QueryDict) -> int:
    """The year an address or a form names, else this one."""
    asked = query.get("tahun", "")
    known = asked.isascii() and asked.isdigit() and int(asked[:5]) in YEARS
    return int(asked) if known else timezone.localdate().year
