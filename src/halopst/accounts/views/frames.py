"""What the pages about people share."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.accounts.permissions import MANAGE
from halopst.core.http import Request
from halopst.core.shapes import NavItem

PER_PAGE = 50


def search_text(request: Request) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:100]


def people_frame(request: Request, part: str) -> dict[str, Any]:
    """The parts of these pages that the actor may open."""
    parts = [NavItem("people", _("Orang"), reverse("accounts:people"), "users")]
    manages = bool(request.actor.units(MANAGE))
    if manages:
        parts += [
            NavItem("mappings", _("Peran dari SSO"), reverse("accounts:mappings"), "id-card"),
            NavItem("erasures", _("Penghapusan data"), reverse("accounts:erasures"), "eraser"),
        ]
    if request.actor.units("audit.view"):
        parts.append(NavItem("audit", _("Jejak audit"), reverse("accounts:audit"), "scroll-text"))
    return {"parts": parts, "part": part, "manages": manages}
