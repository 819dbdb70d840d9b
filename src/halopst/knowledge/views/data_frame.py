"""The navigation and office that every page about an office's figures needs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.core.http import Request
from halopst.core.shapes import NavItem
from halopst.knowledge import permissions
from halopst.units.models import Unit

PER_PAGE = 50


def frame(request: Request, unit: Unit, tab: str) -> dict[str, Any]:
    parts = [
        ("pengambilan", _("Pengambilan"), reverse("figures:syncs", args=[unit.slug]), permissions.VIEW),
        ("indikator", _("Indikator"), reverse("figures:indicators", args=[unit.slug]), permissions.VIEW),
        ("tabel", _("Tabel statis"), reverse("figures:tables", args=[unit.slug]), permissions.VIEW),
        ("permintaan", _("Data diminta"), reverse("figures:requests", args=[unit.slug]), permissions.VIEW),
        ("berkas", _("Berkas"), reverse("figures:files", args=[unit.slug]), permissions.DATA),
        ("akses", _("Akses WebAPI"), reverse("figures:access", args=[unit.slug]), permissions.CONFIGURE),
    ]
    shown = [NavItem(key, label, url) for key, label, url, need in parts if request.actor.may(need, unit.pk)]
    return {
        "office": unit,
        "tabs": shown,
        "tab": tab,
        "keeps": request.actor.may(permissions.DATA, unit.pk),
        "configures": request.actor.may(permissions.CONFIGURE, unit.pk),
        "active": "kelola",
    }
