"""What the frames show around every page; core cannot know the routes above it."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from halopst.accounts.models import User
from halopst.calendars.queries import hours_lines
from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.shapes import NavGroup, NavItem
from halopst.notifications.queries import unread_count
from halopst.units.models import Unit
from halopst.units.queries import HEAD_OFFICE

DOCK = 5
# Rooms an officer opens less often than the others stand behind them on a phone.
SELDOM = frozenset({"jadwal", "pertanyaan", "penilaian", "laporan"})


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Entries for the reader and, on an office's own pages, for that office; counts only when shown."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    unit = _office_of(request)
    home = reverse("portal:unit-home", args=[unit.slug]) if unit else reverse("portal:landing")
    return {
        "demonstration": settings.DEMO,
        "unit": unit,
        "unit_hours": _lazily(lambda: hours_lines(unit, now=timezone.now()) if unit else []),
        "home_url": reverse("cases:inbox") if actor.is_staff and not unit else home,
        "nav_items": _public(unit, home),
        **(_staff_dock(actor) if actor.is_staff and not unit else _public_dock(unit, home, actor)),
        "rail_items": _rail(actor),
        "foot_groups": _foot(unit, home),
        "search_url": reverse("cases:inbox"),
        "find_url": _find(unit),
        **_account(request, actor),
    }


def _lazily(ask: Callable[[], Any]) -> Callable[[], Any]:
    """A template calls it where the value is shown, and only there; asked once a request."""
    return cache(ask)


def _office_of(request: HttpRequest) -> Unit | None:
    """The office a public address names; a staff page names none, or one its view has looked up."""
    match = request.resolver_match
    if (
        match is None
        or match.namespace not in {"portal", "consultations", "units", "assistant"}
        or "slug" not in match.kwargs
    ):
        return None
    return Unit.objects.visible_to(ANONYMOUS).filter(slug=match.kwargs["slug"]).first()


def _account(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if actor.user_id is None or not isinstance(user, User):
        return {"sign_in_url": f"{reverse('account_login')}?next={request.path}"}
    return {
        "person": {"name": str(user), "note": user.email if user.name else ""},
        "account_items": _account_items(actor),
        "sign_out_url": reverse("account_logout"),
        "notices_url": reverse("notifications:inbox"),
        "unread_count": _lazily(lambda: unread_count(actor)),
    }


def _account_items(actor: Actor) -> list[NavItem]:
    mine = NavItem("saya", _("Permintaan saya"), reverse("cases:my-cases"), "file-text")
    work = NavItem("masuk", _("Ruang kerja"), reverse("cases:inbox"), "inbox")
    profile = NavItem("profil", _("Profil dan data saya"), reverse("accounts:profile"), "user-round")
    return [*([work] if actor.is_staff else []), mine, profile]


def _find(unit: Unit | None) -> str:
    """The search over all texts; from an office's own pages, over its texts and those of all."""
    found = reverse("knowledge:search")
    return f"{found}?satker={unit.slug}" if unit else found


def _public(unit: Unit | None, home: str) -> list[NavItem]:
    track = NavItem("lacak", _("Lacak permintaan"), reverse("cases:track"))
    if unit is None:
        return [NavItem("kantor", _("Cari kantor"), home), _national_aida(), track]
    return [
        NavItem("beranda", _("Beranda"), home),
        NavItem("janji", _("Temui ahli"), reverse("consultations:experts", args=[unit.slug])),
        NavItem("aida", "AIDA", reverse("assistant:talk", args=[unit.slug])),
        NavItem("standar", _("Standar pelayanan"), reverse("units:standards", args=[unit.slug])),
        track,
        NavItem("kantor", _("Kantor lain"), reverse("portal:landing")),
    ]


def _national_aida() -> NavItem:
    """Who has not chosen an office asks the head office's AIDA."""
    return NavItem("aida", "AIDA", reverse("assistant:talk", args=[HEAD_OFFICE]))


def _public_dock(unit: Unit | None, home: str, actor: Actor) -> dict[str, list[NavItem]]:
    book = reverse("consultations:experts", args=[unit.slug]) if unit else reverse("portal:landing")
    account = reverse("accounts:profile") if actor.user_id else reverse("account_login")
    asked = reverse("assistant:talk", args=[unit.slug if unit else HEAD_OFFICE])
    items = [
        NavItem("beranda", _("Beranda"), home, "house"),
        NavItem("aida", "AIDA", asked, "message-circle"),
        NavItem("janji", pgettext("pintasan", "Janji"), book, "calendar-plus"),
        NavItem("saya", _("Permintaan"), reverse("cases:my-cases"), "file-text"),
        NavItem("akun", _("Akun"), account, "user-round"),
    ]
    return {"dock_items": items}


def _foot(unit: Unit | None, home: str) -> list[NavGroup]:
    if unit is None:
        return []
    booking = reverse("consultations:experts", args=[unit.slug])
    standards = reverse("units:standards", args=[unit.slug])
    return [
        NavGroup(
            _("Layanan"),
            (
                NavItem("janji", _("Konsultasi statistik"), booking),
                NavItem("layanan", _("Semua layanan"), f"{home}#layanan"),
            ),
        ),
        NavGroup(
            _("Bantuan"),
            (
                NavItem("standar", _("Standar pelayanan dan maklumat"), standards),
                NavItem("lacak", _("Lacak permintaan"), reverse("cases:track")),
                NavItem("lapor", _("Pengaduan lewat SP4N-LAPOR!"), "https://www.lapor.go.id/"),
            ),
        ),
    ]


def _rail(actor: Actor) -> list[NavItem]:
    entries = (
        ("cases.view", NavItem("masuk", _("Kotak masuk"), reverse("cases:inbox"), "inbox")),
        (
            "consultations.view",
            NavItem("kalender", _("Kalender"), reverse("consultations:calendar"), "calendar-days"),
        ),
        (
            "consultations.work",
            NavItem("jadwal", _("Jadwal saya"), reverse("scheduling:home"), "calendar-clock"),
        ),
        ("partners.view", NavItem("mitra", _("Mitra"), reverse("partners:home"), "handshake")),
        ("letters.view", NavItem("surat", _("Surat"), reverse("letters:letters"), "mails")),
        ("knowledge.view", NavItem("pengetahuan", _("Tulisan"), reverse("knowledge:texts"), "book-open")),
        (
            "assistant.view",
            NavItem(
                "pertanyaan", _("Pertanyaan"), reverse("assistant:learning"), "message-circle-question-mark"
            ),
        ),
        ("reporting.view", NavItem("laporan", _("Laporan"), reverse("reporting:dashboard"), "chart-line")),
        ("cases.view", NavItem("penilaian", _("Penilaian"), reverse("satisfaction:ratings"), "star")),
        ("units.view", NavItem("kelola", _("Kelola"), reverse("portal:manage"), "settings")),
    )
    return [item for permission, item in entries if actor.units(permission)]


def _staff_dock(actor: Actor) -> dict[str, list[NavItem]]:
    """The reader's rooms: all where they fit beside the account, else the first and a list of the others."""
    rooms = sorted(_rail(actor), key=lambda room: room.key in SELDOM)
    inbox = pgettext("kotak masuk", "Masuk")
    rooms = [replace(room, label=inbox) if room.key == "masuk" else room for room in rooms]
    account = NavItem("akun", _("Akun"), reverse("accounts:profile"), "user-round")
    if len(rooms) < DOCK:
        return {"dock_items": [*rooms, account]}
    return {"dock_items": rooms[: DOCK - 1], "dock_more": [*rooms[DOCK - 1 :], account]}
